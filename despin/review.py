"""A review: a document, what was found in it, and what was decided. It crosses every border."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from despin.document import Document
from despin.edit import Edit, apply
from despin.finding import Finding
from despin.prior import Prior


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


class _AcceptedEdits:
    """Accepted edits by their place, none of which conflict, with the findings they are of."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        held = [(d.edit, index) for index, d in enumerate(decisions) if d.edit is not None]
        self._held: list[tuple[Edit, int]] = sorted(held)

    def put(self, edit: Edit, index: int) -> list[int]:
        """Take ``edit`` in; the findings whose edits it conflicts with, which leave."""
        first = end = bisect_left(self._held, edit.span.start, key=lambda held: held[0].span.end)
        while end < len(self._held) and self._held[end][0].span.start <= edit.span.end:
            end += 1
        near = self._held[first:end]
        stay = [held for held in near if not held[0].conflicts(edit)]
        self._held[first:end] = sorted([*stay, (edit, index)])
        return [other for past, other in near if past.conflicts(edit)]

    def remove(self, edit: Edit) -> None:
        """Let ``edit`` go, which is held."""
        del self._held[bisect_left(self._held, edit, key=lambda held: held[0])]


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
        prior: the priors that the scorer judged under; `pipeline` rescores under them.
        notes: one sentence each, for people ("not checked: …").
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    scorer: str = "none"
    model: str | None = None
    spun_share: float | None = None
    prior: Prior | None = None
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
        return self.decide_all([(index, self.decision(index, verdict, edit, by))])

    def decision(
        self, index: int, verdict: Verdict, edit: Edit | None = None, by: By = By.USER
    ) -> Decision:
        """The decision that `decide` makes of these, for `decide_all`.

        Raises:
            IndexError: there is no such finding.
            ValueError: accepted, but there is no edit to apply; or there is no such verdict.
        """
        verdict, by = Verdict(verdict), By(by)
        best = self.findings[index].best
        if verdict is not Verdict.ACCEPTED:
            return Decision(verdict, None, by)
        return Decision(verdict, edit if edit is not None or best is None else best.edit, by)

    def decide_all(self, decisions: Iterable[tuple[int, Decision]]) -> Review:
        """The review with these findings decided, one after the other: the later edit wins.

        Args:
            decisions: the index of a finding and what is decided about it.

        Raises:
            IndexError: there is no such finding.
            EditError: an edit is not about this document's text.
        """
        made = list(self.decisions)
        accepted = _AcceptedEdits(made)
        for index, decision in decisions:
            past = made[index].edit
            if past is not None:
                accepted.remove(past)
            made[index] = decision
            if decision.edit is not None:
                decision.edit.check_fits(self.document.text)
                for other in accepted.put(decision.edit, index):
                    made[other] = OPEN
        return replace(self, decisions=tuple(made))

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
