"""The prior of a document: its share of substituted words, and what that does to probabilities."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from despin.prior import Prior

FloatArray = NDArray[np.float32]

LOWEST = 0.002
"""Share below which no document is held."""

REPEATED = 2.0
"""So many swaps a word counts for at most, however often a document has it. A term that looks odd
to the judges looks so all through an article: one of them, found 22 times, made a clean text of
1,500 words look spun, and so itself the more."""


@dataclass(frozen=True)
class Hold:
    """What holds the estimate of a document's share of substituted slots.

    Attributes:
        expected: the share before anything is read.
        strength: pseudo-slots at that share, which decide where a text is too short to.
        ceiling: no document is held for more.
    """

    expected: float
    strength: float
    ceiling: float


HOLD = Hold(expected=0.06, strength=5.0, ceiling=0.3)
"""People ask about texts that they suspect, so a short one is held for moderately spun. Beyond the
ceiling, what is gained is mostly false."""

QUOTED = 10.0
"""Pseudo-slots that hold the share of what a document quotes to the share of all of it."""
APART = 2.5
"""By so many times the log-odds between the two a quotation's words are moved. The judges see the
swaps around a quotation and take it for spun as well, so the estimate says too little of how far it
was spared."""


FOLLOWED = 0.5
"""How far function words follow a document whose share is higher than what judges learnt under.
Who swaps every third noun leaves most prepositions: followed all the way, they were given ten
to twenty points more than came true wherever much was spun (on texts that the judges asked had
not learnt from, five parts in turn)."""


def by_slot(
    prior: Prior, trained: float, quoted: NDArray[np.bool_], function_word: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """float64[n]: the prior of each slot.

    Args:
        prior: the document's.
        trained: the prior that the judge learnt under.
        quoted: bool[n], slots in quotation marks.
        function_word: bool[n], slots of function words alone.
    """
    held = Prior(*(_half_way(share, trained) for share in prior))
    whole, half = (np.where(quoted, each.quoted, each.text) for each in (prior, held))
    return np.asarray(np.where(function_word, half, whole))


def _half_way(share: float, trained: float) -> float:
    """A share that is higher than the one learnt under, as function words follow it."""
    if share <= trained:
        return share
    usual = _log_odds(trained)
    return _share(usual + FOLLOWED * (_log_odds(share) - usual))


def shifted(
    spun: FloatArray, trained: float | NDArray[np.float64], prior: float | NDArray[np.float64]
) -> FloatArray:
    """P(spun) moved from the prior it was learnt under to another one (Bayes' rule)."""
    p = np.clip(spun.astype(np.float64), 1e-7, 1 - 1e-7)
    odds = p / (1 - p) * (prior / (1 - prior)) / (trained / (1 - trained))
    return (odds / (1 + odds)).astype(np.float32)


def share_of_swapped(
    spun: FloatArray,
    trained: float,
    hold: Hold,
    word: NDArray[np.int32] | None = None,
    rounds: int = 50,
) -> float:
    """The share of a document's slots that are substituted, as a judge's probabilities have it.

    Expectation maximisation after Saerens, Latinne and Decaestecker (2002), Adjusting the outputs
    of a classifier to new a priori probabilities, Neural Computation 14(1), equation 2.9: the share
    is re-estimated as the mean posterior under itself. A word counts for `REPEATED` swaps at most.

    Args:
        spun: float32[n], P(spun) of every slot.
        trained: the prior they were learnt under.
        hold: what holds the estimate.
        word: int32[n], numbers of the slots' words; without them each is a word of its own.
        rounds: at most so many steps.
    """
    share = trained
    own = np.arange(len(spun)) if word is None else np.unique(word, return_inverse=True)[1]
    for _ in range(rounds):
        swaps = np.bincount(own, shifted(spun, trained, share))
        total = float(np.minimum(swaps, REPEATED).sum())
        new = (total + hold.strength * hold.expected) / (len(spun) + hold.strength)
        new = min(max(new, LOWEST), hold.ceiling)
        if abs(new - share) < 1e-5:
            return new
        share = new
    return share


def document_prior(
    spun: FloatArray,
    trained: float,
    even: float,
    word: NDArray[np.int32] | None = None,
    quoted: NDArray[np.bool_] | None = None,
) -> Prior:
    """The prior under which a document's slots are judged, from `share_of_swapped`.

    Not quite that share itself, which is too high for lightly spun text: a document's many unlikely
    swaps add up. So the judges are taken at their word where a share ``even`` is swapped, a little
    more than they were trained under. It was chosen where confidences came nearest to the truth, on
    articles spun by hand that no judge has learnt from and on clean text the benchmark does not
    read.

    Many spinners leave quotations alone: where fewer of their slots look swapped than of all, these
    have a lower prior of their own.

    Args:
        spun: float32[n], P(spun) of every slot.
        trained: the prior they were learnt under.
        even: the share at which the judge is taken at its word.
        word: int32[n], numbers of the slots' words.
        quoted: bool[n], slots in quotation marks; none unless given.
    """
    share = share_of_swapped(spun, trained, HOLD, word)
    text = _log_odds(trained) + _log_odds(share) - _log_odds(even)
    if quoted is None or not quoted.any():
        return Prior.same(_share(text))
    hold = replace(HOLD, expected=share, strength=QUOTED)
    own = share_of_swapped(spun[quoted], trained, hold, None if word is None else word[quoted])
    spared = max(0.0, _log_odds(share) - _log_odds(own))
    return Prior(_share(text), _share(text - APART * spared))


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _log_odds(p: float) -> float:
    return math.log(p / (1 - p))
