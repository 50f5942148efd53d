"""Spaces on the wrong side of a mark, or missing at one: ``dusk ,and``, ``3hours``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, missing_space, replacing, scrape_finding
from despin.propose.spacing import JOINERS, STARTERS
from despin.span import Span

_BEFORE_COMMA = re.compile(r"(?<=[a-z])( +,)(?=[A-Za-z]{2,}[\s,.;])")
_BEFORE_STOP = re.compile(r"(?<=[a-z0-9])( +\.)(?=([A-Z][a-z]*)\s)")
_SEMICOLON = re.compile(r"(?<![&\w#])[A-Za-z]+[a-z](;)(?=([a-z]+)[\s,])")
_SPEAKER = re.compile(r"(?<=[A-Za-z])[”\"’](,)(?=(?:said|says|added|adds)\s)")
_UNIT = re.compile(
    r"(?<![\w.,:/#@’'&=-])(?!2day\b)\d{1,4}"
    r"(?=(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|people|times)(?![\w/.@-]*[\w/@-]))"
)
_OPENS = re.compile(r"(?<=[a-z]{3})(?=\([a-z]+ [a-z]+ [^()\n]{0,200}\))")
_CLOSES = re.compile(r"\((?=[^()\n ]{1,60} )[^()\n]{1,200}\w\)(?=([a-z]+)[\s,])")

_MISSING = (
    (_SEMICOLON, "after the semicolon", True),
    (_SPEAKER, "after the comma", False),
    (_UNIT, "after the number", False),
    (_OPENS, "before the bracket", False),
    (_CLOSES, "after the bracket", True),
)
"""Patterns whose match ends where the space is missing, and whether a joining word must follow."""


class DisplacedSpaceProposer:
    """Puts each space where it belongs; in clean text all that it finds is damaged."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Missing spaces and spaces before punctuation."""
        return frozenset({Rule.MISSING_SPACE, Rule.SPACE_BEFORE_PUNCTUATION})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each place outside code."""
        lines = Lines(document.text)
        found = (*_displaced(document.text), *_missing(document.text))
        return (finding for finding in found if not lines.code_at(finding.span.start))


def _displaced(text: str) -> Iterator[Finding]:
    for match in (*_BEFORE_COMMA.finditer(text), *_BEFORE_STOP.finditer(text)):
        if match.lastindex == 2 and match.group(2) not in STARTERS:
            continue  # ".Net", ".Mail"
        mark = match.group(1)[-1]
        yield scrape_finding(
            Rule.SPACE_BEFORE_PUNCTUATION,
            replacing(text, Span(*match.span(1)), f"{mark} "),
            f"The space belongs behind “{mark}”.",
            sure=True,
        )


def _missing(text: str) -> Iterator[Finding]:
    for pattern, mark, joined in _MISSING:
        for match in pattern.finditer(text):
            if not joined or match.group(match.lastindex or 0) in JOINERS:
                yield missing_space(text, match.end(), f"A space is missing {mark}.", sure=True)
