"""From a scorer's numbers to findings, their candidates as edits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.lexicon.sources import Source
from despin.lexicon.spelling import Variety, respell, variety
from despin.policy import SAFE_CONFIDENCE
from despin.propose.slots import Slots
from despin.render.wording import reason
from despin.score import Scores
from despin.wording import replacement_edit

MOST_CANDIDATES = 9
"""Alternatives kept of a finding: a person picks them with the keys 1 to 9."""
LEAST_CANDIDATE = 0.01
"""Alternatives less likely than this are not shown, unless there is no other."""


@dataclass(frozen=True)
class Judged:
    """The slots of a document and what a scorer said of them."""

    document: Document
    places: Slots
    scores: Scores

    @cached_property
    def _spelling(self) -> Variety:
        """The article's own spelling, which every proposal follows."""
        return variety(self.document.text)

    def findings(self, bar: float) -> Iterator[Finding]:
        """A finding for every slot at or above ``bar`` that has something to propose."""
        for index in np.flatnonzero(self.scores.spun >= bar).tolist():
            candidates = self.candidates(index)
            if candidates:
                yield self._finding(index, candidates)

    def candidates(
        self, index: int, *, most: int = MOST_CANDIDATES, least: float = LEAST_CANDIDATE
    ) -> tuple[Candidate, ...]:
        """The scored candidates of a place, the likeliest first."""
        scores, places = self.scores, self.places
        rows = places.rows(index)
        rows = rows[~np.isnan(scores.odds[rows])]
        rows = rows[np.argsort(-scores.candidate[rows], kind="stable")]
        found: dict[str, Candidate] = {}
        for row in rows.tolist():
            confidence = float(scores.candidate[row])
            if len(found) == most or (found and confidence < least):
                break
            wording = respell(places.forms[int(places.form[row])], self._spelling)
            edit = replacement_edit(self.document.text, places.span(index), wording)
            if edit.after != edit.before and edit.after not in found:
                odds = float(scores.odds[row])
                found[edit.after] = Candidate(edit, self._label(row), odds, confidence)
        return tuple(found.values())

    def _finding(self, index: int, candidates: tuple[Candidate, ...]) -> Finding:
        confidence = float(self.scores.spun[index])
        sure = min(confidence, candidates[0].confidence) >= SAFE_CONFIDENCE
        span = self.places.span(index)
        return Finding(
            rule=self._rule(index),
            span=span,
            message=reason(self.document, span, candidates[0]),
            confidence=confidence,
            applicability=Applicability.SAFE if sure else Applicability.UNSAFE,
            candidates=candidates,
        )

    def _rule(self, index: int) -> Rule:
        rows = self.places.candidates(index)
        if self.places.user[rows.start : rows.stop].all():
            return Rule.LEXICON
        return Rule.FUNCTION_WORD if self.places.function_word[index] else Rule.SYNONYM

    def _label(self, row: int) -> str:
        if self.places.user[row]:
            return "your lexicon"
        return Source(int(self.places.source[row])).label
