"""Replacements as edits of whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.edit import Edit, apply
from despin.grammar.wordings import by_words, edit_for
from despin.span import Span

WORDS = st.lists(st.sampled_from(["a", "an", "the", "app", " ", "\n"]), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "words", "replacement", "before", "after"),
    [
        ("Those program are free.", "Those program", "Those programs", "program", "programs"),
        ("in the the shop", "the the", "the", " the", ""),
        ("it depends\nof us", "depends\nof", "depends on", "of", "on"),
        ("a users came", "a users", "users", "a ", ""),
        ("he said", "he", "they", "he", "they"),
    ],
)
def test_the_edit_is_of_whole_words_and_keeps_line_breaks(
    text: str, words: str, replacement: str, before: str, after: str
) -> None:
    start = text.index(words)
    edit = edit_for(text, Span(start, start + len(words)), replacement)
    assert (edit.before, edit.after) == (before, after)


@given(WORDS, WORDS)
def test_by_words_does_what_the_edit_did(before: str, after: str) -> None:
    edit = Edit(Span(0, len(before)), before, after)
    assert apply(before, [by_words(edit)]) == after
