"""Findings for pipes: one a line, the same on every terminal, easy for ``grep`` and editors."""

from __future__ import annotations

from dataclasses import dataclass

from despin.finding import Finding
from despin.render.summary import percent
from despin.render.wording import place, proposal, visible, why
from despin.review import Review


@dataclass(frozen=True, slots=True)
class Plain:
    """``path:line:column: rule: "words" -> "proposal" (97 %) reasons``."""

    def render(self, review: Review) -> str:
        """One line for each open finding."""
        return "".join(self._line(review, review.findings[index]) for index in review.open())

    def _line(self, review: Review, finding: Finding) -> str:
        document = review.document
        pair = proposal(finding) or (visible(finding.span.of(document.text)), None)
        words = f'"{pair[0]}"' if pair[1] is None else f'"{pair[0]}" -> "{pair[1]}"'
        where = f"{visible(document.id)}:{place(document, finding)}"
        sure = percent(finding.confidence)
        return f"{where}: {finding.rule}: {words} ({sure}) {visible(why(finding))}\n"
