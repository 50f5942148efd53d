"""A small spun article of our own with a prepared review, so that a look needs no model.

``article.txt`` is the text; ``findings.tsv`` says what a check finds in it, one row a finding:
rule, words, which occurrence of them (from 1), confidence, and candidates as
``wording=confidence/log-odds/source``, separated by bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.policy import SAFE_CONFIDENCE
from despin.review import Review
from despin.span import Span

NAME = "harbour-bridge.txt"
_CANDIDATE = re.compile(r"(?P<after>.*)=(?P<confidence>[\d.]+)/(?P<odds>-?[\d.]+)?/(?P<source>.*)")


def review() -> Review:
    """The example, nothing decided.

    Raises:
        ValueError: a row does not fit the text.
    """
    folder = files(__name__)
    document = Document(NAME, folder.joinpath("article.txt").read_text("utf-8"))
    rows = folder.joinpath("findings.tsv").read_text("utf-8").splitlines()
    findings = sorted(_findings(document, rows), key=lambda f: (f.span, f.rule))
    return Review(document, tuple(findings), scorer="lm", model="SmolLM2-135M", spun_share=0.06)


def _findings(document: Document, rows: list[str]) -> Iterator[Finding]:
    for row in rows:
        if not row.strip() or row.startswith("#"):
            continue
        rule, words, occurrence, confidence, candidates = row.split("\t")
        span = _find(document.text, words.replace("\\n", "\n"), int(occurrence))
        in_quote = any(quote.contains(span) for quote in document.quotes)
        ranked = tuple(_candidate(document, span, text) for text in candidates.split("|") if text)
        safe = ranked and min(ranked[0].confidence, float(confidence)) >= SAFE_CONFIDENCE
        yield Finding(
            rule=Rule(rule),
            span=span,
            message="",
            confidence=float(confidence),
            applicability=Applicability.SAFE if safe and not in_quote else Applicability.UNSAFE,
            in_quote=in_quote,
            candidates=ranked,
        )


def _find(text: str, words: str, occurrence: int) -> Span:
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    if len(places) < occurrence:
        raise ValueError(f"the article does not hold {words!r} {occurrence} times")
    start = places[occurrence - 1]
    return Span(start, start + len(words))


def _candidate(document: Document, span: Span, text: str) -> Candidate:
    match = _CANDIDATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a candidate: {text!r}")
    odds = float(match["odds"]) if match["odds"] else None
    edit = Edit(span, span.of(document.text), match["after"].replace("\\n", "\n"))
    return Candidate(edit, match["source"], odds, float(match["confidence"]))
