"""Acronyms: capitals count for one only where the line around them is written small."""

from __future__ import annotations

import pytest

from despin.propose import scrape
from despin.propose.acronyms import is_acronym
from despin.propose.scrape import Lines
from despin.span import Span


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The network runs on FACTS devices.", "FACTS", True),
        ("A word of AIDS in a line.\nFACTS AND FIGURES", "AIDS", True),
        ("A word of AIDS in a line.\nFACTS AND FIGURES", "FACTS", False),
        ("What I said is true.", "I", False),
        ("The Facts of the case", "Facts", False),
        ("FACTS", "FACTS", False),
    ],
)
def test_capitals_in_a_line_of_small_letters(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert is_acronym(text, Span(start, start + len(word)), Lines(text)) is expected


def test_a_line_is_looked_at_once_for_all_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    judge = scrape.mostly_capitals
    monkeypatch.setattr(scrape, "mostly_capitals", lambda line: looked.append(line) or judge(line))
    text = "THE BRIDGE IS OLD.\nThe UN and the WHO."
    lines = Lines(text)
    words = ("BRIDGE", "OLD", "UN", "WHO")
    found = [is_acronym(text, Span(text.index(w), text.index(w) + len(w)), lines) for w in words]
    assert found == [False, False, True, True]
    assert looked == text.split("\n")
