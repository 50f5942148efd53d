"""A document: one text, fixed from here on, and what can be known of it on demand."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from despin.span import Span, Token, TokenKind

if TYPE_CHECKING:
    from despin.text.protection import Protected


@dataclass(frozen=True)
class Document:
    """A text as read; every span in despin counts code points of ``text``, half-open.

    Attributes:
        id: where it came from: a path, ``-`` for standard input, a record's key.
        text: the decoded text, line endings as they were.
        encoding: what it was decoded from; written back the same way.
        notes: one sentence each, what a person should know of the reading.
        meta: what a caller wants to carry along.
    """

    id: str
    text: str
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        """Refuse what is no text; take a kind of string (a web page's node) for its characters.

        A path may name a document.

        Raises:
            TypeError: the text is not a string.
        """
        if not isinstance(self.text, str):
            raise TypeError(
                f"a text must be a string, not {type(self.text).__name__}; "
                "despin.read.read(path) reads a file"
            )
        if isinstance(self.id, PurePath):
            object.__setattr__(self, "id", str(self.id))
        for name in ("id", "text"):
            value = getattr(self, name)
            if type(value) is not str and isinstance(value, str):
                object.__setattr__(self, name, str.__str__(value))

    def __reduce__(self) -> tuple[type[Document], tuple[object, ...]]:
        """Pickled without what can be known again, for other processes."""
        return Document, (self.id, self.text, self.encoding, self.notes, dict(self.meta))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, numbers and punctuation, in order."""
        from despin.text.tokens import tokens

        return tokens(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, in order, never across a paragraph's border."""
        from despin.text.sentences import sentences

        return sentences(self.text)

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Text in quotation marks, the marks included, outermost only."""
        from despin.text.quotes import quotes

        return quotes(self.text)

    @cached_property
    def protected(self) -> Protected:
        """What may not be edited, and what may only be edited by a person."""
        from despin.text.protection import protect

        return protect(self)

    @cached_property
    def word_count(self) -> int:
        """How many word tokens there are."""
        return sum(token.kind is TokenKind.WORD for token in self.tokens)

    @cached_property
    def normal_words(self) -> list[str]:
        """The word tokens in the form in which lexicons and counts know them."""
        from despin.text.tokens import normal

        text = self.text
        return [normal(t.span.of(text)) for t in self.tokens if t.kind is TokenKind.WORD]

    @cached_property
    def places_of_words(self) -> dict[str, list[int]]:
        """Where each of the `normal_words` stands among them."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.normal_words):
            places.setdefault(word, []).append(place)
        return places

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as hex digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds code point ``at``, or else the line that does."""
        index = bisect_right(self.sentences, at, key=lambda sentence: sentence.start) - 1
        if index >= 0 and at < self.sentences[index].end:
            return self.sentences[index]
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return Span(start, end if end >= 0 else len(self.text))

    def line_and_column(self, at: int) -> tuple[int, int]:
        """The line and the column, both from 1, of code point ``at``; CRLF is one break."""
        start = self.text.rfind("\n", 0, at) + 1
        return self.text.count("\n", 0, at) + 1, at - start + 1
