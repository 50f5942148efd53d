"""The fast scorer, for corpora and where no language model is installed.

Collocations and the lexicon decide, and the small encoder where its libraries are installed.
"""

from __future__ import annotations

from despin.document import Document
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.score import Scores
from despin.score.judge import FloatArray, Judge, softmax_by_slot
from despin.score.near import NearReader, remembered
from despin.score.prior import by_slot, document_prior
from despin.score.repaired import judged_again


class FastScorer:
    """Scores with counts of word pairs and triples; reads thousands of words a second."""

    name = "fast"
    model: str | None = None

    def __init__(self, near: NearReader, judge: Judge, notes: tuple[str, ...] = ()) -> None:
        self.notes, self.near = notes, near
        self._judge = judge

    @property
    def trained(self) -> float:
        """The prior that its judge was trained under."""
        return self._judge.prior

    def score(
        self,
        document: Document,
        slots: Slots,
        prior: Prior | None = None,
        near: FloatArray | None = None,
    ) -> Scores:
        """Judge the slots of one document; see `despin.score.NearScorer`."""
        if near is None:
            near = self.near.evidence(document, slots)
        return self.again(document, slots, self.once(document, slots, prior, near), near)

    def again(self, document: Document, slots: Slots, first: Scores, near: FloatArray) -> Scores:
        """What `once` said, with the open places judged again among likely repairs."""

        def score(repaired: Document, places: Slots, prior: Prior) -> Scores:
            found = self.near.evidence(repaired, places, remembered(slots, near))
            return self.once(repaired, places, prior, found)

        return judged_again(score, document, slots, first)

    def once(
        self,
        document: Document,
        slots: Slots,
        prior: Prior | None,
        near: FloatArray | None = None,
    ) -> Scores:
        """Judge the slots in the text as it is, without repairs."""
        trained = self.trained
        if not len(slots):
            return Scores.empty(prior or Prior.same(trained))
        if near is None:
            near = self.near.evidence(document, slots)
        score, other = self._judge.scores(near)
        slot = slots.slot_of
        found = softmax_by_slot(score, other, slot, len(slots))
        if prior is None:
            prior = document_prior(
                found.spun, trained, self._judge.even, slots.written, slots.quoted
            )
        own = by_slot(prior, trained, slots.quoted, slots.function_word)
        moved = found.under(own, trained, slot)
        share = float(moved.spun[moved.spun > trained].sum()) / max(1, document.word_count)
        return Scores(moved.spun, moved.candidate, score, min(share, 1.0), prior)
