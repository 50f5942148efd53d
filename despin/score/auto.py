"""The scorer for corpora: the language model is asked only where the fast one is in doubt."""

from __future__ import annotations

from collections.abc import Callable

from despin.document import Document
from despin.once import once_property
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.score import NearScorer, Scores
from despin.score.fast import FastScorer

SUSPICIOUS = 0.004
"""Prior of a document, by the fast scorer, from which the language model reads it: of 60 articles
of clean news 7 are such, of 22 really spun passages 21. Asking it about doubtful places of the
others cost more than it found: nearly every article has one."""


class AutoScorer:
    """Fast for documents that look clean, the language model for the others."""

    name = "auto"

    def __init__(
        self, fast: FastScorer, model: Callable[[], NearScorer], called: str | None = None
    ) -> None:
        """Hold the fast scorer; ``model`` loads the other one when it is first needed.

        ``called`` is the language model's name. A document's review has it whether that was needed
        or not: it must not depend on the documents before.
        """
        self._fast, self._load = fast, model
        self.model = called

    @once_property
    def _model(self) -> NearScorer:
        return self._load()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it, one sentence each."""
        return self._fast.notes

    def score(self, document: Document, slots: Slots, prior: Prior | None = None) -> Scores:
        """Judge the slots of one document; see `despin.score.Scorer`."""
        if prior is not None:
            return self._model.score(document, slots, prior)
        near = self._fast.near.evidence(document, slots)
        first = self._fast.once(document, slots, None, near)
        if first.prior.text < SUSPICIOUS:
            return self._fast.again(document, slots, first, near)
        return self._model.score(document, slots, near=near)
