"""Acronyms: words of capitals in a line that isn't in capitals (FACTS devices, the UN)."""

from __future__ import annotations

from despin.propose.scrape import Lines
from despin.span import Span


def is_acronym(text: str, span: Span, lines: Lines) -> bool:
    """Whether the words of ``span`` are an acronym, and mean nothing that a lexicon could know.

    Args:
        text: the document's.
        span: the words.
        lines: those of ``text``; each is looked at once, however many words of it are asked about.
    """
    words = span.of(text)
    return len(words) > 1 and words.isupper() and not lines.capitals_at(span.start)
