"""From a first judge to a second: what goes on, and what both together say.

Shared by the scorers that ask a language model about the doubtful slots only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from despin.prior import Prior
from despin.score import Scores
from despin.score.judge import FloatArray, Judging, Verdicts, rank_in_slot
from despin.score.prior import Hold, by_slot, document_prior, share_of_swapped

CAUTION = Hold(expected=0.05, strength=20, ceiling=0.1)
"""How the gate estimates a document's share of spun words. With few swaps to go by it rather looks
twice; where many words are spun, doubtful candidates need no higher share to be looked at."""


@dataclass(frozen=True)
class Gate:
    """What goes on to the second look.

    Attributes:
        least: candidates less probable than this stay behind. The probability is the first judge's,
            at the share of spun words that it finds here: in a clean article little is looked at
            twice, and of a word that is spun for certain, many candidates are.
        beside: so do those less probable than this part of their slot's best.
        share: at most this share of the slots goes on.
        candidates: at most so many candidates of each go on.
        hold: holds the estimate of the share of spun words.
    """

    least: float = 0.004
    beside: float = 0.2
    share: float = 0.6
    candidates: int = 12
    hold: Hold = CAUTION

    def chosen(
        self,
        judged: Verdicts,
        slot: NDArray[np.int32],
        trained: float,
        prior: Prior | None = None,
    ) -> NDArray[np.bool_]:
        """bool[m]: the candidates to look at from both sides.

        Args:
            judged: what the first judge says.
            slot: int32[m], ascending, the slot of each candidate.
            trained: the prior that the first judge was trained under.
            prior: the document's, where it is known and the slots are some of it only, picked
                because they are doubtful; then all may go on.
        """
        n, share = len(judged.spun), self.share
        if prior is None:
            held = share_of_swapped(judged.spun, trained, self.hold)
        else:
            held, share = min(prior.text, self.hold.ceiling), 1.0
        moved = judged.under(held, trained, slot)
        most = max(1, int(share * n))
        bar = 0.0 if n <= most else float(np.sort(moved.spun)[-most])
        top = np.zeros(n, np.float32)
        np.maximum.at(top, slot, judged.candidate)
        likely = moved.candidate >= self.least
        likely &= judged.candidate >= self.beside * top[slot]
        likely &= rank_in_slot(judged.candidate, slot) < self.candidates
        chosen: NDArray[np.bool_] = (moved.spun >= bar)[slot] & likely
        return chosen


@dataclass(frozen=True)
class Looked:
    """What was seen of one document's m candidates.

    Attributes:
        slot: int32[m], the slot of each candidate.
        chosen: bool[m], the candidate was looked at again.
        both: float32[k, columns], all evidence of the k candidates that were, in their order.
        word: int32[n], numbers of the slots' words as written.
        quoted: bool[n], the words are quoted.
        function_word: bool[n], the words are function words.
    """

    slot: NDArray[np.int32]
    chosen: NDArray[np.bool_]
    both: FloatArray
    word: NDArray[np.int32]
    quoted: NDArray[np.bool_]
    function_word: NDArray[np.bool_]

    @cached_property
    def places(self) -> NDArray[np.int32]:
        """The slots that were looked at again, ascending."""
        return np.unique(self.slot[self.chosen])

    @property
    def seen(self) -> tuple[FloatArray, NDArray[np.int32], NDArray[np.int32]]:
        """All that a judge asks for of `places`; see `Judging`."""
        place = np.searchsorted(self.places, self.slot[self.chosen]).astype(np.int32)
        return self.both, place, self.word[self.places]


def settled(
    judge: Judging, first: Verdicts, looked: Looked, words: int, prior: Prior | None
) -> Scores:
    """Probabilities of both judges together, at the document's own prior or the one given.

    Args:
        judge: of the second look.
        first: what the first judge says, under the prior that the second was trained under; it
            stands where nobody looked again.
        looked: what was looked at again.
        words: of the document.
        prior: the document's; estimated where it is ``None``.
    """
    slot, chosen, spun = looked.slot, looked.chosen, first.spun.copy()
    candidate = np.zeros(len(slot), np.float32)
    odds = np.full(len(slot), np.nan, np.float32)
    places = looked.places
    if len(places):
        second, odds[chosen] = judge.judged(*looked.seen)
        spun[places], candidate[chosen] = second.spun, second.candidate
        _left_behind(first, spun, looked, candidate, odds)
    if prior is None:
        prior = document_prior(spun, judge.prior, judge.even, looked.word, looked.quoted)
    own = by_slot(prior, judge.prior, looked.quoted, looked.function_word)
    moved = Verdicts(spun, candidate).under(own, judge.prior, slot)
    share = float(moved.spun[places].sum()) / max(1, words)
    return Scores(moved.spun, moved.candidate, odds, min(share, 1.0), prior)


def _left_behind(
    first: Verdicts, spun: FloatArray, looked: Looked, candidate: FloatArray, odds: FloatArray
) -> None:
    """Fill in the candidates that stayed behind where others of their slot went on.

    "Something else stood there", says the second judge, and knows of them no more than that: so
    they divide that probability as the first judge divides it among them and all that is unknown.
    """
    slot, chosen = looked.slot, looked.chosen
    went = slot[chosen]

    def something_else(spun: FloatArray, candidate: FloatArray) -> NDArray[np.float64]:
        known = np.bincount(went, candidate[chosen], minlength=len(spun))
        rest: NDArray[np.float64] = np.maximum(spun - known, 0.0)
        return rest

    before = np.maximum(something_else(first.spun, first.candidate), 1e-9)
    factor = something_else(spun, candidate) / before
    rows = np.flatnonzero(np.isin(slot, went) & ~chosen)
    own = slot[rows]
    candidate[rows] = first.candidate[rows] * factor[own]
    as_written = np.maximum(1.0 - spun[own], 1e-6)
    odds[rows] = np.log(np.maximum(candidate[rows], 1e-9) / as_written)
