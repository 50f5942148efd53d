"""A match's replacement as an edit of whole words, blanks and line breaks kept."""

from __future__ import annotations

import re

from despin.edit import Edit
from despin.span import Span

_RUN = re.compile(r"\s+")


def edit_for(text: str, span: Span, replacement: str) -> Edit:
    """The smallest edit of whole words that writes ``replacement`` at ``span``.

    Where ``text`` has a line break between two words and the replacement a blank, the line break
    stays.
    """
    before = span.of(text)
    edit = Edit(span, before, _with_blanks_of(before, replacement))
    return by_words(edit)


def by_words(edit: Edit) -> Edit:
    """``edit`` without the whole words that it leaves as they are at its beginning and end."""
    before, after = _pieces(edit.before), _pieces(edit.after)
    shortest = min(len(before), len(after))
    head = 0
    while head < shortest and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start = sum(map(len, before[:head]))
    end = len(edit.before) - sum(map(len, before[len(before) - tail :]))
    span = Span(edit.span.start + start, edit.span.start + end)
    return Edit(span, edit.before[start:end], "".join(after[head : len(after) - tail]))


def _pieces(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)


def _with_blanks_of(before: str, after: str) -> str:
    runs = _RUN.findall(before)
    if len(runs) != len(_RUN.findall(after)):
        return after
    blanks = iter(runs)
    return _RUN.sub(lambda _: next(blanks), after)
