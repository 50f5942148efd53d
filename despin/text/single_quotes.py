"""Quotations in single marks, told from apostrophes and feet.

A mark between two letters is an apostrophe and never looked at. The others are given a role by
their surroundings; where only the sequel can tell (``the dogs’ tails``), the next mark does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from despin.span import Span
from despin.text.double_quotes import ends_right, opens_left

_MARKS = re.compile(r"(?<![^\W_])['‘’‛]|['‘’](?![^\W_])")

_ELISION = re.compile(
    r"(?:\d\ds|em|tis|twas|twere|twill|til|till|cause|cos|cuz|bout|round|neath|tween|gainst"
    r"|ere|n|s|t|re|ve|ll|d|m|ello|nuff|nother|coz)\b(?![’'‘]\w)",
    re.IGNORECASE,
)
"""Words that lose their beginning: ’tis, ’em, ’90s; and, after a space, the ends of ’s, ’re."""

_YEAR = re.compile(r"\d\d\b")


class _Role(Enum):
    OPEN = auto()
    """An opening curly mark; unclosed, it reaches to the paragraph's end."""
    MAY_OPEN = auto()
    """Opens if something closes it."""
    CLOSE = auto()
    MAY_CLOSE = auto()
    """Closes, or is the apostrophe of a plural: ``the dogs’ tails``."""
    EITHER = auto()


_Event = tuple[int, _Role]


def single_quotes(
    text: str, paragraphs: Sequence[Span], double: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Start and end of the quotations in single marks that lie outside ``double``.

    Args:
        text: the whole text.
        paragraphs: its paragraphs.
        double: start and end of the outermost quotations in double marks, in order.
    """
    done: list[tuple[int, int]] = []
    start: tuple[int, bool] | None = None
    here = 0
    events = _events(text, double)
    for index, (at, role) in enumerate(events):
        end = paragraphs[here].end
        if at >= end:
            before = here
            while at >= paragraphs[here].end:
                here += 1
            carried = here == before + 1 and at == paragraphs[here].start
            if start and not (start[1] and carried and role is _Role.OPEN):
                done += [(start[0], end)] if start[1] else []
                start = None
        if role in (_Role.OPEN, _Role.MAY_OPEN) or (role is _Role.EITHER and start is None):
            if start is None or not start[1]:
                start = (at, role is _Role.OPEN)
        elif start and not _possessive(events, index, paragraphs[here].end):
            done.append((start[0], at + 1))
            start = None
    if start and start[1]:
        done.append((start[0], paragraphs[here].end))
    return done


def _possessive(events: Sequence[_Event], index: int, end: int) -> bool:
    """Whether a mark that may close needn't: the next one in the paragraph surely does."""
    if events[index][1] is not _Role.MAY_CLOSE or index + 1 == len(events):
        return False
    at, role = events[index + 1]
    return at < end and role is _Role.CLOSE


def _events(text: str, double: Sequence[tuple[int, int]]) -> list[_Event]:
    """The marks outside ``double`` that aren't apostrophes, each with its role."""
    events: list[_Event] = []
    inside = 0
    for match in _MARKS.finditer(text):
        at = match.start()
        while inside < len(double) and double[inside][1] <= at:
            inside += 1
        if inside < len(double) and double[inside][0] <= at:
            continue
        role = _role(text, at)
        if role is not None:
            events.append((at, role))
    return events


def _role(text: str, at: int) -> _Role | None:
    """What the mark can be; ``None`` for an apostrophe."""
    if _after_hyphen(text, at) or _in_rock_n_roll(text, at):
        return None
    left, right = opens_left(text, at), ends_right(text, at)
    if left and not right:
        return _opening(text, at)
    if right and not left:
        return _closing(text, at)
    if left and right:
        alone = text[max(0, at - 1) : at].strip() == "" and text[at + 1 : at + 2].strip() == ""
        return None if alone else _Role.CLOSE
    return _Role.EITHER


def _opening(text: str, at: int) -> _Role | None:
    if _ELISION.match(text, at + 1):
        # ‘cause may be a word processor's ’cause, or quoted: only a closing mark can tell.
        return _Role.MAY_OPEN if text[at] == "‘" and text[at + 1].isalpha() else None
    if _YEAR.match(text, at + 1) and text[at] != "‘":
        return None
    return _Role.OPEN if text[at] in "‘‛" and text[at + 1].isalpha() else _Role.MAY_OPEN


def _closing(text: str, at: int) -> _Role:
    before, after = text[max(0, at - 2) : at].lower(), text[at + 1 : at + 3]
    goes_on = len(after) == 2 and after[0].isspace() and after[1].isalnum()
    doubtful = before.endswith("s") or before == "in" or before[-1:].isdigit()
    return _Role.MAY_CLOSE if goes_on and doubtful else _Role.CLOSE


def _after_hyphen(text: str, at: int) -> bool:
    """Names such as al-‘Abadi."""
    return at > 1 and text[at - 1] == "-" and text[at - 2].isalnum()


def _in_rock_n_roll(text: str, at: int) -> bool:
    """The second mark of ’n’."""
    return at > 1 and text[at - 1] in "nN" and text[at - 2] in "'’‘"
