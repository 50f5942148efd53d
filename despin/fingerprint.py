"""What of a finding survives changes elsewhere in its document."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from despin.review import Review
from despin.span import Span

SIDE_WORDS = 2
REACH = 120
"""Code points on either side of a finding in which the words beside it are looked for."""

_WORD = re.compile(r"\w+")

Look = tuple[str, str, str, str]
"""Rule, words, and the words on the left and on the right."""


class Fingerprint(NamedTuple):
    """A finding's look, and which of the findings it is that look so."""

    rule: str
    words: str
    left: str
    right: str
    occurrence: int
    """How many findings before it have the same four."""

    @property
    def look(self) -> Look:
        """All but the number."""
        return self[:4]


def fingerprints(review: Review) -> tuple[Fingerprint, ...]:
    """One for each finding, all different."""
    seen: Counter[Look] = Counter()
    out = []
    for finding in review.findings:
        look = (str(finding.rule), *_words_about(review.document.text, finding.span))
        out.append(Fingerprint(*look, seen[look]))
        seen[look] += 1
    return tuple(out)


def _words_about(text: str, span: Span) -> tuple[str, str, str]:
    left = _WORD.findall(text[max(0, span.start - REACH) : span.start])[-SIDE_WORDS:]
    right = _WORD.findall(text[span.end : span.end + REACH])[:SIDE_WORDS]
    return span.of(text), " ".join(left), " ".join(right)
