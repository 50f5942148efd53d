"""A spinner for tens of thousands of documents: no language model says what is plausible.

Counts of word pairs and triples stand in for it.
"""

from __future__ import annotations

import random
from dataclasses import replace

from despin.document import Document
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.training.plausibility import CountPlausibility, form_frequency
from despin.training.spinner import Spinner, Spun
from despin.training.style import drawn

_RATES = (0.0, 0.03, 0.06, 0.1, 0.15, 0.22, 0.35, 0.5)
_CHANCES = (0.12, 0.18, 0.18, 0.16, 0.14, 0.10, 0.08, 0.04)
"""More spun documents than `despin.training.style` draws: the calibrator knows how many there are,
what gives it evidence needs to see swaps."""


class QuickSpinner:
    """Spins clean texts, each in a style drawn for it."""

    def __init__(self, table: Substitutions, collocations: Collocations) -> None:
        forward = table.transposed()
        self._spinner = Spinner(
            forward,
            form_frequency(forward, collocations),
            CountPlausibility(forward, collocations),
        )

    def spin(self, text: str, rng: random.Random) -> Spun:
        """The text as it is spun."""
        style = replace(drawn(rng), rate=rng.choices(_RATES, _CHANCES)[0])
        return self._spinner.spin(Document("simulated", text), style, rng)
