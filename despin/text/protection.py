"""Protection: what may never be edited, and what only a person may edit.

*Hard* is what means something letter by letter: addresses, mark-up, code, formulas, files, front
matter, numbers with units, ignored text. *Soft* are quotations, which are someone's own words, and
names.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from despin.span import Span
from despin.text.code_spans import locked
from despin.text.literals import literals
from despin.text.names import names
from despin.text.span_index import merged, touches, touching

if TYPE_CHECKING:
    from despin.document import Document

MARKDOWN = frozenset({".md", ".markdown"})
"""How the names of Markdown files end."""


@dataclass(frozen=True)
class Protected:
    """The protected spans of one document; each tuple is disjoint and in order.

    Attributes:
        hard: all that is never edited.
        locked: the part of it that can't even be removed with the block it lies in: code, front
            matter, ignored text.
        quotes: quotations, marks included.
        names: names, connectors included.
    """

    hard: tuple[Span, ...] = ()
    locked: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()

    def is_hard(self, span: Span) -> bool:
        """Whether an edit of ``span`` would change hard-protected text."""
        return touches(self.hard, span)

    def is_locked(self, span: Span) -> bool:
        """Whether an edit of ``span`` would change locked text."""
        return touches(self.locked, span)

    def cuts_hard(self, span: Span) -> bool:
        """Whether removing ``span`` would leave a piece of something hard behind."""
        return not all(span.contains(hard) for hard in touching(self.hard, span))

    def in_quote(self, span: Span) -> bool:
        """Whether any of ``span`` is quoted."""
        return touches(self.quotes, span)

    def in_name(self, span: Span) -> bool:
        """Whether any of ``span`` is a name."""
        return touches(self.names, span)


def protect(document: Document) -> Protected:
    """What is protected in ``document``; the time is linear in its text."""
    markdown = PurePath(document.id).suffix.lower() in MARKDOWN
    kept = locked(document.text, markdown=markdown)
    return Protected(
        hard=merged([*kept, *literals(document.text)]),
        locked=kept,
        quotes=document.quotes,
        names=names(document),
    )
