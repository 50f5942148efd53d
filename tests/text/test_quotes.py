"""Quotations: golden cases, and what holds of any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.text.quotes import quotes

GOLDEN = Path(__file__).parents[1] / "golden" / "quotes.txt"

_LINES = GOLDEN.read_text("utf-8").splitlines()
CASES = [line for line in _LINES if line and not line.startswith("#")]

marked = st.text(alphabet="ab s1.,-“”‘’\"'«»„\n \r", max_size=60)


def _marked(text: str) -> str:
    for span in reversed(quotes(text)):
        text = f"{text[: span.start]}⟦{span.of(text)}⟧{text[span.end :]}"
    return text


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    expected = case.replace("\\n", "\n").replace("\\r", "\r")
    assert _marked(expected.replace("⟦", "").replace("⟧", "")) == expected


@given(st.one_of(marked, st.text()))
def test_spans_are_in_order_apart_and_begin_with_a_mark(text: str) -> None:
    end = 0
    for span in quotes(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start] in "“”„‟‘’‛\"'«»‹›"
        end = span.end


@given(marked, marked)
def test_a_paragraph_without_marks_keeps_its_neighbours_apart(before: str, after: str) -> None:
    first = f"{before}\n\n"
    whole = f"{first}Nothing here.\n\n{after}"
    shift = len(whole) - len(after)
    expected = [*quotes(first), *(span.shifted(shift) for span in quotes(after))]
    assert list(quotes(whole)) == expected


@pytest.mark.parametrize("piece", ['"', "“", "'a ", "“a\n", "“a\n\n", "‘a s’ b ", "“”'‘ 5\" a’s "])
def test_long_hostile_text_is_read(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(span.end <= len(text) for span in quotes(text))
