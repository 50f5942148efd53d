"""How plausible a synonym is in its place, for the simulator: by counts, and by the model too.

The model's one pass knows only what stands before. Counts of pairs and triples see the other side,
so that a simulated swap is about as absurd as a real spinner's and not more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.evidence import contexts
from despin.score.form_facts import FormCounts
from despin.training.spinner import Plausible

FloatArray = NDArray[np.float32]

EITHER_SIDE = np.array([0.6, 0.6, 0.4, 0.4, 0.4], np.float32)
"""Weights of the log counts of `Collocations.fit`, where counts alone decide."""
RIGHT_SIDE = np.array([0.0, 0.5, 0.0, 0.4, 0.4], np.float32)
"""Where they stand beside a model that has read the left side."""
FREQUENCY = 0.3

Left = Callable[[Document, Slots], FloatArray]
"""For each candidate (float32[m]) its log-probability given what stands before."""
FUNCTION_WORDS = 1.6
"""Spinners swap function words by fixed rules that mostly read well; the exponent for them."""


class CountPlausibility:
    """By counts alone: for the encoder's documents, which are too many for the model."""

    def __init__(self, forward: Substitutions, collocations: Collocations) -> None:
        self._facts = _Facts(collocations, FormCounts(forward.forms, collocations), EITHER_SIDE)
        self._frequency = form_frequency(forward, collocations)

    def __call__(self, document: Document, slots: Slots) -> Plausible:
        """Look at one document."""
        around = contexts(document, slots, self._facts.collocations).around
        return _Rows(self._facts, slots, around, FREQUENCY * self._frequency[slots.form])


class TwoSidedPlausibility:
    """By the model's probability given what stands before, and by counts on the other side."""

    def __init__(self, left: Left, forward: Substitutions, collocations: Collocations) -> None:
        self._left = left
        self._facts = _Facts(collocations, FormCounts(forward.forms, collocations), RIGHT_SIDE)

    def __call__(self, document: Document, slots: Slots) -> Plausible:
        """Look at one document."""
        around = contexts(document, slots, self._facts.collocations).around
        return _Rows(self._facts, slots, around, self._left(document, slots))


@dataclass(frozen=True)
class _Facts:
    collocations: Collocations
    counts: FormCounts
    weights: FloatArray


@dataclass(frozen=True)
class _Rows:
    """Worked out for the candidates that are asked for and no other.

    Attributes:
        facts: counts and their weights.
        slots: the document's slots.
        around: int32[n, 4], as `despin.score.evidence.Contexts`.
        known: float32[m], added to what the counts say.
    """

    facts: _Facts
    slots: Slots
    around: NDArray[np.int32]
    known: FloatArray

    def __getitem__(self, rows: NDArray[np.int_]) -> FloatArray:
        """float32[len(rows)]; the rows are of one slot."""
        counts, forms = self.facts.counts, self.slots.form[rows]
        counts.learn(forms)
        slot = int(np.searchsorted(self.slots.first, rows[0], side="right")) - 1
        first, last = counts.first[forms][None], counts.last[forms][None]
        fit = self.facts.collocations.fit(self.around[slot : slot + 1], first, last)[0]
        gain = np.einsum("rk,k->r", fit, self.facts.weights)  # BLAS warns of what is not there
        found = np.asarray(self.known[rows] + gain, np.float32)
        return found * np.float32(FUNCTION_WORDS) if self.slots.function_word[slot] else found


def form_frequency(table: Substitutions, collocations: Collocations) -> NDArray[np.float32]:
    """Natural log of the relative frequency of each form; two nats off for each further word."""
    counts = FormCounts(table.forms, collocations)
    counts.learn(np.arange(len(table.forms), dtype=np.int32))
    ends = collocations.log_frequency(counts.first), collocations.log_frequency(counts.last)
    frequency: NDArray[np.float32] = np.minimum(*ends) - 2.0 * (counts.words - 1)
    return frequency.astype(np.float32)
