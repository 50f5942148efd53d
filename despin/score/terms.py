"""A term of the article's own: one word that looks swapped all through, and hardly another does.

The places of one word are no independent witnesses. What makes the judges take "community college"
for a spinner's "college" once makes them do so nineteen times; a spinner swaps other words as well.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots
from despin.score import Scores
from despin.score.prior import REPEATED
from despin.score.repaired import OPEN


def doubted(scores: Scores, slots: Slots, words: int) -> Scores:
    """The scores, lower where one word is likelier swapped more often than all others together.

    By the log of how many times as often, in log-odds; the others count for `REPEATED` each at
    most, and their sum for one at least. A word and its plural are one.

    Args:
        scores: of the slots.
        slots: all of a document.
        words: of the document.
    """
    likely = np.flatnonzero(scores.spun >= OPEN)
    if len(likely) <= REPEATED:  # as in most documents
        return scores
    likely = likely[~_known_to_user(slots)[likely]]
    before = scores.spun[likely].astype(np.float64)
    word = _words(slots, likely)
    swaps = np.bincount(word, before)
    capped = np.minimum(swaps, REPEATED)
    others = np.maximum(1.0, capped.sum() - capped)
    factor = np.where(swaps > np.maximum(others, REPEATED), others / swaps, 1.0)
    if (factor == 1.0).all():
        return scores
    odds = before / np.maximum(1.0 - before, 1e-6) * factor[word]
    spun, part = scores.spun.copy(), np.ones(len(scores.spun), np.float32)
    spun[likely] = odds / (1.0 + odds)
    part[likely] = spun[likely] / before
    candidate = (scores.candidate * part[slots.slot_of]).astype(np.float32)
    share = scores.share - float((scores.spun - spun).sum()) / max(1, words)
    return replace(scores, spun=spun, candidate=candidate, share=max(share, 0.0))


def _known_to_user(slots: Slots) -> NDArray[np.bool_]:
    """bool[n]: a lexicon of the user's has the words; who named them meant them."""
    known = np.zeros(len(slots), np.bool_)
    known[slots.slot_of[slots.user]] = True
    return known


def _words(slots: Slots, some: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64[n]: numbers of some slots' words, the same for a word and its plural."""
    forms = [slots.forms[number].removesuffix("s") for number in slots.written[some].tolist()]
    return np.unique(forms, return_inverse=True)[1]
