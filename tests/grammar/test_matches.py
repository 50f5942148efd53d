"""Offsets and noise of LanguageTool's matches."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from despin.grammar.matches import CATEGORIES, from_library, sendable
from despin.span import Span


def library_match(text: str, offset: int, length: int, **changes: object) -> SimpleNamespace:
    """What language_tool_python would hand over for ``text``."""
    match = {
        "offset": offset,
        "error_length": length,
        "matched_text": text[offset : offset + length],
        "rule_id": "A_RULE",
        "category": "GRAMMAR",
        "message": "Two\n lines.",
        "replacements": ["x"],
    }
    return SimpleNamespace(**{**match, **changes})


@given(st.text())
def test_what_is_sent_counts_alike_in_python_and_in_utf_16(text: str) -> None:
    sent = sendable(text)
    assert len(sent) == len(text) == len(sent.encode("utf-16-le")) // 2


def test_a_match_keeps_its_place_and_loses_line_breaks_in_its_message() -> None:
    (match,) = from_library([library_match("go to to town", 3, 5)], "go to to town", CATEGORIES)
    assert match.span == Span(3, 8)
    assert match.message == "Two lines."
    assert match.replacements == ("x",)


def test_a_match_that_is_not_where_it_says_is_left_out() -> None:
    wrong = library_match("go to to town", 3, 5, matched_text="o to ")
    assert from_library([wrong], "go to to town", CATEGORIES) == []


def test_line_breaks_shown_as_blanks_are_no_wrong_place() -> None:
    shown = library_match("go to\nto town", 3, 5, matched_text="to to")
    assert len(from_library([shown], "go to\nto town", CATEGORIES)) == 1


def test_other_categories_and_matters_of_spelling_are_left_out() -> None:
    text = "a car maker"
    found = [
        library_match(text, 2, 9, rule_id="MAKER_COMPOUNDS"),
        library_match(text, 2, 9, rule_id="EN_WORD_COHERENCY", category="MISC"),
        library_match(text, 2, 9, category="TYPOS"),
    ]
    assert from_library(found, text, CATEGORIES) == []
    assert len(from_library(found[2:], text, ["TYPOS"])) == 1


def test_articles_before_numbers_are_not_believed() -> None:
    for text in ("an 8-metre wall", "an £11 ticket", "an “own goal”"):
        assert (
            from_library([library_match(text, 0, 2, rule_id="EN_A_VS_AN")], text, ["GRAMMAR"]) == []
        )
