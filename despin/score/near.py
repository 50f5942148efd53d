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

NEAR_COLUMNS = (*CONTEXT_COLUMNS, *ENCODER_COLUMNS)
"""Evidence that needs no language model."""


class NearReader:
    """Gathers the evidence around each slot; keeps what it learns of the lexicon's forms."""

    def __init__(self, collocations: Collocations, encoder: Encoder | None = None) -> None:
        self.collocations, self._encoder = collocations, encoder
        self._counts: tuple[object, FormCounts] | None = None

    def evidence(self, document: Document, slots: Slots) -> FloatArray:
        """float32[m, columns]: `NEAR_COLUMNS`; without an encoder `CONTEXT_COLUMNS` alone."""
        if self._counts is None or self._counts[0] is not slots.forms:
            self._counts = (slots.forms, FormCounts(slots.forms, self.collocations))
        around = contexts(document, slots, self.collocations)
        context = context_evidence(slots, around, self.collocations, self._counts[1])
        if self._encoder is None:
            return context
        return np.concatenate([context, self._encoder.evidence(document.text, slots)], axis=1)
