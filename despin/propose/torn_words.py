"""Words that a spinner or scraper tore in two: ``the 14 th season``, ``does n't``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.span import Span

_ORDINAL = re.compile(
    r"(?<![\w.,:/-])\d*?(?:(?<!1)1 +st|(?<!1)2 +nd|(?<!1)3 +rd|(?:[04-9]|1[1-3]) +th)"
    r"(?![\w’'-])"
)
_PREFIX = re.compile(
    r"(?<![\w-])(?:anti|co|inter|multi|non|post|pre|re|semi|sub|un)- ([a-z]{3,})(?![\w-])"
)
_CONTRACTION = re.compile(r"(?<=[A-Za-z]) (?:n['’]t\b(?![\w’'-])|['’]s(?= [a-z]))")
_COORDINATES = frozenset("and but nor not than the then versus".split())
"""What goes on behind a hyphen that waits for its word: ``pre- and post-war``."""


class TornWordProposer:
    """Takes the space out of ordinal numbers, contractions, and from behind a prefix's hyphen."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Torn words."""
        return frozenset({Rule.TORN_WORD})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each torn word; of clean text, 23 ordinals in 12.7 million words are.

        Ordinals and contractions are sure; prefixes are not, for a dash may have been typed so.
        """
        text = document.text
        lines = Lines(text)
        for match in _ORDINAL.finditer(text):
            yield from _joined(text, lines, Span(*match.span()), sure=True)
        for match in _CONTRACTION.finditer(text):
            yield from _joined(text, lines, Span(*match.span()), sure=True)
        for match in _PREFIX.finditer(text):
            if match.group(1) not in _COORDINATES:
                yield from _joined(text, lines, Span(*match.span()), sure=False)


def _joined(text: str, lines: Lines, torn: Span, *, sure: bool) -> Iterator[Finding]:
    if not lines.code_at(torn.start):
        edit = replacing(text, torn, torn.of(text).replace(" ", ""))
        yield scrape_finding(Rule.TORN_WORD, edit, "A word is torn in two.", sure=sure)
