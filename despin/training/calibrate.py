"""Fits a `Judge`: a softmax over as-written, the candidates and something else, for each slot.

Plain numpy, the gradient written out: one hidden layer, `despin.training.descent`. Seeded; minutes
on two cores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.score.judge import QUIET, Judge
from despin.training.descent import Parameters, Recipe, descend

AS_WRITTEN, SOMETHING_ELSE = -1, -2

OTHER_COLUMNS = (
    "written_frequency",
    "written_pairs",
    "written_triples",
    "written_in_document",
    "function_word",
    "capitalised",
    "heading",
    "written_words",
    "encoder_spun",
    "encoder_best",
    "large_spun",
    "large_best",
    "written_times",
    "spun_elsewhere",
    "large_spun_elsewhere",
    "left_written",
    "right_written",
    "right_written_next",
    "state_by_hand",
    "state_spun",
    "best_gain",
    "context_spun",
)
"""Columns that are the same for all candidates of a slot: all that "something else" may see."""


@dataclass(frozen=True)
class Data:
    """Slots to learn from, flattened.

    Attributes:
        evidence: float16[m, columns].
        first: int64[n + 1], where each slot's rows begin.
        label: int32[n], index of the true row within the slot, or one of the constants above.
        weight: float32[n].
        document: int32[n], which document each slot is from; documents are held out whole.
        text: int32[n], which text of the corpus that document was made of: one may have been
            collected more than once, and is held out whole as well. ``None``: each has its own.
    """

    evidence: NDArray[np.float16]
    first: NDArray[np.int64]
    label: NDArray[np.int32]
    weight: NDArray[np.float32]
    document: NDArray[np.int32]
    text: NDArray[np.int32] | None = None

    @property
    def slot_of(self) -> NDArray[np.int32]:
        """int32[m]: the slot each row is for."""
        return np.repeat(np.arange(len(self.label), dtype=np.int32), np.diff(self.first))


def fit(
    data: Data,
    columns: Sequence[str],
    prior: float,
    recipe: Recipe | None = None,
) -> Judge:
    """Train a judge.

    Args:
        data: the slots.
        columns: names of the evidence.
        prior: share of substituted slots among all slots of the documents.
        recipe: sizes and steps.

    Raises:
        FloatingPointError: the evidence holds numbers that are none.
    """
    recipe = recipe or Recipe()
    sample = data.evidence[:: max(1, len(data.evidence) // 400_000)].astype(np.float32)
    mean, scale = sample.mean(axis=0), np.maximum(sample.std(axis=0), 1e-3)
    task = _Task(data, tuple(columns), mean, scale)
    members = [_member(task, recipe, recipe.seed + number) for number in range(recipe.members)]
    return Judge(
        columns=tuple(columns),
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        hidden=np.stack([np.vstack([m["inner"], m["inner_bias"]]) for m in members]),
        out=np.stack([np.append(m["out"], m["out_bias"]) for m in members]),
        other=np.mean([np.append(m["other"], m["other_bias"]) for m in members], axis=0),
        prior=prior,
    )


@dataclass(frozen=True)
class _Task:
    """What every member of the ensemble learns from."""

    data: Data
    columns: tuple[str, ...]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]

    def batch(self, pick: NDArray[np.int64]) -> _Batch:
        """The slots ``pick``, normalised."""
        data = self.data
        sizes = data.first[pick + 1] - data.first[pick]
        begins = np.cumsum(sizes) - sizes
        rows = np.repeat(data.first[pick] - begins, sizes) + np.arange(int(sizes.sum()))
        x = np.clip((data.evidence[rows].astype(np.float32) - self.mean) / self.scale, -6.0, 6.0)
        slot = np.repeat(np.arange(len(pick)), sizes)
        return _Batch(x.astype(np.float32), begins, slot, data.label[pick], data.weight[pick])


@dataclass(frozen=True)
class _Batch:
    """Slots ready for the network: normalised rows and where each slot's begin."""

    x: NDArray[np.float32]
    begins: NDArray[np.int64]
    slot: NDArray[np.int64]
    label: NDArray[np.int32]
    weight: NDArray[np.float32]


@QUIET
def _member(task: _Task, recipe: Recipe, seed: int) -> Parameters:
    """One network of the ensemble."""
    rng = np.random.default_rng(seed)
    seen = np.array([column in OTHER_COLUMNS for column in task.columns], np.float32)
    parameters = _initial(rng, len(task.columns), recipe.hidden)

    def gradient(pick: NDArray[np.int64]) -> Parameters:
        return _gradient(parameters, task.batch(pick), seen)[1]

    descend(parameters, len(task.data.label), recipe, rng, gradient)
    parameters["other"] *= seen
    if not all(np.isfinite(part).all() for part in parameters.values()):
        raise FloatingPointError("a judge cannot be fitted: its evidence is not finite")
    return parameters


def _initial(rng: np.random.Generator, inputs: int, hidden: int) -> Parameters:
    bound = inputs**-0.5
    return {
        "inner": rng.uniform(-bound, bound, (inputs, hidden)).astype(np.float32),
        "inner_bias": np.zeros(hidden, np.float32),
        "out": rng.uniform(-bound, bound, hidden).astype(np.float32),
        "out_bias": np.array([-5.0], np.float32),
        "other": np.zeros(inputs, np.float32),
        "other_bias": np.array([-4.0], np.float32),
    }


def _gradient(p: Parameters, batch: _Batch, seen: NDArray[np.float32]) -> tuple[float, Parameters]:
    """Weighted mean negative log-likelihood of a batch, and its gradient."""
    x, begins, slot = batch.x, batch.begins, batch.slot
    inner = np.maximum(x @ p["inner"] + p["inner_bias"], 0.0)
    score = inner @ p["out"] + p["out_bias"]
    opening = x[begins] * seen
    other = opening @ p["other"] + p["other_bias"]
    top = np.maximum(np.maximum.reduceat(score, begins), np.maximum(other, 0.0))
    weight, rest = np.exp(score - top[slot]), np.exp(other - top)
    total = np.exp(-top) + rest + np.add.reduceat(weight, begins)
    label, share = batch.label, batch.weight / batch.weight.sum()
    chosen, elsewhere = label >= 0, label == SOMETHING_ELSE
    true = np.where(elsewhere, other, 0.0)
    true[chosen] = score[begins[chosen] + label[chosen]]
    loss = float(((np.log(total) + top - true) * share).sum())
    d_score = weight / total[slot] * share[slot]
    d_score[begins[chosen] + label[chosen]] -= share[chosen]
    d_other = (rest / total - elsewhere) * share
    d_inner = np.outer(d_score, p["out"]) * (inner > 0)
    return loss, {
        "inner": x.T @ d_inner,
        "inner_bias": d_inner.sum(axis=0),
        "out": inner.T @ d_score,
        "out_bias": np.array([d_score.sum()]),
        "other": opening.T @ d_other,
        "other_bias": np.array([d_other.sum()]),
    }
