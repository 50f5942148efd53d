"""From a first judge to a second: what goes on, and what both together say.

Shared by the scorers that ask a language model about the doubtful slots only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from despin.score import Scores
from despin.score.judge import (
    FloatArray,
    Hold,
    Judge,
    Verdicts,
    document_prior,
    rank_in_slot,
    share_of_swapped,
    shifted,
    softmax_by_slot,
)


@dataclass(frozen=True)
class Gate:
    """What goes on to the second look.

    Attributes:
        least: candidates less probable than this stay behind. The probability is the first judge's,
            at the share of spun words that it finds here: in a clean article little is looked at
            twice, and of a word that is spun for certain, many candidates are.
        share: at most this share of the slots goes on.
        candidates: at most so many candidates of each go on.
        hold: holds the estimate of that share; one above its ceiling lets no more through.
    """

    least: float = 0.007
    share: float = 0.4
    candidates: int = 8
    hold: Hold = field(default_factory=lambda: Hold(expected=0.02, strength=40.0, ceiling=0.08))

    def chosen(
        self,
        judged: Verdicts,
        slot: NDArray[np.int32],
        trained: float,
        prior: float | None = None,
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
            prior = share_of_swapped(judged.spun, trained, self.hold)
        else:
            prior, share = min(prior, self.hold.ceiling), 1.0
        spun = shifted(judged.spun, trained, prior)
        most = max(1, int(share * n))
        bar = 0.0 if n <= most else float(np.sort(spun)[-most])
        moved = spun / np.maximum(judged.spun, np.float32(1e-9))
        likely = judged.candidate * moved[slot] >= self.least
        best = rank_in_slot(judged.candidate, slot) < self.candidates
        chosen: NDArray[np.bool_] = (spun >= bar)[slot] & best & likely
        return chosen


@dataclass(frozen=True)
class Looked:
    """What was seen of one document's m candidates.

    Attributes:
        slot: int32[m], the slot of each candidate.
        chosen: bool[m], the candidate was looked at again.
        both: float32[m, columns], all evidence, valid where ``chosen``.
    """

    slot: NDArray[np.int32]
    chosen: NDArray[np.bool_]
    both: FloatArray


def settled(
    judge: Judge, first: FloatArray, looked: Looked, words: int, prior: float | None
) -> Scores:
    """Probabilities of both judges together, at the document's own prior or the one given.

    Args:
        judge: of the second look; the first was trained under the same prior.
        first: float32[n], the first judge's P(spun), which stands where nobody looked again.
        looked: what was looked at again.
        words: of the document.
        prior: the document's; estimated where it is ``None``.
    """
    slot, chosen, spun = looked.slot, looked.chosen, first.copy()
    candidate = np.zeros(len(slot), np.float32)
    odds = np.full(len(slot), np.nan, np.float32)
    places = np.unique(slot[chosen])
    if len(places):
        score, other = judge.scores(looked.both[chosen])
        place = np.searchsorted(places, slot[chosen]).astype(np.int32)
        second = softmax_by_slot(score, other, place, len(places))
        spun[places], candidate[chosen], odds[chosen] = second.spun, second.candidate, score
    if prior is None:
        prior = document_prior(spun, judge.prior)
    moved = shifted(spun, judge.prior, prior)
    candidate *= (moved / np.maximum(spun, np.float32(1e-9)))[slot]
    share = float(moved[places].sum()) / max(1, words)
    return Scores(moved, candidate, odds, min(share, 1.0), prior)
