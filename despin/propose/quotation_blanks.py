"""Blanks inside curly quotation marks: ``“ We will pay ”, she said``.

Only where the marks are a pair with their right direction: of straight ones, and of those that are
turned round, nobody can tell which blank is the one too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.propose.spacing import FRENCH
from despin.span import Span

_QUOTATION = re.compile(
    r"(?<![^\s(\[—–-])“( {0,2})(?=[\w$£€(\[])[^“”\n]{1,800}?"
    r"(?<=[\w.,!?…%)\]—–-])( {0,2})”(?!\w)"
)
"""A quotation within one, ``“ ‘Go,’ ”``, may be set off by a blank."""


class QuotationBlankProposer:
    """Takes out the blanks behind an opening mark and before a closing one."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Quotation marks with wrong spaces."""
        return frozenset({Rule.FUSED_QUOTE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each blank outside code and French."""
        text = document.text
        lines = Lines(text)
        found = [match for match in _QUOTATION.finditer(text) if any(match.groups())]
        if not found or FRENCH.search(text):
            return
        for match in found:
            if lines.judged(_in_pairs, match.start()) and not lines.code_at(match.start()):
                yield from (_needless(text, Span(*match.span(n))) for n in (1, 2) if match.group(n))


def _in_pairs(line: str) -> bool:
    """Whether each mark of the line that opens is closed before the next one opens."""
    marks = "".join(character for character in line if character in "“”")
    return "““" not in marks and "””" not in marks and marks[:1] != "”"


def _needless(text: str, blank: Span) -> Finding:
    message = "No space belongs inside the quotation marks."
    return scrape_finding(Rule.FUSED_QUOTE, replacing(text, blank, ""), message, sure=True)
