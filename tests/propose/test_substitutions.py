"""Slots: which places of a document the lexicon opens, and what it offers for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from despin.document import Document
from despin.lexicon.rows import LexiconRow, read_rows
from despin.lexicon.sources import Source
from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions, slots


def offered(table: Substitutions, text: str, allow: tuple[str, ...] = ()) -> dict[str, set[str]]:
    places = slots(table, Document("-", text), allow)
    return {
        places.span(i).of(text): {
            places.forms[int(places.form[row])] for row in places.candidates(i)
        }
        for i in range(len(places))
    }


def test_inflected_words_offer_inflected_originals(table: Substitutions) -> None:
    found = offered(table, "The shop sent two invoices and Utilized the cash.")
    assert "bills" in found["invoices"]
    assert "used" in found["Utilized"]


def test_expressions_of_several_words_open_a_slot_of_their_own(table: Substitutions) -> None:
    found = offered(table, "They acted in accordance with the plan.")
    assert "according to" in found["in accordance with"]
    assert "accordance" in found or "acted" in found


def test_what_news_spinners_write_is_known(table: Substitutions) -> None:
    text = "Not too long ago the financial institutions grew to become a part of historical past."
    found = offered(table, text)
    assert "recently" in found["Not too long ago"]
    assert "banks" in found["financial institutions"]
    assert "became" in found["grew to become"]
    assert "history" in found["historical past"]


def test_protected_and_allowed_words_open_no_slot(table: Substitutions) -> None:
    text = "See https://invoices.example and `invoices` and invoices."
    assert list(offered(table, text)).count("invoices") == 1
    assert "invoices" not in offered(table, text, allow=("invoices",))


def test_words_across_a_line_break_are_no_expression(table: Substitutions) -> None:
    assert "in accordance with" not in offered(table, "in accordance\n\nwith the plan")


def test_hyphens_and_digits_may_stand_anywhere_in_an_expression() -> None:
    rows = [
        LexiconRow("technological know-how", "technology"),
        LexiconRow("know-how", "skill"),
        LexiconRow("worst-case state of affairs", "worst case"),
        LexiconRow("within the past 12 months", "this year"),
    ]
    table = Substitutions.of(Thesaurus.load(), rows)
    text = (
        "Our technological know-how met, within the past 12 months, a worst-case state of affairs."
    )
    found = offered(table, text)
    assert "technology" in found["technological know-how"]
    assert "skill" in found["know-how"]
    assert "this year" in found["within the past 12 months"]
    assert "worst case" in found["worst-case state of affairs"]
    broken = offered(table, "technological\nknow-how, worst-case. State of affairs")
    assert not {"technological\nknow-how", "worst-case. State of affairs"} & set(broken)


def test_a_word_without_end_is_read_once() -> None:
    """At this length a search that begins anew at every letter would take minutes."""
    rows = [LexiconRow("know-how", "skill"), LexiconRow("12 months", "a year")]
    table = Substitutions.of(Thesaurus.load(), rows)
    found = offered(table, f"{'x' * 300_000} know-how {'1y' * 20_000} 12 months")
    assert "skill" in found["know-how"]
    assert "a year" in found["12 months"]
    assert all(len(form) < 100 for form in found)


def test_the_other_spelling_of_a_form_is_known() -> None:
    none = np.zeros(0, np.int32)
    small = Substitutions(
        ["color"],
        np.zeros(2, np.int64),
        none,
        none.astype(np.float32),
        none.astype(np.uint8),
        none.astype(np.bool_),
    )
    assert small.number("colour") == small.number("color") == 0


def test_a_users_rows_are_inflected_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("spun\toriginal\tkind\tweight\nframblit\tbuild\tverb\t2\n", "utf-8")
    table = Substitutions.of(Thesaurus.load(), read_rows(path))
    places = slots(table, Document("-", "They frambliting houses"))
    mine = [
        i for i in range(len(places)) if places.span(i).of("They frambliting houses")[:2] == "fr"
    ]
    rows = [row for i in mine for row in places.candidates(i)]
    assert [places.forms[int(places.form[row])] for row in rows] == ["building"]
    assert places.user[rows].all()
    assert places.source[rows].tolist() == [Source.CURATED]


def test_a_pair_that_the_user_names_too_counts_as_the_users(table: Substitutions) -> None:
    row = LexiconRow("invoice", "bill", weight=3.0)
    joined = Substitutions.of(Thesaurus.load(), [row])
    assert len(joined.target) == len(table.target)
    number = joined.number("invoice")
    assert number is not None
    rows = slice(int(joined.rows[number]), int(joined.rows[number + 1]))
    (place,) = np.flatnonzero(joined.user[rows])
    assert joined.forms[int(joined.target[rows][place])] == "bill"
    old = slice(int(table.rows[number]), int(table.rows[number + 1]))
    (was,) = np.flatnonzero(table.target[old] == joined.target[rows][place])
    assert joined.source[rows][place] == table.source[old][was] | Source.CURATED


def test_transposing_twice_gives_the_same_pairs(table: Substitutions) -> None:
    small = Substitutions(
        ["a", "b", "c"],
        np.array([0, 2, 2, 3], np.int64),
        np.array([1, 2, 0], np.int32),
        np.array([2, 1, 0], np.float32),
        np.array([1, 2, 4], np.uint8),
        np.array([False, True, False]),
    )
    turned = small.transposed()
    assert turned.rows.tolist() == [0, 1, 2, 3]
    assert turned.target.tolist() == [2, 0, 0]
    back = turned.transposed()
    assert back.target.tolist() == small.target.tolist()
    assert back.user.tolist() == small.user.tolist()


def test_words_that_stand_beside_each_other_are_no_candidates(table: Substitutions) -> None:
    document = Document("-", "It took four minutes.")
    for strict in (False, True):
        found = slots(table, document, strict=strict)
        index = [found.span(i).of(document.text) for i in range(len(found))].index("minutes")
        offered = {found.forms[int(found.form[row])] for row in found.candidates(index)}
        assert ("months" in offered) is not strict
        assert "moments" in offered


def test_acronyms_open_no_slot_where_spinning_would_leave_them(table: Substitutions) -> None:
    document = Document("-", "The facts of FACTS devices are known.\nFACTS AND FIGURES")
    for strict, count in ((False, 3), (True, 2)):
        found = slots(table, document, strict=strict)
        words = [found.span(i).of(document.text) for i in range(len(found))]
        assert sum(word.lower() == "facts" for word in words) == count
        assert ("FACTS" in [w for i, w in enumerate(words) if found.start[i] < 30]) is not strict


def test_a_letter_is_its_own_name_unless_a_user_says_otherwise() -> None:
    text = "She wrote on X that a vitamin C pill, I mean half a pill, helps u."
    rows = [LexiconRow("u", "you")]
    for known, letters in (([], {"a", "I"}), (rows, {"a", "I", "u"})):
        found = slots(Substitutions.of(Thesaurus.load(), known), Document("-", text), strict=True)
        words = {found.span(i).of(text) for i in range(len(found))}
        assert {word for word in words if len(word) == 1} == letters


def test_the_noun_of_a_possessive_opens_a_slot(table: Substitutions) -> None:
    for mark in "'’":
        found = offered(table, f"It{mark}s the planet{mark}s biggest, and that{mark}s what counts.")
        assert "world" in found["planet"]
        assert not {"It", "that"} & set(found)
    document = Document("-", "The fee’s size and the shops’ bills.")
    places = slots(table, document)
    spans = {places.span(i).of(document.text): i for i in range(len(places))}
    assert {"fee", "shops"} <= set(spans)
    assert int(places.tokens[spans["fee"]]) == 1


def test_a_possessive_is_allowed_by_its_noun_or_as_it_stands(table: Substitutions) -> None:
    text = "The planet’s biggest, and the planet."
    assert "planet" not in offered(table, text, allow=("planet",))
    found = slots(table, Document("-", text), ("planet's",))
    assert [found.span(i).start for i in range(len(found))].count(text.rindex("planet")) == 1
    assert text.index("planet") not in [
        found.span(i).start for i in range(len(found)) if found.tokens[i] == 1
    ]


def test_expressions_may_end_in_a_possessive(table: Substitutions) -> None:
    found = offered(table, "The financial institution’s boss")
    assert "bank" in found["financial institution"]


def test_numbers_that_count_something_open_a_slot(table: Substitutions) -> None:
    text = (
        "5 people and 2 dogs met the 3rd bus, with 11 bags (4 of them red). He left 9 "
        "minutes later, over 2 criminal proceedings."
    )
    found = slots(table, Document("-", text), strict=True)
    offers = {
        found.span(i).of(text): {found.forms[int(found.form[row])] for row in found.candidates(i)}
        for i in range(len(found))
    }
    numbers = {words: wordings for words, wordings in offers.items() if words[0].isdigit()}
    assert {"5", "2", "3rd", "11", "4", "9"} == set(numbers)
    assert numbers["5"] == {"five"}
    assert numbers["3rd"] == {"third"}


@pytest.mark.parametrize(
    "text",
    [
        "On June 2 she left, see section 2 and type 2 diabetes.",
        "It is 4 km long, 2.5 times as wide and costs $3 or 5 %.",
        "They won 3-2, then 2 to 1; Apollo 8 landed at 5 pm.",
        "The 4x4 took 2-3 days, the 1980s were the 90s, the mp3 and the 2:1.",
        "The 3rd of March.",
    ],
)
def test_numbers_that_measure_date_or_name_open_none(table: Substitutions, text: str) -> None:
    found = slots(table, Document("-", text), strict=True)
    words = {found.span(i).of(text) for i in range(len(found))}
    assert not {word for word in words if word[0].isdigit() and " " not in word}


def test_a_user_may_know_better_about_numbers() -> None:
    table = Substitutions.of(Thesaurus.load(), [LexiconRow("2", "to")])
    text = "section 2"
    found = slots(table, Document("-", text), strict=True)
    assert "2" in {found.span(i).of(text) for i in range(len(found))}
