"""A small spun article of our own with a prepared review, so that a look needs no model.

``article.txt`` is the text. What patterns find in it is found anew; ``findings.tsv`` says what a
language model would find, one row a finding: rule, words, which occurrence of them (from 1),
confidence, and candidates as ``wording=confidence/source``, separated by bars. All else follows
from these as it does in a real review.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from importlib.resources import files

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.options import Options
from despin.pipeline import Despinner
from despin.policy import SAFE_CONFIDENCE
from despin.render.wording import reason
from despin.review import Review
from despin.span import Span
from despin.wording import replacement_edit

NAME = "harbour-bridge.txt"
SHARE = 0.09
"""Share of spun words at which odds and confidence say the same."""
FLOOR = 0.05
_CANDIDATE = re.compile(r"(?P<after>.*)=(?P<confidence>[\d.]+)/(?P<source>.*)")


def review() -> Review:
    """The example, nothing decided.

    Raises:
        ValueError: a row does not fit the text.
    """
    folder = files(__name__)
    document = Document(NAME, folder.joinpath("article.txt").read_text("utf-8"))
    rows = folder.joinpath("findings.tsv").read_text("utf-8").splitlines()
    despinner = Despinner(Options(min_confidence=FLOOR))
    found = [*despinner.propose(document).findings, *_findings(document, rows)]
    settled = despinner.settled(document, found)
    return Review(document, settled, scorer="lm", model="SmolLM2-135M", spun_share=SHARE)


def _findings(document: Document, rows: list[str]) -> Iterator[Finding]:
    for row in rows:
        if not row.strip() or row.startswith("#"):
            continue
        rule, words, occurrence, number, candidates = row.split("\t")
        span, confidence = _find(document.text, words, int(occurrence)), float(number)
        ranked = tuple(_candidate(document, span, confidence, c) for c in candidates.split("|"))
        sure = min(ranked[0].confidence, confidence) >= SAFE_CONFIDENCE
        yield Finding(
            rule=Rule(rule),
            span=span,
            message=reason(document, span, ranked[0]),
            confidence=confidence,
            applicability=Applicability.SAFE if sure else Applicability.UNSAFE,
            candidates=ranked,
        )


def _find(text: str, words: str, occurrence: int) -> Span:
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    if len(places) < occurrence:
        raise ValueError(f"the article does not hold {words!r} {occurrence} times")
    start = places[occurrence - 1]
    return Span(start, start + len(words))


def _candidate(document: Document, span: Span, spun: float, text: str) -> Candidate:
    match = _CANDIDATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a candidate: {text!r}")
    confidence = float(match["confidence"])
    edit = replacement_edit(document.text, span, match["after"])
    return Candidate(edit, match["source"], math.log(confidence / (1 - spun)), confidence)
