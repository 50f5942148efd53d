"""Scorers: how likely the words of a slot were substituted, and for which wording.

`despin.score.loading` names the built-in ones, and imports the one that is asked for and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.prior import Prior
from despin.propose.slots import Slots


@dataclass(frozen=True)
class Scores:
    """What a scorer says of ``n`` slots with ``m`` candidates (the slots' own order).

    Attributes:
        spun: float32[n], probability that the words were substituted.
        candidate: float32[m], probability that this wording stood there.
        odds: float32[m], log-odds against the words as written (natural log); NaN where the
            candidate was not looked at.
        share: estimated share of the document's words that were substituted.
        prior: the document's prior for a slot, to rescore a part of it later.
    """

    spun: NDArray[np.float32]
    candidate: NDArray[np.float32]
    odds: NDArray[np.float32]
    share: float
    prior: Prior

    @staticmethod
    def empty(prior: Prior) -> Scores:
        """The scores of no slots."""
        none = np.zeros(0, np.float32)
        return Scores(none, none, none, 0.0, prior)


class Scorer(Protocol):
    """Judges the slots of one document at a time."""

    @property
    def name(self) -> str:
        """Its name on the command line: ``lm``, ``fast`` and so on."""
        ...

    @property
    def model(self) -> str | None:
        """The language model's name, where there is one."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it, one sentence each."""
        ...

    def score(self, document: Document, slots: Slots, prior: Prior | None = None) -> Scores:
        """Judge the slots; ``prior`` fixes the document's prior instead of estimating it."""
        ...


class NearScorer(Scorer, Protocol):
    """One that can be given the evidence that needs no language model."""

    def score(
        self,
        document: Document,
        slots: Slots,
        prior: Prior | None = None,
        near: NDArray[np.float32] | None = None,
    ) -> Scores:
        """Judge the slots; ``near`` is what `despin.score.near.NearReader` found there."""
        ...
