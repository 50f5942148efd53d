"""Word-level differences: they rebuild both texts, read well, and stay quick."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.diff import Kind, Segment, changes, lines, segments, segments_of, with_line_ends_of
from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.review import Review, Verdict
from despin.span import Span

pieces = st.lists(
    st.sampled_from(
        ["the", "a", "boat", "ships", " ", " ", ". ", "! ", "\n", "\r\n", "\n\n", "é", "\r"]
    )
)
texts = pieces.map("".join)


def changed(before: str, after: str) -> list[tuple[str, str]]:
    return [(s.before, s.after) for s in segments(before, after) if s.kind is not Kind.EQUAL]


@given(texts, texts)
def test_segments_rebuild_both_texts_and_alternate(before: str, after: str) -> None:
    found = segments(before, after)
    assert "".join(segment.before for segment in found) == before
    assert "".join(segment.after for segment in found) == after
    equal = [segment.kind is Kind.EQUAL for segment in found]
    assert all(one != other for one, other in pairwise(equal))


whole_ends = texts.map(lambda text: text.replace("\r\n", "\n").replace("\r", "\r\n"))


@given(whole_ends, whole_ends)
def test_line_ends_are_taken_over_and_nothing_else(before: str, after: str) -> None:
    made = with_line_ends_of(before, after)
    assert made.replace("\r\n", "\n") == after.replace("\r\n", "\n")
    assert with_line_ends_of(before, before.replace("\r\n", "\n")) == before
    crlf = before.replace("\r\n", "\n").replace("\n", "\r\n")
    assert with_line_ends_of(before, crlf) == before


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("x\r\ny", "x\r\ny\r\nz\r\n", "x\r\ny\r\nz\r\n"),
        ("x\r\ny", "x\ny\nz\n", "x\r\ny\r\nz\r\n"),
        ("x\ny", "x\r\ny\r\nz\r\n", "x\ny\nz\n"),
        ("x", "x\r\nz\r\n", "x\r\nz\r\n"),
        ("", "x\r\n", "x\r\n"),
    ],
)
def test_a_last_line_without_an_end_has_that_of_the_line_before(
    before: str, after: str, made: str
) -> None:
    assert with_line_ends_of(before, after) == made


@given(texts)
def test_equal_texts_are_one_equal_segment(text: str) -> None:
    assert segments(text, text) == ((Segment(Kind.EQUAL, text, text),) if text else ())


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_changes_lead_from_one_list_to_the_other(before: list[str], after: list[str]) -> None:
    made: list[str] = []
    at = 0
    for a1, a2, b1, b2 in changes(before, after):
        made += before[at:a1] + after[b1:b2]
        at = a2
    assert made + before[at:] == after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It sold its US surgeries.", "It sold its US operations.", [("surgeries", "operations")]),
        (
            "a counterfeit consciousness tool",
            "an artificial intelligence tool",
            [("a counterfeit consciousness", "an artificial intelligence")],
        ),
        ("in the the harbour", "in the harbour", [("the ", "")]),
        ("one\r\ntwo\r\n", "one\r\nthree\r\n", [("two", "three")]),
        ("don’t go", "do not go", [("don’t", "do not")]),
        ("", "new", [("", "new")]),
        ("Keep. Share this. Keep on.", "Keep. Keep on.", [("Share this. ", "")]),
    ],
)
def test_changes_read_as_words(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert changed(before, after) == expected


def test_only_a_line_feed_ends_a_line() -> None:
    text = "a\rb\u2028c\r\nd\n\ne"
    assert lines(text) == ["a\rb\u2028c\r\n", "d\n", "\n", "e"]


def test_large_texts_that_differ_in_every_sentence_are_aligned() -> None:
    draw = random.Random(1)
    words = [f"w{draw.randrange(20_000)}" for _ in range(50_000)]
    spun = [f"x{word}" if at % 8 == 0 else word for at, word in enumerate(words)]
    found = changed(" ".join(words), " ".join(spun))
    assert sum(len(before.split()) for before, _ in found) == pytest.approx(6_250, rel=0.05)


@pytest.mark.parametrize("unit", ["word ", "x", "a. "])
def test_one_enormous_line_does_not_explode(unit: str) -> None:
    text = unit * (10_000_000 // len(unit) // 10)
    found = segments(f"{text}end", f"begin {text}end!")
    assert "".join(segment.after for segment in found) == f"begin {text}end!"


def test_segments_of_a_review_follow_its_edits() -> None:
    edit = Edit(Span(4, 7), "big", "large")
    finding = Finding(
        Rule.SYNONYM,
        Span(4, 7),
        "m",
        0.9,
        Applicability.SAFE,
        candidates=(Candidate(edit, "WordNet"),),
    )
    review = Review(Document("x", "the big end"), (finding,)).decide(0, Verdict.ACCEPTED)
    assert segments_of(review) == (
        Segment(Kind.EQUAL, "the ", "the "),
        Segment(Kind.REPLACE, "big", "large"),
        Segment(Kind.EQUAL, " end", " end"),
    )
