"""Context queries of the tortured-phrase list: ``"keen" AND "savvy"``, ``optimiz*``, ``(a OR b)``.

Words in quotation marks or bare, ``*`` for any ending, AND, OR and parentheses; a trailing ``~100``
(nearness in the original search engine) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Test = Callable[[str], bool]
"""Says of a lower-case text whether the query holds."""

_TERM = re.compile(r'\(|\)|"[^"]*"|[^\s()"]+')


@cache
def compiled(query: str) -> Test:
    """The test for a query; one that cannot be read holds of no text."""
    pieces = [piece for piece in _TERM.findall(query) if not piece.startswith("~")]
    try:
        test, rest = _any_of(pieces)
    except IndexError:
        return _never
    return _never if rest else test


def holds(query: str, text: str) -> bool:
    """Whether ``query`` holds of the lower-case ``text``."""
    return compiled(query)(text)


def _any_of(pieces: list[str]) -> tuple[Test, list[str]]:
    test, rest = _all_of(pieces)
    while rest and rest[0] == "OR":
        other, rest = _all_of(rest[1:])
        test = _either(test, other)
    return test, rest


def _all_of(pieces: list[str]) -> tuple[Test, list[str]]:
    test, rest = _one(pieces)
    while rest and rest[0] not in {"OR", ")"}:
        # Words side by side are one phrase to a reader; all of them must occur.
        other, rest = _one(rest[1:] if rest[0] == "AND" else rest)
        test = _both(test, other)
    return test, rest


def _one(pieces: list[str]) -> tuple[Test, list[str]]:
    if pieces[0] == "(":
        test, rest = _any_of(pieces[1:])
        return test, rest[1:]
    term = pieces[0].strip('"').lower()
    ending = r"\w*" if term.endswith("*") else r"(?:s|es)?\b"
    words = r"[\s-]+".join(re.escape(word) for word in term.rstrip("*").split())
    pattern = re.compile(rf"\b{words}{ending}")
    return (lambda text: bool(words) and pattern.search(text) is not None), pieces[1:]


def _either(one: Test, other: Test) -> Test:
    return lambda text: one(text) or other(text)


def _both(one: Test, other: Test) -> Test:
    return lambda text: one(text) and other(text)


def _never(_text: str) -> bool:
    return False
