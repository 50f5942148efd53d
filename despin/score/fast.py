"""The fast scorer, for corpora and where no language model is installed.

Collocations and the lexicon decide, and the small encoder where its libraries are installed.
"""

from __future__ import annotations

import numpy as np

from despin.document import Document
from despin.propose.slots import Slots
from despin.score import Scores
from despin.score.collocations import Collocations
from despin.score.encoder import Encoder, near_evidence
from despin.score.form_facts import FormCounts
from despin.score.judge import FloatArray, Judge, document_prior, shifted, softmax_by_slot
from despin.score.repaired import judged_again


class FastScorer:
    """Scores with counts of word pairs and triples; reads thousands of words a second."""

    name = "fast"
    model: str | None = None

    def __init__(
        self,
        collocations: Collocations,
        judge: Judge,
        notes: tuple[str, ...] = (),
        encoder: Encoder | None = None,
    ) -> None:
        self.notes = notes
        self._encoder = encoder
        self._collocations = collocations
        self._judge = judge
        self._facts: tuple[object, FormCounts] | None = None

    @property
    def trained(self) -> float:
        """The prior that its judge was trained under."""
        return self._judge.prior

    def score(self, document: Document, slots: Slots, prior: float | None = None) -> Scores:
        """Judge the slots of one document; see `despin.score.Scorer`."""
        return self.again(document, slots, self.once(document, slots, prior))

    def again(self, document: Document, slots: Slots, first: Scores) -> Scores:
        """What `once` said, with the open places judged again among likely repairs."""
        return judged_again(self.once, document, slots, first)

    def once(self, document: Document, slots: Slots, prior: float | None = None) -> Scores:
        """Judge the slots in the text as it is, without repairs."""
        trained = self.trained
        if not len(slots):
            return Scores.empty(trained if prior is None else prior)
        if self._facts is None or self._facts[0] is not slots.forms:
            self._facts = (slots.forms, FormCounts(slots.forms, self._collocations))
        evidence = near_evidence(document, slots, self._collocations, self._facts[1], self._encoder)
        score, other = self._judge.scores(evidence)
        slot = slots.slot_of
        found = softmax_by_slot(score, other, slot, len(slots))
        if prior is None:
            prior = document_prior(found.spun, trained)
        spun = shifted(found.spun, trained, prior)
        moved = spun / np.maximum(found.spun, np.float32(1e-9))
        candidate: FloatArray = (found.candidate * moved[slot]).astype(np.float32)
        share = float(spun[spun > trained].sum()) / max(1, document.word_count)
        return Scores(spun, candidate, score, min(share, 1.0), prior)
