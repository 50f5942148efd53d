"""A review: a document, what was found in it, and what was decided. It crosses every border."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from despin.document import Document
from despin.edit import Edit, apply
from despin.finding import Finding


class Verdict(StrEnum):
    """What was decided about a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class By(StrEnum):
    """Who decided."""

    POLICY = "policy"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on one finding; ``edit`` is what an accepted one applies."""

    verdict: Verdict = Verdict.OPEN
    edit: Edit | None = None
    by: By = By.POLICY

    def __post_init__(self) -> None:
        """Refuse an accepted decision without an edit, and an edit on any other.

        Raises:
            ValueError: the verdict and the edit do not go together.
        """
        if (self.verdict is Verdict.ACCEPTED) != (self.edit is not None):
            raise ValueError("an accepted decision holds its edit, and no other does")


OPEN = Decision()


@dataclass(frozen=True)
class Review:
    """Findings of one document in text order, and one decision for each.

    Attributes:
        document: the text that all spans point into.
        findings: sorted by span, then rule.
        decisions: as many as findings, in the same order.
        scorer: what scored it: ``lm``, ``fast``, … or ``none``.
        model: the name of the language model, where one was asked.
        spun_share: estimated share of the words that were substituted, 0 to 1; ``None`` when
            not estimated.
        prior: the document's prior that the scorer judged under; `pipeline` rescores under it.
        notes: one sentence each, for people ("not checked: …").
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    scorer: str = "none"
    model: str | None = None
    spun_share: float | None = None
    prior: float | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Give every finding a decision.

        Raises:
            ValueError: there are decisions, but not one for each finding.
        """
        if not self.decisions:
            object.__setattr__(self, "decisions", (OPEN,) * len(self.findings))
        elif len(self.decisions) != len(self.findings):
            raise ValueError(f"{len(self.findings)} findings, {len(self.decisions)} decisions")

    def decide(
        self, index: int, verdict: Verdict, edit: Edit | None = None, by: By = By.USER
    ) -> Review:
        """The review with finding ``index`` decided.

        An accepted finding applies ``edit``, or its best candidate's. Accepted decisions that
        conflict with it become open again, so that `result` can always be made.

        Raises:
            IndexError: there is no such finding.
            ValueError: accepted, but there is no edit to apply.
            EditError: ``edit`` is not about this document's text.
        """
        finding = self.findings[index]
        if verdict is Verdict.ACCEPTED and edit is None and finding.best is not None:
            edit = finding.best.edit
        decision = Decision(verdict, edit if verdict is Verdict.ACCEPTED else None, by)
        decisions = list(self.decisions)
        if decision.edit is not None:
            apply(self.document.text, [decision.edit])
            for other, past in enumerate(decisions):
                if other != index and past.edit is not None and past.edit.conflicts(decision.edit):
                    decisions[other] = OPEN
        decisions[index] = decision
        return replace(self, decisions=tuple(decisions))

    def edits(self) -> tuple[Edit, ...]:
        """The accepted edits, in text order; they never conflict."""
        return tuple(sorted(d.edit for d in self.decisions if d.edit is not None))

    def result(self) -> str:
        """The text with the accepted edits made."""
        return apply(self.document.text, self.edits())

    def open(self) -> Iterable[int]:
        """Indices of the findings that are not decided."""
        return (i for i, d in enumerate(self.decisions) if d.verdict is Verdict.OPEN)

    def to_json(self, *, with_text: bool = True) -> str:
        """One line of JSON, schema ``despin.review/1`` (docs/review-schema.md)."""
        from despin.wire import encode

        return encode(self, with_text=with_text)

    @staticmethod
    def from_json(line: str | bytes) -> Review:
        """The review that `to_json` wrote.

        Raises:
            WireError: the line is not a review of this schema, or holds no text.
        """
        from despin.wire import decode

        return decode(line)
