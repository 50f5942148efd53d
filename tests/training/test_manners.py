"""Teaching the calibrator: what one document's swaps have in common is learnt to be worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from despin.score.calibrator import Calibrator
from despin.score.evidence import SOURCE_BITS
from despin.score.judge import Judging
from despin.training.calibrate import AS_WRITTEN, Data
from despin.training.descent import Recipe
from despin.training.examples import Examples, judge_of, pick
from despin.training.held_out import documents, measured, verdicts
from despin.training.manners import calibrator_of

COLUMNS = (
    "weight",
    *(f"source_{bit}" for bit in range(SOURCE_BITS)),
    "frequency_gap",
    "written_frequency",
    "function_word",
    "capitalised",
    "heading",
    "written_words",
    "candidate_words",
    "encoder_gain",
    "both_gain",
)
RECIPE = Recipe(hidden=8, members=2, epochs=40, batch=64, rate=0.01)


def spun(documents: int, seed: int) -> Data:
    """Documents of 30 slots with two candidates each, of two sources.

    A third of the slots is swapped, all of one document with the same source; which one shows
    only in the company: the model's gain tells swaps from words as written, not the sources apart.
    """
    rng = np.random.default_rng(seed)
    slots = documents * 30
    document = np.repeat(np.arange(documents, dtype=np.int32), 30)
    swapped = rng.uniform(size=slots) < 1 / 3
    source = rng.integers(0, 2, documents)[document]
    evidence = np.zeros((slots, 2, len(COLUMNS)), np.float32)
    for number in (0, 1):
        evidence[:, number, COLUMNS.index(f"source_{number}")] = 1
        own = swapped & (source == number)
        gain = rng.normal(0, 1, slots) + 2 * own + 1 * (swapped & ~own)
        evidence[:, number, COLUMNS.index("both_gain")] = gain
    return Data(
        evidence=evidence.reshape(-1, len(COLUMNS)).astype(np.float16),
        first=np.arange(0, 2 * slots + 1, 2, dtype=np.int64),
        label=np.where(swapped, source, AS_WRITTEN).astype(np.int32),
        weight=np.ones(slots, np.float32),
        document=document,
    )


def likelihood(judge: Judging, data: Data) -> float:
    """Mean log of the probability that a judge gives to the truth."""
    found = verdicts(judge, data)
    swapped = data.label != AS_WRITTEN
    rows = data.first[:-1] + np.maximum(data.label, 0)
    return float(np.log(np.where(swapped, found.candidate[rows], 1 - found.spun) + 1e-6).mean())


@pytest.fixture(scope="module")
def examples() -> Examples:
    return Examples(COLUMNS, spun(120, 1), spun(6, 2), prior=1 / 3)


@pytest.fixture(scope="module")
def calibrator(examples: Examples) -> Calibrator:
    return calibrator_of(examples, RECIPE)


def test_the_company_tells_which_source_it_was(examples: Examples, calibrator: Calibrator) -> None:
    unseen = spun(40, 3)
    alone, together = judge_of(examples, RECIPE), calibrator
    assert measured(together, unseen).first > measured(alone, unseen).first + 0.1
    assert likelihood(together, unseen) > likelihood(alone, unseen) + 0.02


def test_the_same_examples_teach_the_same(examples: Examples, calibrator: Calibrator) -> None:
    again = calibrator_of(examples, RECIPE)
    assert np.array_equal(again.second.hidden, calibrator.second.hidden)
    assert np.array_equal(again.usual.rates, calibrator.usual.rates)


def test_documents_are_judged_one_by_one(calibrator: Calibrator) -> None:
    unseen = spun(3, 4)
    together = verdicts(calibrator, unseen).spun
    assert [len(part.label) for part in documents(unseen)] == [30, 30, 30]
    for number, part in enumerate(documents(unseen)):
        assert np.array_equal(verdicts(calibrator, part).spun, together[number * 30 :][:30])


@pytest.mark.parametrize("count", [1, 3])
def test_few_documents_and_no_real_ones_are_enough(count: int) -> None:
    few = Examples(COLUMNS, spun(count, 5), None, prior=1 / 3)
    assert calibrator_of(few, replace(RECIPE, epochs=1)).prior == pytest.approx(1 / 3)


def test_parts_of_examples_keep_what_belongs_together(examples: Examples) -> None:
    assert examples.real is not None
    simulated = examples.simulated.document < 2
    none = np.zeros(len(examples.real.label), np.bool_)
    part = examples.where(simulated, none)
    assert part.real is None
    assert set(part.simulated.document) == {0, 1}
    assert np.array_equal(part.simulated.evidence, pick(examples.simulated, simulated).evidence)
