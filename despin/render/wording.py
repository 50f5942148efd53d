"""How findings are worded for people; every text output words them the same way."""

from __future__ import annotations

from despin.document import Document
from despin.finding import Applicability, Finding
from despin.render.summary import percent

_MARKS = {"\n": "⏎", "\r": "", "\t": "⇥"} | dict.fromkeys("\u00a0\u2007\u202f", "␣")
_UNSEEN = {"\u00ad": "", "\u200d": "\u200d"}
"""A soft hyphen, and the joiner that makes one picture of several."""


def visible(text: str) -> str:
    """``text`` on one line, without control characters that a terminal would obey."""
    shown = ((_MARKS | _UNSEEN).get(c, c if c.isprintable() else f"\\x{ord(c):02x}") for c in text)
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
