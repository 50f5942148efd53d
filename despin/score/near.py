"""Evidence that needs no language model: counts, lexicon, the article's own words, the encoder.

The fast scorer judges by it alone; for the language model's judges it is the first part.
"""

from __future__ import annotations

import numpy as np

from despin.document import Document
from despin.propose.slots import Slots
from despin.score.collocations import Collocations
from despin.score.encoder import ENCODER_COLUMNS, Encoder
from despin.score.evidence import CONTEXT_COLUMNS, context_evidence, contexts
from despin.score.form_facts import FormCounts
from despin.score.judge import FloatArray
from despin.score.memory import MEMORY_COLUMNS, Memory

NEAR_COLUMNS = (*CONTEXT_COLUMNS, *ENCODER_COLUMNS, *MEMORY_COLUMNS)
"""Evidence that needs no language model."""

_GAIN, _SPUN = NEAR_COLUMNS.index("encoder_gain"), NEAR_COLUMNS.index("encoder_spun")


class NearReader:
    """Gathers the evidence around each slot; keeps what it learns of the lexicon's forms."""

    def __init__(self, collocations: Collocations, encoder: Encoder | None = None) -> None:
        self.collocations, self._encoder = collocations, encoder
        self._counts: tuple[object, FormCounts] | None = None

    def evidence(
        self, document: Document, slots: Slots, memory: Memory | None = None
    ) -> FloatArray:
        """float32[m, columns]: `NEAR_COLUMNS`; without an encoder `CONTEXT_COLUMNS` alone.

        Args:
            document: the text.
            slots: all its slots, or some of them.
            memory: of all its slots, where these are some.
        """
        if self._counts is None or self._counts[0] is not slots.forms:
            self._counts = (slots.forms, FormCounts(slots.forms, self.collocations))
        around = contexts(document, slots, self.collocations)
        context = context_evidence(slots, around, self.collocations, self._counts[1])
        if self._encoder is None:
            return context
        return np.concatenate([context, read_by(self._encoder, document, slots, memory)], axis=1)


def read_by(
    encoder: Encoder, document: Document, slots: Slots, memory: Memory | None = None
) -> FloatArray:
    """float32[m, columns]: `ENCODER_COLUMNS` and `MEMORY_COLUMNS`, as one encoder sees them.

    Args:
        encoder: the one asked.
        document: the text.
        slots: all its slots, or some of them.
        memory: of all its slots, where these are some.
    """
    encoded = encoder.evidence(document.text, slots)
    gain, spun = encoded[:, 0], encoded[:, 1]
    if memory is None:
        memory = Memory.of(slots, gain, spun)
    return np.concatenate([encoded, memory.evidence(slots, gain, spun)], axis=1)


def remembered(slots: Slots, near: FloatArray) -> Memory | None:
    """The memory of a document of which ``near`` is all evidence; none without an encoder."""
    if near.shape[1] < len(NEAR_COLUMNS):
        return None
    return Memory.of(slots, near[:, _GAIN], near[:, _SPUN])
