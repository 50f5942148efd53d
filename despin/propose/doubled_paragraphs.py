"""A paragraph that stands twice in a row, as when a scraper takes a page's summary too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.code_lines import looks_like_code
from despin.propose.scrape import replacing, scrape_finding
from despin.span import Span

_LINE = re.compile(r"\S[^\n]*")
_FEWEST_WORDS = 12
"""A refrain is shorter, and so is a row of a form."""
_FEWEST_IN_LINES = 20
"""No line of a hymn or a litany, which may be sung twice, has so many."""


class DoubledParagraphProposer:
    """Deletes the second."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Boilerplate: whole blocks are removed."""
        return frozenset({Rule.BOILERPLATE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each repetition; nine million words of clean text have none.

        It is safe, but for a short line right under the other: it may be meant to be said twice.
        """
        text = document.text
        before = Span(0, 0)
        for match in _LINE.finditer(text):
            line = Span(match.start(), match.start() + len(match.group().rstrip()))
            if line.of(text) == before.of(text) and _is_paragraph(line.of(text)):
                edit = replacing(text, Span(before.end, line.end), "")
                message = "This paragraph stands here twice."
                sure = text.count("\n", before.end, line.start) > 1 or _is_long(line.of(text))
                yield scrape_finding(Rule.BOILERPLATE, edit, message, sure=sure)
            before = line


def _is_long(line: str) -> bool:
    return len(line.split()) >= _FEWEST_IN_LINES


def _is_paragraph(line: str) -> bool:
    ended = line.rstrip("”\"’')*_").endswith((".", "!", "?", "…"))
    return ended and len(line.split()) >= _FEWEST_WORDS and not looks_like_code(line)
