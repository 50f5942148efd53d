"""The words a wording brings back, compared with the words that stood there."""

from __future__ import annotations

import pytest

from benchmarks.restoration import Patch, changes, exact, restores, within, words

TEXT = "He bought a aged car and an large boat for the gathering of friends."


def patch(before: str, after: str, text: str = TEXT) -> Patch:
    start = text.index(before)
    return Patch(start, start + len(before), before, after)


def test_words_ignore_case_marks_and_the_form_of_the_article() -> None:
    assert words("An Owl’s nest, 3 eggs!") == ("a", "owl's", "nest", "3", "eggs")


def test_a_patch_falls_into_single_words_where_they_pair_off() -> None:
    assert changes(Patch(10, 19, "aged large", "old big")) == (
        Patch(10, 14, "aged", "old"),
        Patch(15, 20, "large", "big"),
    )
    assert changes(Patch(0, 6, "a aged", "an old")) == (Patch(2, 6, "aged", "old"),)
    assert changes(Patch(0, 5, "shown", "put on show")) == (Patch(0, 5, "shown", "put on show"),)


def test_an_article_taken_along_does_not_count() -> None:
    gold = patch("aged", "old")
    assert restores(TEXT, [gold], gold, [patch("a aged", "an old")])
    assert exact(TEXT, [gold], patch("a aged", "an old"))


def test_case_does_not_count_but_number_does() -> None:
    gold = patch("boat", "ship")
    assert restores(TEXT, [gold], gold, [patch("boat", "Ship")])
    assert not restores(TEXT, [gold], gold, [patch("boat", "ships")])


def test_a_span_of_two_words_needs_both() -> None:
    gold = patch("large boat", "big ship")
    one, other = patch("large", "big"), patch("boat", "ship")
    assert not restores(TEXT, [gold], gold, [one])
    assert restores(TEXT, [gold], gold, [one, other])
    assert exact(TEXT, [gold], one)


def test_a_wide_edit_must_be_right_about_all_it_changes() -> None:
    golds = [patch("aged", "old"), patch("car", "coach")]
    wide = patch("aged car", "old coach")
    assert all(restores(TEXT, golds, gold, [wide]) for gold in golds)
    assert restores(TEXT, golds, golds[0], [patch("aged car", "old train")])
    assert not exact(TEXT, golds, patch("aged car", "old train"))


def test_a_longer_expression_for_a_gold_word_and_its_neighbour_is_wrong() -> None:
    gold = patch("gathering", "party")
    assert not restores(TEXT, [gold], gold, [patch("gathering of", "party with some")])
    assert not exact(TEXT, [gold], patch("gathering of", "party with some"))
    assert restores(TEXT, [gold], gold, [patch("gathering of", "party of")])


@pytest.mark.parametrize("after", ["and then", "And then"])
def test_missing_words_are_put_in(after: str) -> None:
    at = TEXT.index("and") + 4
    gold = Patch(at, at, "", "then")
    assert restores(TEXT, [gold], gold, [patch("and", after)])


def test_superfluous_words_are_taken_out() -> None:
    gold = patch("of friends", "")
    assert restores(TEXT, [gold], gold, [patch("gathering of friends", "gathering")])
    assert not restores(TEXT, [gold], gold, [patch("of", "")])


def test_an_edit_elsewhere_restores_nothing() -> None:
    gold = patch("aged", "old")
    assert not restores(TEXT, [gold], gold, [patch("boat", "ship")])
    assert not exact(TEXT, [gold], patch("boat", "ship"))


def test_what_is_put_in_may_stand_in_an_original_that_does_not_pair_off() -> None:
    text = "They combat local weather change."
    gold = patch("combat local weather", "fight climate", text)
    right = patch("local weather", "climate", text)
    assert not exact(text, [gold], right)
    assert within([gold], right)
    assert not within([gold], patch("combat", "against", text))
    assert not within([gold], patch("They", "fight", text))
    assert not within([gold], patch("local ", "", text))
    assert not within([], right)


def test_the_noun_of_a_possessive_restores_it() -> None:
    text = "the planet’s largest makers"
    gold = Patch(4, 12, "planet’s", "world’s")
    for after, right in (("world", True), ("earth", False)):
        patch = Patch(4, 10, "planet", after)
        assert restores(text, [gold], gold, [patch]) is right
        assert exact(text, [gold], patch) is right
