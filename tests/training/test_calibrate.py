"""Fitting judges: the gradient is right, and what can be learnt is learnt."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from despin.score.judge import softmax_by_slot
from despin.training import calibrate
from despin.training.calibrate import Data, fit
from despin.training.descent import Recipe

COLUMNS = ("left_gain", "left_written", "weight")


def drawn(slots: int, seed: int = 0) -> Data:
    """Slots whose truth is drawn from a known softmax: 2 x0 - x2 - 2 against 0."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 6, slots)
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rows = rng.normal(size=(first[-1], 3)).astype(np.float32)
    scores = 2 * rows[:, 0] - rows[:, 2] - 2
    labels = []
    for start, end in pairwise(first):
        odds = np.exp(np.concatenate([[0.0], scores[start:end]]))
        labels.append(rng.choice(len(odds), p=odds / odds.sum()) - 1)
    return Data(
        rows.astype(np.float16),
        first,
        np.array(labels, np.int32),
        np.ones(slots, np.float32),
        rng.integers(0, 50, slots).astype(np.int32),
    )


def test_a_judge_learns_the_probabilities_it_was_shown() -> None:
    data = drawn(6000)
    judge = fit(data, COLUMNS, 0.3, Recipe(hidden=8, members=1, epochs=12, batch=128))
    test = drawn(2000, seed=9)
    slot = np.repeat(np.arange(2000), np.diff(test.first)).astype(np.int32)
    found = softmax_by_slot(*judge.scores(test.evidence.astype(np.float32)), slot, 2000)
    spun = test.label >= 0
    assert found.spun[spun].mean() - found.spun[~spun].mean() > 0.25
    for low, high in ((0.0, 0.3), (0.3, 0.6), (0.6, 1.0)):
        inside = (found.spun >= low) & (found.spun < high)
        assert abs(found.spun[inside].mean() - spun[inside].mean()) < 0.06


def test_training_is_seeded() -> None:
    data, recipe = drawn(300), Recipe(hidden=4, members=2, epochs=1, batch=64)
    one, two = (fit(data, COLUMNS, 0.3, recipe) for _ in range(2))
    assert np.array_equal(one.hidden, two.hidden)
    assert np.array_equal(one.other, two.other)


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    rng = np.random.default_rng(4)
    data = drawn(40)
    data.label[:8] = calibrate.SOMETHING_ELSE
    zeros, ones = np.zeros(3, np.float32), np.ones(3, np.float32)
    batch = calibrate._Task(data, COLUMNS, zeros, ones).batch(np.arange(40))
    parameters = calibrate._initial(rng, 3, 5)
    seen = np.array([0, 1, 0], np.float32)
    wide = {name: value.astype(np.float64) for name, value in parameters.items()}
    loss, gradient = calibrate._gradient(wide, batch, seen)
    for name, value in wide.items():
        moved = {**wide, name: value.copy()}
        moved[name].flat[0] += 1e-5
        slope = (calibrate._gradient(moved, batch, seen)[0] - loss) / 1e-5
        assert abs(slope - gradient[name].flat[0]) < 1e-3


def test_evidence_that_is_not_finite_makes_no_judge() -> None:
    data = drawn(100)
    data.evidence[3, 1] = np.nan
    with pytest.raises(FloatingPointError, match="not finite"):
        fit(data, COLUMNS, 0.3, Recipe(hidden=4, members=1, epochs=1, batch=64))
