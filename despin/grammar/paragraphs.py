"""Requests cut at paragraph borders, each small enough for one check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from despin.span import Span

MAX_REQUEST = 16_000
"""Code points in one request: seconds of work at most, and small in the server's memory."""

MAX_TOKEN = 100
"""A longer run without a space is no word; some rules need time in its square."""

SEPARATOR = "\n\n"

_BORDER = re.compile(r"\n[^\S\n]*\n\s*")
_GIANT = re.compile(rf"\S{{{MAX_TOKEN},}}")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of ``text`` that hold anything, none longer than `MAX_REQUEST`.

    A longer one is cut after a sentence, else at a space, else anywhere.
    """
    start = 0
    for border in [*_BORDER.finditer(text), None]:
        end = border.start() if border else len(text)
        yield from _cut(text, start, end)
        start = border.end() if border else end


def without_giants(text: str) -> str:
    """``text`` with blanks for runs of `MAX_TOKEN` and more characters; the same length."""
    return _GIANT.sub(lambda giant: " " * len(giant.group()), text)


def requests(parts: Sequence[str]) -> Iterator[list[str]]:
    """``parts`` in order, grouped so that each group joined makes one request."""
    group: list[str] = []
    size = 0
    for part in parts:
        if group and size + len(part) > MAX_REQUEST:
            yield group
            group, size = [], 0
        group.append(part)
        size += len(part) + len(SEPARATOR)
    if group:
        yield group


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > MAX_REQUEST:
        at = _last_border(text, start, start + MAX_REQUEST)
        yield from _unless_blank(text, start, at)
        start = at
    yield from _unless_blank(text, start, end)


def _unless_blank(text: str, start: int, end: int) -> Iterator[Span]:
    if text[start:end].strip():
        yield Span(start, end)


def _last_border(text: str, start: int, end: int) -> int:
    at = max((m.end() for m in _SENTENCE_END.finditer(text, start, end)), default=0)
    return at or max(text.rfind(" ", start, end) + 1, 0) or end
