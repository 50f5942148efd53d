"""What counts alone say of a word in its place: stupid back-off over pairs and triples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from despin.score.collocations import BORDER, Collocations

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]

BACK_OFF = 0.4
"""Factor for each word of context given up; Brants et al. 2007, Large Language Models in Machine
Translation, section 4 (stupid back-off)."""

TINY = 1e-6
"""Added to counts that something is divided by."""


def neighbours(ids: Ids) -> Ids:
    """The context of every token, as `Collocations.fit` wants it.

    Args:
        ids: int32[n]; a whole text, with a `BORDER` between paragraphs.

    Returns:
        int32[n, 4]; two to the left and two to the right. Nothing is seen across a border: what
        lies beyond it is `BORDER` too.
    """
    padded = np.pad(ids, 2, constant_values=BORDER)
    l2, l1, r1, r2 = (padded[at : at + len(ids)] for at in (0, 1, 3, 4))
    l2 = np.where(l1 == BORDER, l1, l2)
    r2 = np.where(r1 == BORDER, r1, r2)
    return np.stack([l2, l1, r1, r2], axis=-1)


def log_odds(table: Collocations, context: Ids, written: Ids, candidates: Ids) -> Scores:
    """Natural log-odds of each candidate against the word as written, from counts alone.

    The two readings are compared over the five words ``l2 l1 c r1 r2``.

    Args:
        table: the counts.
        context: int32[P, 4], as for `Collocations.fit`.
        written: int32[P].
        candidates: int32[P, K].

    Returns:
        float32[P, K]; above 0 where the candidate reads better.
    """
    both = np.concatenate([written[:, None], candidates], axis=1)
    l2, l1, r1, r2 = (context[:, [i]] for i in range(4))
    pair, triple = table.bigram, table.trigram
    before, after = pair(l1, both), pair(both, r1)
    reading = (
        _conditional(table, triple(l2, l1, both), pair(l2, l1), before, l1, both)
        + _conditional(table, triple(l1, both, r1), before, after, both, r1)
        + _conditional(table, triple(both, r1, r2), after, pair(r1, r2), r1, r2)
    )
    return np.asarray(reading[:, 1:] - reading[:, :1])


def _conditional(  # noqa: PLR0913, PLR0917 - three counts and the words they are of
    table: Collocations, abc: Scores, ab: Scores, bc: Scores, b: Ids, c: Ids
) -> Scores:
    """Log of the stupid back-off score of word ``c`` after ``a b``, from ``log1p`` counts."""
    three, two, first_two = np.expm1(abc), np.expm1(bc), np.expm1(ab)
    with np.errstate(divide="ignore"):
        long = np.log(three / np.maximum(first_two, three + TINY))
        short = np.log(BACK_OFF * two / np.maximum(table.counts[b], two + TINY))
    least = 2 * np.log(BACK_OFF) + table.log_frequency(c)
    backed = np.where(two > 0, short, least)
    return np.asarray(np.where(three > 0, long, backed), dtype=np.float32)
