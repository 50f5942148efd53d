"""Requests: cut at paragraph borders, of bounded size, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from despin.grammar.paragraphs import (
    MAX_REQUEST,
    MAX_TOKEN,
    SEPARATOR,
    paragraphs,
    requests,
    without_giants,
)

TEXTS = st.lists(st.sampled_from(["word ", "Stop. ", "\n", "\n\n", "\r\n", "\t", "x"])).map("".join)


@given(TEXTS)
def test_paragraphs_are_in_order_and_hold_all_ink(text: str) -> None:
    spans = list(paragraphs(text))
    ends = [0, *(span.end for span in spans)]
    gaps = [text[end : span.start] for end, span in zip(ends, spans, strict=False)]
    assert all(not gap.strip() for gap in [*gaps, text[ends[-1] :]])
    assert not any("\n\n" in span.of(text).strip("\n") for span in spans)


def test_a_line_of_10_megabytes_is_cut_after_sentences() -> None:
    text = "The ferry left at noon, and nobody waved. " * 240_000
    spans = list(paragraphs(text))
    assert max(map(len, spans)) <= MAX_REQUEST
    assert all(span.of(text).rstrip().endswith(".") for span in spans)
    assert sum(map(len, spans)) == len(text)


def test_a_line_without_a_blank_is_cut_anywhere_and_blanked() -> None:
    text = "a" * 3 * MAX_REQUEST
    assert [len(span) for span in paragraphs(text)] == [MAX_REQUEST] * 3
    assert without_giants(text) == " " * len(text)
    assert without_giants("a" * (MAX_TOKEN - 1)) == "a" * (MAX_TOKEN - 1)


@given(st.lists(st.text(max_size=20).map(lambda text: text * 500), max_size=20))
def test_requests_keep_order_and_size(parts: list[str]) -> None:
    groups = list(requests(parts))
    assert [part for group in groups for part in group] == parts
    assert all(len(group) == 1 or len(SEPARATOR.join(group)) <= MAX_REQUEST for group in groups)
