"""The scorer for corpora: the language model is asked only where the fast one is in doubt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from despin.document import Document
from despin.propose.slots import Slots
from despin.score import Scorer, Scores
from despin.score.fast import FastScorer
from despin.score.judge import document_prior, shifted

SUSPICIOUS = 0.02
"""Share of substituted slots, by the fast scorer's estimate, from which the language model judges
all of a document."""
DOUBTFUL = 0.05
"""The fast scorer's probability from which a place of any other document is judged by it."""


class AutoScorer:
    """Fast for what looks clean, the language model for places and documents that do not."""

    name = "auto"

    def __init__(self, fast: FastScorer, model: Callable[[], Scorer]) -> None:
        """Hold the fast scorer; ``model`` loads the other one when it is first needed."""
        self._fast, self._load = fast, model

    @cached_property
    def _model(self) -> Scorer:
        return self._load()

    @property
    def model(self) -> str | None:
        """The language model's name, once it was needed."""
        return self._model.model if "_model" in self.__dict__ else None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it, one sentence each."""
        return self._fast.notes

    def score(self, document: Document, slots: Slots, prior: float | None = None) -> Scores:
        """Judge the slots of one document; see `despin.score.Scorer`."""
        first = self._fast.once(document, slots, prior)
        if prior is not None or first.prior >= SUSPICIOUS:
            return self._model.score(document, slots, prior)
        doubtful = np.flatnonzero(first.spun >= DOUBTFUL)
        if not len(doubtful):
            return first
        second = self._model.score(document, slots.only(doubtful), first.prior)
        return settled(first, second, slots, doubtful, self._fast.trained, document.word_count)


def settled(  # noqa: PLR0913, PLR0917 - two scores and what was judged twice
    first: Scores,
    second: Scores,
    slots: Slots,
    doubtful: np.ndarray[tuple[int], np.dtype[np.int_]],
    trained: float,
    words: int,
) -> Scores:
    """The first scores with those of the doubtful places in their stead, at a new prior.

    Args:
        first: of all places.
        second: of the doubtful ones, under the same prior.
        slots: all places.
        doubtful: int[…], numbers of those judged twice, ascending.
        trained: the prior under which the judge of the first scores learnt.
        words: of the document.
    """
    spun, candidate, odds = first.spun.copy(), first.candidate.copy(), first.odds.copy()
    slot = slots.slot_of
    rows = np.isin(slot, doubtful)
    spun[doubtful], candidate[rows], odds[rows] = second.spun, second.candidate, second.odds
    prior = document_prior(shifted(spun, first.prior, trained), trained)
    moved = shifted(spun, first.prior, prior)
    candidate *= (moved / np.maximum(spun, np.float32(1e-9)))[slot]
    share = float(moved[doubtful].sum()) / max(1, words)
    return Scores(moved, candidate, odds, min(share, 1.0), prior)
