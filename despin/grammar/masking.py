"""Protected text as LanguageTool sees it: a stand-in of the same length."""

from __future__ import annotations

import re

from despin.document import Document
from despin.span import Span

_LETTER = re.compile(r"[^\W\d_]")
_INK = re.compile(r"\S")


def masked(document: Document) -> str:
    """The document's text with ``x`` for each character of hard-protected words.

    Numbers stand as they are: they say whether singular or plural follows.
    """
    parts: list[str] = []
    at = 0
    for span in masks(document):
        parts += (document.text[at : span.start], _INK.sub("x", span.of(document.text)))
        at = span.end
    parts.append(document.text[at:])
    return "".join(parts)


def masks(document: Document) -> tuple[Span, ...]:
    """The hard-protected spans that hold letters, in order."""
    hard = document.protected.hard
    return tuple(span for span in hard if _LETTER.search(span.of(document.text)))


def with_neighbours(text: str, span: Span) -> Span:
    """``span`` and one character more on each side, blanks not counted."""
    start = len(text[max(0, span.start - 40) : span.start].rstrip())
    start = max(0, max(0, span.start - 40) + start - 1)
    after = text[span.end : span.end + 40]
    end = min(len(text), span.end + len(after) - len(after.lstrip()) + 1)
    return Span(min(start, span.start), max(end, span.end))
