"""Words that a user allows are changed by no rule that chooses words."""

from __future__ import annotations

import pytest

import despin
from despin.allowed import allowed_spans, changes
from despin.edit import Edit
from despin.options import Grammar
from despin.span import Span


@pytest.mark.parametrize(
    ("text", "allow", "places"),
    [
        ("The planet’s mega  outfit offers it.", ["Mega outfit"], ["mega  outfit"]),
        ("The planet’s rim, the planet.", ["planet"], ["planet", "planet"]),
        ("It won’t do.", ["won't"], ["won’t"]),
        ("Outfitters sell outfits.", ["outfit"], []),
        ("A C++ course.", ["C++"], ["C++"]),
        ("Nothing.", ["", " "], []),
    ],
)
def test_allowed_words_are_found_whole(text: str, allow: list[str], places: list[str]) -> None:
    assert [span.of(text) for span in allowed_spans(text, allow)] == places


def edit(text: str, before: str, after: str) -> Edit:
    start = text.index(before)
    return Edit(Span(start, start + len(before)), before, after)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("town offers it", "town offer it", True),
        ("town", "towns", False),
        ("offers", "offerss", True),
        ("offers it", "offers them", False),
        ("town offers", "town, offers", False),
        ("town offers", "town reoffers", True),
    ],
)
def test_an_edit_changes_them_by_a_letter_too(before: str, after: str, changed: bool) -> None:
    text = "The town offers it."
    made = edit(text, before, after)
    assert changes(made, allowed_spans(text, ["offers"])) is changed


def test_a_phrase_that_holds_an_allowed_word_stays() -> None:
    text = "An irregular woodland was grown from the data.\n"
    for allow, kept in (((), False), (("woodland",), True), (("wood",), False)):
        options = despin.Options(scorer="fast", grammar=Grammar.OFF, allow=allow)
        found = despin.Despinner(options).propose(text).findings
        assert (not found) is kept


def test_a_line_of_the_site_goes_although_it_holds_an_allowed_word() -> None:
    text = "They met on Monday and voted.\n\nShare this article\n"
    options = despin.Options(scorer="fast", grammar=Grammar.OFF, allow=("article",))
    assert "Share" not in despin.Despinner(options).fix(text).result()
