"""Acronyms: capitals count for one only where the line around them is written small."""

from __future__ import annotations

import pytest

from despin.span import Span
from despin.text.acronyms import is_acronym


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
    assert is_acronym(text, Span(start, start + len(word))) is expected
