"""Names, by their capitals: soft protection, so rather one too many than one too few.

* Inside a sentence every capitalised word is a name, with *of*, *the*, *de* and the like between
  two of them, and so are acronyms and words with inner capitals anywhere.
* The first word of a sentence says little. It counts when a name follows at once (*Anna Berg
  said*; *Bank of England*, but not *Thousands of Danes*), or when it stands capitalised inside
  another sentence, and in either case never in lower case.
* In a headline capitals say little. There a word isn't a name when it is a function word, or
  stands in lower case anywhere in the article, singular or plural. In a line of capitals only
  what is a name elsewhere is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from despin.span import Span, TokenKind
from despin.text.function_words import FUNCTION_WORDS
from despin.text.proper_words import OPENERS, PARTITIVES, PROPER_WORDS, TITLES
from despin.text.span_index import merged

if TYPE_CHECKING:
    from despin.document import Document

_CONNECTORS = frozenset(
    """
    of the and for de del della di da du des la le les el al bin ibn van von der den y e & -
    """.split()
)
_MAX_CONNECTORS = 3
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}+")
_CLITIC = re.compile(r"['’](?:s|ll|d|ve|re|m)$", re.IGNORECASE)
_FINAL = frozenset(".!?…:;,")
_HEADLINE_WORDS = 25
_HEADLINE_SHARE = 0.7
_SURE_SHARE = 0.9


def names(document: Document) -> tuple[Span, ...]:
    """The names of a document, disjoint and in order."""
    return _Names(document).spans()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Tokens ``[first, last)`` and what kind of line they are."""

    first: int
    last: int
    headline: bool
    capitals: bool


class _Names:
    """The words of one document, seen once for its vocabulary and once for its names."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.piece = [token.span.of(document.text) for token in self.tokens]
        self.word = [token.kind is TokenKind.WORD for token in self.tokens]
        self.words_before = list(accumulate(self.word, initial=0))
        self.base = [_CLITIC.sub("", piece) for piece in self.piece]
        self.low = [base.lower().replace("’", "'") for base in self.base]
        self.sentences = list(self._sentences())
        self.lower = {
            low
            for low, piece, word in zip(self.low, self.piece, self.word, strict=True)
            if word and piece[0].islower()
        }
        self.inside = set(self._capitalised_inside())

    def spans(self) -> tuple[Span, ...]:
        text = self.document.text
        dotted = (Span(*match.span()) for match in _DOTTED.finditer(text))
        runs = (run for sentence in self.sentences for run in self._runs(sentence))
        return merged([*runs, *dotted])

    # The first look.

    def _sentences(self) -> Iterator[_Sentence]:
        first = 0
        for span in self.document.sentences:
            while first < len(self.tokens) and self.tokens[first].span.start < span.start:
                first += 1
            last = first
            while last < len(self.tokens) and self.tokens[last].span.start < span.end:
                last += 1
            yield self._kind(first, last, span)
            first = last

    def _kind(self, first: int, last: int, span: Span) -> _Sentence:
        words = [i for i in range(first, last) if self.word[i]]
        content = [i for i in words if self.low[i] not in FUNCTION_WORDS]
        upper = sum(self.piece[i][0].isupper() for i in content)
        capitals = len(words) > 1 and all(self.piece[i].isupper() for i in words)
        ends = span.of(self.document.text)[-3:].rstrip("\"'”’») ")[-1:] in _FINAL
        share = upper / len(content) if content else 0.0
        headline = len(words) <= _HEADLINE_WORDS and (
            (len(content) > 2 and share >= _SURE_SHARE)
            if ends
            else (len(content) > 1 and share >= _HEADLINE_SHARE)
        )
        return _Sentence(first, last, headline, capitals)

    def _capitalised_inside(self) -> Iterator[str]:
        for sentence in self.sentences:
            if sentence.headline or sentence.capitals:
                continue
            for i in range(sentence.first, sentence.last):
                if self.word[i] and self.piece[i][0].isupper() and not self._starts(i, sentence):
                    yield self.low[i]

    def _starts(self, i: int, sentence: _Sentence) -> bool:
        """Whether word ``i`` is the first of its sentence, or of one quoted or announced in it."""
        if self.words_before[i] == self.words_before[sentence.first]:
            return True
        before = self.piece[i - 1]
        touching = self.tokens[i - 1].span.end == self.tokens[i].span.start
        return before in ":•" or (touching and before in "“‘\"'«„(")

    # The second look.

    def _runs(self, sentence: _Sentence) -> Iterator[Span]:
        """Names of one sentence, connectors inside."""
        found = [i for i in range(sentence.first, sentence.last) if self._is_name(i, sentence)]
        known = set(found)
        found += (i for i in range(sentence.first, sentence.last) if self._leads(i, known))
        last: int | None = None
        start = 0
        for i in sorted(found):
            if last is not None and not self._joined(last, i):
                yield Span(self.tokens[start].span.start, self.tokens[last].span.end)
                last = None
            start = i if last is None else start
            last = i
        if last is not None:
            yield Span(self.tokens[start].span.start, self.tokens[last].span.end)

    def _is_name(self, i: int, sentence: _Sentence) -> bool:
        base, low = self.base[i], self.low[i]
        if not (self.word[i] and any(map(str.isupper, base))):
            return False
        if sentence.capitals:
            return low in self.inside and not self._common(low)
        if any(map(str.isupper, base[1:])) or low in PROPER_WORDS:
            return True
        if low in FUNCTION_WORDS:
            return False
        if sentence.headline:
            return not self._common(low)
        return not self._starts(i, sentence) or (low in self.inside and not self._common(low))

    def _common(self, low: str) -> bool:
        """Whether the article knows the word as an ordinary one, in singular or plural."""
        return low in self.lower or f"{low}s" in self.lower or low.removesuffix("s") in self.lower

    def _leads(self, i: int, known: set[int]) -> bool:
        """Whether a capitalised word that is no name by itself is one by the name behind it."""
        if i in known or not self.word[i] or not self.piece[i][0].isupper():
            return False
        low = self.low[i]
        following = i + 1
        if following < len(self.piece) and self.piece[following] == ".":
            return (low in TITLES or len(low) == 1) and following + 1 in known
        if low in FUNCTION_WORDS or low in OPENERS or self._common(low):
            return False
        if following in known:
            return self._joined(i, following)
        # Bank of England, House of the Dragon; but Thousands of Danes, Half of Europe.
        if self.piece[following : following + 1] != ["of"] or low in PARTITIVES or low[-1] == "s":
            return False
        following += 1 + (self.piece[following + 1 : following + 2] == ["the"])
        return following in known

    def _joined(self, left: int, right: int) -> bool:
        """Whether only what names hold inside lies between two of their words."""
        between = self.piece[left + 1 : right]
        if between and between[0] == ".":
            if not (self.low[left] in TITLES or len(self.low[left]) == 1):
                return False
            between = between[1:]
        return len(between) <= _MAX_CONNECTORS and all(p.lower() in _CONNECTORS for p in between)
