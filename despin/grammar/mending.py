"""An edit that takes its neighbours along, as "program" → "app" does with "a"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from despin.edit import Edit
from despin.grammar.matches import Match
from despin.grammar.wordings import by_words
from despin.span import Span

MAX_TRIALS = 6
"""Suggestions of LanguageTool's tried for one error."""

_WORD = re.compile(r"[^\W_]+")
_STEM = 4
"""Two forms of one word share at least so many letters, or all but its last."""


def widened(text: str, edit: Edit, others: Sequence[Edit], match: Match) -> Iterator[Edit]:
    """``edit`` with each of ``match``'s suggestions made as well, the untenable left out.

    Args:
        text: what ``edit`` and ``others`` are about.
        edit: the edit that brought the error.
        others: the other edits made; a wider edit must not reach into them.
        match: the error, placed in the text with ``edit`` and ``others`` made.
    """
    place = origin(match.span, [edit, *others])
    hull = Span(min(place.start, edit.span.start), max(place.end, edit.span.end))
    if any(hull.overlaps(other.span) for other in others):
        return
    moved = sum(len(o.after) - len(o.before) for o in others if o.span.end <= hull.start)
    made = text[hull.start : edit.span.start] + edit.after + text[edit.span.end : hull.end]
    error = match.span.shifted(-moved - hull.start)
    for replacement in _likest_first(error.of(made), match.replacements)[:MAX_TRIALS]:
        after = made[: error.start] + replacement + made[error.end :]
        wide = by_words(Edit(hull, hull.of(text), after))
        if wide.before != wide.after and keeps(edit.after, after):
            yield wide


def _likest_first(words: str, replacements: Sequence[str]) -> list[str]:
    """Suggestions of as many words and the same first letter first ("was": "were", then "are")."""
    count = len(words.split())

    def unlike(replacement: str) -> tuple[bool, bool]:
        return len(replacement.split()) != count, replacement[:1].lower() != words[:1].lower()

    return sorted(replacements, key=unlike)


def origin(span: Span, edits: Sequence[Edit]) -> Span:
    """The place in the text before ``edits`` of a place in the text after them.

    What begins or ends inside an edit's new words begins or ends where the edit does.
    """
    ordered = sorted(edits)
    start = _back(span.start, ordered, end=False)
    return Span(start, max(start, _back(span.end, ordered, end=True)))


def _back(at: int, edits: Sequence[Edit], *, end: bool) -> int:
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        stop = start + len(edit.after)
        if at < start or (end and at == start):
            break
        if at < stop or (end and at == stop):
            return edit.span.end if end else edit.span.start
        shift += len(edit.after) - len(edit.before)
    return at - shift


def keeps(words: str, text: str) -> bool:
    """Whether every word of ``words`` stands in ``text``, if in another form."""
    there = [word.lower() for word in _WORD.findall(text)]
    return all(any(_same(word.lower(), other) for other in there) for word in _WORD.findall(words))


def _same(word: str, other: str) -> bool:
    stem = max(1, min(_STEM, len(word) - 1)) if len(word) > 2 else len(word)
    return other[:stem] == word[:stem]
