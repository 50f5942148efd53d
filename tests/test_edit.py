"""Edits: the laws of apply, between, inverse and compose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.edit import Edit, EditError, apply, between, compose, inverses
from despin.span import Span

texts = st.text(alphabet="ab “”\r\n😀é", max_size=30)


@given(texts, texts)
def test_between_gives_edits_that_lead_from_one_text_to_the_other(a: str, b: str) -> None:
    edits = between(a, b)
    assert apply(a, edits) == b
    assert apply(b, inverses(edits)) == a


@given(texts, texts, texts)
def test_compose_of_two_rounds_equals_the_rounds(a: str, b: str, c: str) -> None:
    both = compose(a, between(a, b), between(b, c))
    assert apply(a, both) == c
    assert all(edit.before != edit.after for edit in both)


def test_apply_refuses_text_that_is_not_there() -> None:
    with pytest.raises(EditError, match="not what stands there"):
        apply("abc", [Edit(Span(0, 1), "x", "y")])


def test_apply_refuses_edits_that_share_text_or_place() -> None:
    with pytest.raises(EditError, match="conflict"):
        apply("abc", [Edit(Span(0, 2), "ab", ""), Edit(Span(1, 3), "bc", "")])
    with pytest.raises(EditError, match="conflict"):
        apply("abc", [Edit(Span(1, 1), "", "x"), Edit(Span(1, 1), "", "y")])


def test_edits_that_touch_do_not_conflict() -> None:
    assert apply("abc", [Edit(Span(0, 1), "a", "x"), Edit(Span(1, 2), "b", "y")]) == "xyc"


def test_trimmed_keeps_the_effect() -> None:
    edit = Edit(Span(4, 12), "a system", "an system")
    assert edit.trimmed() == Edit(Span(5, 5), "", "n")


def test_span_refuses_to_run_backwards() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)
