"""Simulated swaps are as plausible as real spinners', by the language model's own measure."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from despin.document import Document
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.form_facts import FormPieces
from despin.training.plausibility import TwoSidedPlausibility, form_frequency
from despin.training.simulate import ModelPlausibility
from despin.training.spinner import Plausibility, Spinner
from despin.training.style import drawn

EXAMPLES = Path(__file__).parents[2] / "examples"
STYLES, SWAPS = 8, 20
REAL = (2.9, 3.7)
"""Median preference for the original in real spinners' text, nats; it differs by spinner."""


@pytest.mark.model
def test_the_original_reads_better_by_as_much_as_in_real_spun_text(table: Substitutions) -> None:
    from despin.score.loading import engine
    from despin.score.reading import compare

    model, collocations = engine(), Collocations.load()
    forward = table.transposed()
    frequency = form_frequency(forward, collocations)

    def careless(_: Document, places: Slots) -> np.ndarray:
        return np.zeros(len(places.form), np.float32)

    def median(plausible: Plausibility) -> float:
        spinner, found = Spinner(forward, frequency, plausible), []
        for number, path in enumerate(sorted(EXAMPLES.glob("*.original.txt")) * STYLES):
            rng = random.Random(number)
            document = Document("-", path.read_text("utf-8")[:1200])
            spun = spinner.spin(document, drawn(rng, 0.15), rng)
            for swap in rng.sample(spun.swaps, min(len(spun.swaps), SWAPS)):
                found += compare(model, spun.text, swap.span, [swap.original]).tolist()
        assert len(found) > 2 * STYLES * SWAPS
        return float(np.median(found))

    left = ModelPlausibility(model, FormPieces(forward.forms, model.pieces))
    as_spinners_do = median(TwoSidedPlausibility(left, forward, collocations))
    assert REAL[0] - 1.5 < as_spinners_do < REAL[1] + 1.5
    assert median(careless) > as_spinners_do + 1
