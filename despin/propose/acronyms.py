"""Acronyms: words of capitals in a line that isn't in capitals (FACTS devices, the UN)."""

from __future__ import annotations

from despin.span import Span

_MOSTLY = 0.5
"""A line with more than this share of capitals is a headline; there they say nothing."""


def is_acronym(text: str, span: Span) -> bool:
    """Whether the words of ``span`` are an acronym, and mean nothing that a lexicon could know."""
    words = span.of(text)
    if len(words) < 2 or not words.isupper():
        return False
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    letters = [c for c in text[begin : end if end >= 0 else len(text)] if c.isalpha()]
    return sum(map(str.isupper, letters)) <= _MOSTLY * len(letters)
