"""How findings are worded for people; every text output words them the same way."""

from __future__ import annotations

import math

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding
from despin.render.summary import percent
from despin.span import Span
from despin.text.tokens import normal

_SPACES = dict.fromkeys("\u00a0\u2007\u202f", "␣")
_UNSEEN = {"\u00ad": "", "\u200d": "\u200d"}
"""A soft hyphen, and the joiner that makes one picture of several."""
_BYTES = {chr(0xDC00 + byte): f"\\x{byte:02x}" for byte in range(0x80, 0x100)}
"""What Python makes of the bytes of a file's name that are not UTF-8."""
_MARKS = {"\n": "⏎", "\r": "", "\t": "⇥"} | _SPACES | _UNSEEN | _BYTES


def visible(text: str) -> str:
    """``text`` on one line, without control characters that a terminal would obey."""
    shown = (_MARKS.get(c, c if c.isprintable() else f"\\x{ord(c):02x}") for c in text)
    return "".join(shown)


def place(document: Document, finding: Finding) -> str:
    """``line:column`` of a finding, both from 1."""
    line, column = document.line_and_column(finding.span.start)
    return f"{line}:{column}"


def proposal(finding: Finding) -> tuple[str, str] | None:
    """The words before and after of the best candidate; ``None`` when there is none."""
    if finding.best is None:
        return None
    return visible(finding.best.edit.before), visible(finding.best.edit.after)


def reason(document: Document, span: Span, best: Candidate) -> str:
    """The message of a scored finding: the source, the odds, and whether the article has the words.

    Args:
        document: what was judged.
        span: the words in question.
        best: the likeliest wording.
    """
    words, proposed = span.of(document.text), best.edit.after
    stands = "probably stands" if best.confidence >= 0.5 else "may stand"
    parts = [f"“{words}” {stands} for “{proposed}” ({best.source})"]
    if best.score is not None:
        parts.append(odds(best.score))
    times = _occurrences(document, [normal(word) for word in proposed.split()])
    if times:
        parts.append(f"it also occurs {times}× in this article")
    return "; ".join(parts)


def odds(score: float) -> str:
    """Log-odds against the words as written, all evidence weighed, as a bet.

    Where they favour the words as written, it is for a person to see that, not how much.
    """
    if score < -0.4:
        return "could be right as written"
    to_one = math.exp(min(score, 11.5))
    return f"odds {to_one:,.0f} to 1" if to_one >= 1.5 else "even odds"


def _occurrences(document: Document, words: list[str]) -> int:
    """How often the words, if any, stand one after another in the document."""
    own, first = document.normal_words, words[0] if words else ""
    places = document.places_of_words.get(first, ())
    return sum(own[place : place + len(words)] == words for place in places)


def why(finding: Finding) -> str:
    """The reasons: the message, the best candidate's source, and what may be done."""
    parts = [finding.message.rstrip(".")]
    if finding.best is not None and finding.best.source not in finding.message:
        parts.append(finding.best.source)
    if finding.in_quote:
        parts.append("in a quotation")
    if finding.applicability is not Applicability.SAFE:
        parts.append(_BARS[finding.applicability])
    return "; ".join(part for part in parts if part)


def others(finding: Finding, most: int = 3) -> str:
    """The next candidates with their confidence: ``procedures 12 %, acts 3 %``."""
    rest = finding.candidates[1 : most + 1]
    return ", ".join(f"{_shown(c.edit.after)} {percent(c.confidence)}" for c in rest)


def _shown(text: str) -> str:
    return visible(text) or "(nothing)"


_BARS = {
    Applicability.UNSAFE: "needs --unsafe-fixes or a person",
    Applicability.DISPLAY: "for a person to decide",
}
