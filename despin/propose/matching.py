"""Where forms of a lexicon stand in a document: words, expressions, compounds, possessives."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from despin.document import Document
from despin.span import Span, TokenKind
from despin.text.function_words import FUNCTION_WORDS
from despin.text.tokens import POSSESSIVE, normal

Number = Callable[[str], int | None]
"""The number of a form that may be replaced; ``None`` for all others."""


class Match(NamedTuple):
    """A form that stands somewhere.

    Attributes:
        token: number of its first token.
        tokens: how many tokens it is.
        form: its number.
        cut: code points of the last token that are no part of it: the ``’s`` of "planet’s".
    """

    token: int
    tokens: int
    form: int
    cut: int

    def span(self, document: Document) -> Span:
        """Where it stands."""
        tokens = document.tokens
        end = tokens[self.token + self.tokens - 1].span.end - self.cut
        return Span(tokens[self.token].span.start, end)


def matches(number: Number, longest: Mapping[str, int], document: Document) -> list[Match]:
    """All forms that stand in the document, in order.

    Args:
        number: the form's number.
        longest: for each word that a form of several words begins with: how many the longest has.
        document: the text.
    """
    text = document.text
    words = [normal(t.span.of(text)) if t.kind is TokenKind.WORD else "" for t in document.tokens]
    endings = [_endings(word) for word in words]
    found = []
    for index, word in enumerate(words):
        for size in range(1, longest.get(word, 1) + 1 if word else 1):
            last = index + size - 1
            if size > 1 and not _follows(document, words, last):
                break
            for ending, cut in endings[last]:
                form = number(" ".join([*words[index:last], ending]))
                if form is not None:
                    found.append(Match(index, size, form, cut))
    return sorted([*found, *_compounds(number, document)])


_NO_NOUNS = frozenset("here how let there what when where who why".split()) | FUNCTION_WORDS
"""With ``'s`` they are short for "here is", "let us" and the like."""


def _endings(word: str) -> list[tuple[str, int]]:
    """The word, and of a possessive the noun, with the code points that are cut off."""
    found = POSSESSIVE.search(word) if "'" in word else None
    if found is None or word[: found.start()] in _NO_NOUNS:
        return [(word, 0)]
    return [(word, 0), (word[: found.start()], len(found.group()))]


def _follows(document: Document, words: Sequence[str], index: int) -> bool:
    """Whether token ``index`` is a word, one space behind the token before it."""
    if index >= len(words) or not words[index]:
        return False
    tokens = document.tokens
    gap = document.text[tokens[index - 1].span.end : tokens[index].span.start]
    return gap in {" ", "\u00a0"}


_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]+(?:-[^\W_]+)+|\d+(?:st|nd|rd|th)?")
"""Looked for at the beginning of a word only: from every letter it would take quadratic time."""
_WORD = re.compile(r"[^ ]+")
_BEFORE = re.compile(r"(?:[^\W\d_]+ ){0,3}$")
_BEHIND = re.compile(r"(?: [^\W\d_]+){0,3}")
_FAR = 60
"""Code points before a compound that are looked at."""


def _compounds(number: Number, document: Document) -> set[Match]:
    """Forms with hyphens or digits, alone or among words: "technological know-how", "12 months"."""
    tokens, text = document.tokens, document.text
    starts, found = [token.span.start for token in tokens], set()
    for compound in _COMPOUND.finditer(text):
        for begin, end in product(_begins(text, compound.start()), _ends(text, compound.end())):
            form = number(normal(text[begin:end]))
            if form is None:
                continue
            first, behind = bisect_left(starts, begin), bisect_left(starts, end)
            whole = first < behind and starts[first] == begin
            if whole and tokens[behind - 1].span.end == end:
                found.add(Match(first, behind - first, form, 0))
    return found


def _begins(text: str, start: int) -> list[int]:
    """Where an expression may begin whose compound does at ``start``."""
    before = _BEFORE.search(text, max(0, start - _FAR), start)
    words = before.group() if before else ""
    return [start, *(start - len(words) + match.start() for match in _WORD.finditer(words))]


def _ends(text: str, end: int) -> list[int]:
    """Where an expression may end whose compound does at ``end``."""
    behind = _BEHIND.match(text, end)
    words = behind.group() if behind else ""
    return [end, *(end + match.end() for match in _WORD.finditer(words))]
