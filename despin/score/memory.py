"""What the rest of an article says of a swap: evidence of all places of one word together.

Spinners often swap a word the same way all through an article, and a word of the article's own
looks odd in one place and right in the others. So what the encoder says of one place is set beside
what it says of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots

FloatArray = NDArray[np.float32]

MEMORY_COLUMNS = ("written_times", "spun_elsewhere", "gain_elsewhere")
"""How often the words stand in the article's slots, log; how much surer the encoder is of all these
places together that they were swapped than of this one; and how much better it finds the candidate
there. The last two are 0 for words that stand there once."""


@dataclass(frozen=True)
class Memory:
    """Words that stand in several slots of a document, and their swaps.

    Attributes:
        written: int32[k], their forms, ascending.
        times: float32[k], how often each stands there.
        spun: float32[k], mean log-odds that each was swapped.
        pairs: int64[p], written and candidate form in one number, ascending.
        gain: float32[p], mean gain of each such swap.
    """

    written: NDArray[np.int32]
    times: FloatArray
    spun: FloatArray
    pairs: NDArray[np.int64]
    gain: FloatArray

    @staticmethod
    def of(slots: Slots, gain: FloatArray, spun: FloatArray) -> Memory:
        """From the encoder's evidence of a whole document.

        Args:
            slots: all its n slots.
            gain: float32[m], of each candidate.
            spun: float32[m], of its slot.
        """
        written, count = np.unique(slots.written, return_counts=True)
        often = count > 1
        written, count = written[often], count[often]
        rows = np.flatnonzero(np.isin(slots.written, written)[slots.slot_of])
        pairs, which, places = np.unique(
            _pairs(slots, rows), return_inverse=True, return_counts=True
        )
        heads = rows[np.unique(slots.slot_of[rows], return_index=True)[1]]
        owner = np.searchsorted(written, slots.written[slots.slot_of[heads]])
        odds = np.bincount(owner, spun[heads], minlength=len(written)) / count
        return Memory(
            written,
            count.astype(np.float32),
            odds.astype(np.float32),
            pairs,
            (np.bincount(which, gain[rows], minlength=len(pairs)) / places).astype(np.float32),
        )

    def evidence(self, slots: Slots, gain: FloatArray, spun: FloatArray) -> FloatArray:
        """float32[m, len(MEMORY_COLUMNS)]: one row for each candidate.

        Args:
            slots: those of the document, or some of them.
            gain: float32[m], of each candidate.
            spun: float32[m], of its slot.
        """
        found = np.zeros((len(gain), len(MEMORY_COLUMNS)), np.float32)
        rows = np.flatnonzero(np.isin(slots.written, self.written)[slots.slot_of])
        if not len(rows):
            return found
        owner = np.searchsorted(self.written, slots.written[slots.slot_of[rows]])
        found[rows, 0] = np.log(self.times[owner])
        found[rows, 1] = self.spun[owner] - spun[rows]
        pairs = _pairs(slots, rows)
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        known = self.pairs[at] == pairs
        found[rows[known], 2] = self.gain[at[known]] - gain[rows[known]]
        return found


def _pairs(slots: Slots, rows: NDArray[np.int_]) -> NDArray[np.int64]:
    """int64[rows]: written and candidate form of each row in one number."""
    written = slots.written[slots.slot_of[rows]].astype(np.int64)
    return (written << 32) | slots.form[rows]
