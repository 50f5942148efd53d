"""Evidence that is gathered beside the language model: the fast scorer's, and a large encoder's.

The large one knows more than the small, and takes four times as long: no scorer for corpora can
wait for it. Its judges see what both say.
"""

from __future__ import annotations

import numpy as np

from despin.document import Document
from despin.propose.slots import Slots
from despin.score.encoder import ENCODER_COLUMNS, Encoder
from despin.score.judge import FloatArray
from despin.score.memory import MEMORY_COLUMNS, Memory
from despin.score.near import NEAR_COLUMNS, NearReader, read_by, remembered

LARGE_ENCODER_COLUMNS = ("large_gain", "large_spun", "large_best", "large_behind")
"""`despin.score.encoder.ENCODER_COLUMNS` of the large one."""
LARGE_ELSEWHERE = ("large_spun_elsewhere", "large_gain_elsewhere")
"""The last of `despin.score.memory.MEMORY_COLUMNS`."""
LARGE_COLUMNS = (*LARGE_ENCODER_COLUMNS, *LARGE_ELSEWHERE)
"""What it adds to the evidence."""
BESIDE_COLUMNS = (*NEAR_COLUMNS, *LARGE_COLUMNS)
"""Evidence that needs no language model, where there is one."""

_TAKEN = [
    index
    for index, column in enumerate((*ENCODER_COLUMNS, *MEMORY_COLUMNS))
    if column != "written_times"
]
"""Of what `read_by` gives; how often the words stand there both encoders would say alike."""
_GAIN, _SPUN = BESIDE_COLUMNS.index("large_gain"), BESIDE_COLUMNS.index("large_spun")


class BesideReader:
    """Gathers it."""

    def __init__(self, near: NearReader, large: Encoder) -> None:
        self._near, self._large = near, large

    def evidence(
        self, document: Document, slots: Slots, near: FloatArray | None = None
    ) -> FloatArray:
        """float32[m, BESIDE_COLUMNS] of all slots of a document.

        Args:
            document: the text.
            slots: all its slots.
            near: what a `NearReader` found there, if it was asked before.
        """
        if near is None:
            near = self._near.evidence(document, slots)
        return self._joined(near, document, slots, None)

    def again(
        self, repaired: Document, places: Slots, slots: Slots, seen: FloatArray
    ) -> FloatArray:
        """The same of some of the slots, with repairs made around them.

        Args:
            repaired: the document with the repairs.
            places: the slots there.
            slots: all slots of the document as it was.
            seen: float32[m, BESIDE_COLUMNS or more], the evidence of these.
        """
        near = remembered(slots, seen[:, : len(NEAR_COLUMNS)])
        large = Memory.of(slots, seen[:, _GAIN], seen[:, _SPUN])
        return self._joined(self._near.evidence(repaired, places, near), repaired, places, large)

    def _joined(
        self, near: FloatArray, document: Document, slots: Slots, memory: Memory | None
    ) -> FloatArray:
        large = read_by(self._large, document, slots, memory)
        return np.concatenate([near, large[:, _TAKEN]], axis=1)
