"""The scorer for other models: counts and lexicon look first, a model is asked about the doubtful.

All it needs of a model is one number for each candidate: by how many nats it reads better than
the words as written. A small calibrator weighs that against what the counts judge says. The one
that ships learnt from SmolLM2's differences (`despin.training.masked`); another model's are taken
for the same. Both mean the same quantity, but how far that carries is measured for no other model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.score import Scores
from despin.score.fast import FastScorer
from despin.score.judge import FloatArray, Judge, Verdicts
from despin.score.prior import Hold
from despin.score.repaired import judged_again
from despin.score.second_look import Gate, Looked, settled
from despin.span import Span

MASKED_COLUMNS = ("context_score", "gain", "best_gain", "context_spun", "function_word")
"""Evidence: the counts judge's log-odds of the candidate; the model's difference; the best
difference of the slot; the counts judge's log-odds of the slot; whether it is a function word."""

WIDTH = Gate(
    least=0.005, beside=0.0, share=0.25, candidates=5, hold=Hold(0.02, strength=40.0, ceiling=0.08)
)
"""What its calibrator was taught behind; a masked model reads the text anew for every candidate."""


class Reader(Protocol):
    """What the scorer needs of a model."""

    def gains(self, document: Document, slots: Slots, rows: NDArray[np.int32]) -> FloatArray:
        """float32[rows]: by how many nats each candidate reads better than what is written."""
        ...

    def compare(self, document: Document, span: Span, wordings: Sequence[str]) -> list[float]:
        """The same for any wordings of one place."""
        ...


class MaskedScorer:
    """Scores with collocations, the lexicon, and a model's differences."""

    name = "hf"
    notes: tuple[str, ...] = ()

    def __init__(
        self,
        reader: Reader,
        fast: FastScorer,
        judge: Judge,
        *,
        model: str,
    ) -> None:
        self.model = model
        self._reader, self._fast, self._judge = reader, fast, judge

    def score(self, document: Document, slots: Slots, prior: Prior | None = None) -> Scores:
        """Judge the slots of one document; see `despin.score.Scorer`."""
        if not len(slots):
            return Scores.empty(prior or Prior.same(self._judge.prior))
        first = self._fast.once(document, slots, Prior.same(self._fast.trained))
        looked = self._look(document, slots, first, prior)
        judged = self._judged(document, first, looked, prior)
        return judged_again(self._score_again, document, slots, judged)

    def look(self, document: Document, slots: Slots) -> Looked:
        """All evidence of the slots of one document, at least one; nothing is judged."""
        first = self._fast.once(document, slots, Prior.same(self._fast.trained))
        return self._look(document, slots, first, None)

    def _score_again(self, document: Document, slots: Slots, prior: Prior) -> Scores:
        first = self._fast.once(document, slots, Prior.same(self._fast.trained))
        return self._judged(document, first, self._look(document, slots, first, prior), prior)

    def compare(self, document: Document, span: Span, wordings: Sequence[str]) -> list[float]:
        """How much better each wording reads at ``span`` than what is written, in nats."""
        return self._reader.compare(document, span, wordings)

    def _look(self, document: Document, slots: Slots, first: Scores, prior: Prior | None) -> Looked:
        """Ask the model about the candidates that the counts judge lets pass."""
        slot = slots.slot_of
        verdicts = Verdicts(first.spun, first.candidate)
        chosen = WIDTH.chosen(verdicts, slot, self._fast.trained, prior)
        rows = np.flatnonzero(chosen).astype(np.int32)
        both = np.zeros((0, len(MASKED_COLUMNS)), np.float32)
        if len(rows):
            gain = self._reader.gains(document, slots, rows)
            best = np.full(len(slots), -np.inf, np.float32)
            np.maximum.at(best, slot[rows], gain)
            spun = np.clip(first.spun, 1e-6, 1 - 1e-6)
            doubt = np.log(spun / (1 - spun))
            columns = [
                first.odds[rows],
                gain,
                best[slot[rows]],
                doubt[slot[rows]],
                slots.function_word[slot[rows]],
            ]
            both = np.stack(columns, axis=1).astype(np.float32)
        return Looked(slot, chosen, both, slots.written, slots.quoted, slots.function_word)

    def _judged(
        self, document: Document, first: Scores, looked: Looked, prior: Prior | None
    ) -> Scores:
        """Probabilities from evidence, at the document's own prior or the one given."""
        before = Verdicts(first.spun, first.candidate)
        before = before.under(self._judge.prior, self._fast.trained, looked.slot)
        return settled(self._judge, before, looked, document.word_count, prior)
