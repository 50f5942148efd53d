"""Teaches a calibrator: one judge, how swaps are in general, and a judge that knows the manner.

What the second judge learns from the first must be as good as on texts the first has not learnt
from, or it would trust it blindly: so each part of the documents is judged by a judge fitted
without it (cross-fitting, as in stacked generalisation: Wolpert 1992, Neural Networks 5(2)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from despin.score.calibrator import Calibrator
from despin.score.judge import FloatArray, Judge, softmax_by_slot
from despin.score.manner import MANNER_COLUMNS, Manner, Traits, Usual
from despin.training.calibrate import Data
from despin.training.descent import Recipe
from despin.training.examples import Examples, judge_of

PARTS = 5
"""Parts of the documents that are judged apart."""
MEMBERS = 2
"""Networks of the judges fitted without a part; their mean counts, not their last digit."""


def calibrator_of(examples: Examples, recipe: Recipe) -> Calibrator:
    """The calibrator that learns from them."""
    first = judge_of(examples, recipe)
    simulated, real = _said(examples, replace(recipe, members=min(MEMBERS, recipe.members)))
    usual = Usual.of(_by_slot(examples.simulated, simulated, first.columns).total())
    second = Examples(
        (*examples.columns, *MANNER_COLUMNS),
        _in_manner(examples.simulated, simulated, usual, first.columns),
        _in_manner(examples.real, real, usual, first.columns) if examples.real else None,
        examples.prior,
    )
    return Calibrator(first, usual, judge_of(second, recipe))


def _said(examples: Examples, recipe: Recipe) -> tuple[FloatArray, FloatArray]:
    """float32[m] each: of simulated and of real candidates, what a judge says that met neither."""
    simulated = np.zeros(len(examples.simulated.evidence), np.float32)
    real = np.zeros(len(examples.real.evidence) if examples.real else 0, np.float32)
    for own, own_real in _parts(examples):
        others = examples.where(~own, None if own_real is None else ~own_real)
        if not len(others.simulated.label):
            continue
        judge = judge_of(others, recipe)
        _judge_part(judge, examples.simulated, own, simulated)
        if examples.real and own_real is not None:
            _judge_part(judge, examples.real, own_real, real)
    return simulated, real


def _parts(examples: Examples) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_] | None]]:
    """bool[n] each: the slots of each part. Real texts of one source follow each other."""
    simulated = examples.simulated.document % PARTS
    real = None
    if examples.real:
        document = examples.real.document.astype(np.int64)
        real = document * PARTS // (int(document.max()) + 1)
    for number in range(PARTS):
        yield simulated == number, None if real is None else real == number


def _judge_part(judge: Judge, data: Data, own: NDArray[np.bool_], found: FloatArray) -> None:
    """Fill in what the judge says of the slots ``own``."""
    rows = own[data.slot_of]
    place = (np.cumsum(own) - 1)[data.slot_of[rows]].astype(np.int32)
    score, other = judge.scores(data.evidence[rows].astype(np.float32))
    found[rows] = softmax_by_slot(score, other, place, int(own.sum())).candidate


def _by_slot(data: Data, candidate: FloatArray, columns: tuple[str, ...]) -> Manner:
    traits = Traits.of(data.evidence.astype(np.float32), columns)
    return Manner.by_slot(traits, candidate, data.slot_of, len(data.label))


def _in_manner(data: Data, candidate: FloatArray, usual: Usual, columns: tuple[str, ...]) -> Data:
    """The data with `MANNER_COLUMNS`."""
    own = _by_slot(data, candidate, columns)
    traits = Traits.of(data.evidence.astype(np.float32), columns)
    all_of = own.gathered(data.document, int(data.document.max()) + 1)
    more = usual.evidence(traits, all_of.of(data.document).without(own), data.slot_of)
    evidence = np.concatenate([data.evidence, more.astype(np.float16)], axis=1)
    return replace(data, evidence=evidence)
