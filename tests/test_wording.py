from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from despin.edit import apply
from despin.span import Span
from despin.wording import (
    article_for,
    inflect_like,
    match_case,
    replacement_edit,
    respell,
    variety,
)


@pytest.mark.parametrize(
    ("before", "after", "fitted"),
    [
        ("bosom", "breast", "breast"),
        ("Boffins", "scientists", "Scientists"),
        ("BOFFINS", "scientists", "SCIENTISTS"),
        ("In Accordance with", "according to", "According to"),
        ("Press Release", "official statement", "Official Statement"),
        ("Press release", "official statement", "Official statement"),
        ("A", "the", "The"),
        ("mri", "MRI", "MRI"),
        ("Counterfeit", "AI-made", "AI-made"),
        ("we", "i", "I"),
        ("8th", "last", "last"),
        ("", "a", "a"),
    ],
)
def test_case_follows_the_word_replaced(before: str, after: str, fitted: str) -> None:
    assert match_case(before, after) == fitted


def test_white_space_before_a_number_is_not_read_again_and_again() -> None:
    """At this length a search that begins anew at every line break would take minutes."""
    text = "\n" * 200_000 + "x 3 people stayed."
    edit = replacement_edit(text, Span(200_002, 200_003), "three")
    assert edit.after == "three"


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("an", "hour hourly honest heir honour honorary owl umbrella unimportant unidentified urn"),
        ("a", "house hero union unique university useful user European euro ewe one-off once"),
        ("an", "FBI MRI EU HTML NBA X-ray F-16 8 8th 11 11th 18 80 800 1850 11,000 onerous Uzbek"),
        ("a", "US UN URL UNESCO NASA NATO FIFA U-turn T-shirt 1 7 110 1,100 180 Ukrainian yard"),
        ("a", "unanimous unary utensil uterus Utah Uighur ukulele"),
        ("an", "MRSA RSPCA FDIC unassuming utter ugly"),
        ("an", "“awful ‘old' (untidy"),
        ("a", "“nice ? "),
    ],
)
def test_article_goes_by_sound(article: str, words: str) -> None:
    assert [(word, article_for(word)) for word in words.split()] == [
        (word, article) for word in words.split()
    ]


@pytest.mark.parametrize(
    ("text", "at", "after", "result"),
    [
        ("It was a surgery.", "surgery", "operation", "It was an operation."),
        ("They left.\n\n3 people stayed.", "3", "three", "They left.\n\nThree people stayed."),
        ("He left. “3 people stayed.”", "3", "three", "He left. “Three people stayed.”"),
        ("Then 3 people stayed.", "3", "three", "Then three people stayed."),
        ("It was an 8th bus.", "8th", "eighth", "It was an eighth bus."),
        ("A surgery went on.", "surgery", "operation", "An operation went on."),
        ("An investigation ran.", "investigation", "probe", "A probe ran."),
        ("He said: A surgery!", "surgery", "operation", "He said: An operation!"),
        ("An “investigation” ran", "investigation", "probe", "A “probe” ran"),
        ("too much vitamin A surgery", "surgery", "operation", "too much vitamin A operation"),
        ("a surgery room", "surgery", "check-up", "a check-up room"),
        ("AN ODD SURGERY", "ODD", "strange", "A STRANGE SURGERY"),
        ("peel the orange", "the", "a", "peel an orange"),
        ("Boffins agree", "Boffins", "scientists", "Scientists agree"),
        ("it’s a chap’s coat", "chap’s", "man's", "it’s a man’s coat"),
        ("it's a chap’s coat", "chap’s", "man's", "it's a man’s coat"),
        (
            "he’s said he cannot; all that it's",
            "cannot",
            "can't",
            "he’s said he can’t; all that it's",
        ),
        (
            "it’s said that we cannot; it's so",
            "cannot",
            "can't",
            "it’s said that we can't; it's so",
        ),
        ("it’s a 'cannot' of 5' or 6'", "cannot", "can't", "it’s a 'can’t' of 5' or 6'"),
        ("give him a\ninvoice", "invoice", "bill", "give him a\nbill"),
        ("banana surgery", "surgery", "operation", "banana operation"),
        ("called it 'a surgery' twice", "surgery", "operation", "called it 'an operation' twice"),
        ("it was ‘a surgery’ to her", "surgery", "operation", "it was ‘an operation’ to her"),
        ("'A surgery,' he said", "surgery", "operation", "'An operation,' he said"),
        ("Jane'a surgery", "surgery", "operation", "Jane'a operation"),
    ],
)
def test_replacement_fits_its_surroundings(text: str, at: str, after: str, result: str) -> None:
    start = text.index(at)
    edit = replacement_edit(text, Span(start, start + len(at)), after)
    assert apply(text, [edit]) == result


words = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
texts = st.lists(
    st.one_of(words, st.sampled_from(["a", "an", "An", "A", ".", "“", "’s", "\n", "8"])), max_size=8
).map(" ".join)


@settings(deadline=None)
@given(texts, st.data(), st.one_of(words, st.lists(words, min_size=2, max_size=3).map(" ".join)))
def test_an_edit_touches_its_span_and_at_most_the_article_before(
    text: str, data: st.DataObject, after: str
) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    edit = replacement_edit(text, span, after)
    assert edit.before == edit.span.of(text)
    assert edit.span.end == span.end
    assert text[edit.span.start : span.start].strip("“ \n").lower() in {"", "a", "an"}
    assert apply(text, [edit]).endswith(text[span.end :])


@settings(deadline=None)
@given(words, words)
def test_article_agrees_after_a_replacement(before: str, after: str) -> None:
    assume({before, after}.isdisjoint({"a", "an"}))
    text = f"There was {article_for(before)} {before} in it."
    start = text.index(" in it") - len(before)
    result = apply(text, [replacement_edit(text, Span(start, start + len(before)), after)])
    assert result == f"There was {article_for(after)} {match_case(before, after)} in it."


@settings(deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_case_changes_no_letter_but_its_case(before: str, after: str) -> None:
    assert match_case(before, after).casefold() == after.casefold()


@pytest.mark.parametrize(
    ("spun", "original", "forms"),
    [
        ("surgeries", "operation", ("operations",)),
        ("utilized", "use", ("used",)),
        ("installs", "set up", ("sets up",)),
        ("installed", "set up", ("set up",)),
        ("hotter", "popular", ("more popular",)),
        ("put", "say", ("say", "said")),
        ("quickly", "soon", ("soon",)),
        ("surgeries", "quickly", ()),
    ],
)
def test_original_is_inflected_like_the_spun_word(
    spun: str, original: str, forms: tuple[str, ...]
) -> None:
    assert inflect_like(spun, original) == forms


def test_part_of_speech_can_be_told() -> None:
    assert inflect_like("records", "song", "n") == ("songs",)
    assert inflect_like("records", "write", "v") == ("writes",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The colour of the theatre.", "british"),
        ("The color of the theater.", "american"),
        ("They organize the labour behind the programme.", "british"),
        ("They organized and recognized it.", "unknown"),
        ("The colour of the theater.", "unknown"),
        ("Nothing to see.", "unknown"),
    ],
)
def test_variety_is_told_from_spelling(text: str, found: str) -> None:
    assert variety(text) == found


@pytest.mark.parametrize(
    ("word", "british", "american"),
    [
        ("organized", "organised", "organized"),
        ("colourful", "colourful", "colorful"),
        ("centre", "centre", "center"),
        ("travelling", "travelling", "traveling"),
        ("defense", "defence", "defense"),
        ("analyze", "analyse", "analyze"),
        ("neighbor countries", "neighbour countries", "neighbor countries"),
        ("program", "program", "program"),
        ("size", "size", "size"),
    ],
)
def test_words_are_respelled(word: str, british: str, american: str) -> None:
    assert respell(word, "british") == british
    assert respell(word, "american") == american
    assert respell(word, "unknown") == word
