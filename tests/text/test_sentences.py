"""Sentences: golden cases, and the laws that hold for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.text.sentences import paragraphs, sentences

CASES = [
    line
    for line in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
TEXTS = st.text(alphabet="aB1 .?!”\"'\n\r…-—)Mr", max_size=120)


@pytest.mark.parametrize("case", CASES)
def test_golden_case(case: str) -> None:
    expected = case.replace("\\n", "\n").split("|")
    text = expected[0]
    for part in expected[1:]:
        text += part if part.startswith("\n") else f" {part}"
    assert [span.of(text) for span in sentences(text)] == [part.strip() for part in expected]


@settings(deadline=None)  # the first sentence imports nltk
@given(TEXTS)
def test_each_character_but_white_space_lies_in_one_sentence(text: str) -> None:
    spans = sentences(text)
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))


@settings(deadline=None)  # the first sentence imports nltk
@given(TEXTS)
def test_no_sentence_is_empty_or_starts_or_ends_in_white_space(text: str) -> None:
    for span in sentences(text):
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()


@given(st.lists(st.sampled_from(["A line.", "Short", "and more"]), min_size=1, max_size=5))
def test_blank_lines_always_part_paragraphs(lines: list[str]) -> None:
    assert len(paragraphs("\n\n".join(lines))) == len(lines)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_part_paragraphs(line_end: str) -> None:
    text = f"First heading{line_end}{line_end}Second heading"
    assert [span.of(text) for span in sentences(text)] == ["First heading", "Second heading"]
