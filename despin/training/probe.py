"""Teaches a probe of the language model's states.

One half of it learns from texts that somebody spun, and from nothing else; the other from simulated
and clean ones of all genres as well. Of really spun text the first finds more where many words are
spun (average precision .82, not .75), but takes whole genres for spun that it has not met: with two
false findings in a thousand clean words it finds .28, the other .53. So judges are told of both.
No judge should learn from the same texts: of these, the probe is too sure.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.engine import Engine
from despin.score.judge import QUIET
from despin.score.loading import PRECISION
from despin.score.model_files import ModelFiles
from despin.score.states import Probe
from despin.training.collect import Plan
from despin.training.corpus import CorpusError
from despin.training.descent import Parameters, Recipe, descend
from despin.training.probe_states import StateReader, States, joined, read_states
from despin.training.quick_spinner import QuickSpinner

FloatArray = NDArray[np.float32]


PROBE = Recipe(hidden=256, members=2, epochs=4, batch=512, rate=5e-4, decay=0.05)
DROPOUT = 0.3
"""Share of the inputs, and of the hidden units, that each step does without."""


def build_probe(
    plan: Plan,
    files: ModelFiles,
    work: Path,
    report: Callable[[int, int], None] = lambda *_: None,
    recipe: Recipe = PROBE,
) -> Probe:
    """Read the plan's spun texts and some of its corpus, and fit a probe.

    Args:
        plan: what to learn from.
        files: of the language model.
        work: folder for states; a run that was stopped goes on from what is there.
        report: told how many texts are read, and of how many.
        recipe: sizes and steps.

    Raises:
        CorpusError: the texts hold nothing spun, or nothing else.
    """
    table = Substitutions.of(Thesaurus.load(), plan.rows)
    spinner = QuickSpinner(table, Collocations.load())
    reader = StateReader(Engine(files, PRECISION), table, spinner)
    found = reader.collect(plan, work, report)
    real = read_states(found.real)
    if not real.spun.any() or real.spun.all():
        raise CorpusError("the probe's texts hold no swap of a word that the lexicon knows")
    heads = [fit(real, recipe), fit(joined([real, read_states(found.others)]), recipe)]
    return Probe(files.sha256, *map(np.stack, zip(*heads, strict=True)))


def fit(states: States, recipe: Recipe) -> tuple[NDArray[np.float16], FloatArray]:
    """``recipe.members`` networks, trained for a logistic loss: of a probe's arrays one row."""
    members = [_member(states, recipe, recipe.seed + number) for number in range(recipe.members)]
    hidden = np.stack([np.vstack([m["inner"], m["inner_bias"]]) for m in members])
    return hidden.astype(np.float16), np.stack(
        [np.append(m["out"], m["out_bias"]) for m in members]
    )


@QUIET
def _member(states: States, recipe: Recipe, seed: int) -> Parameters:
    rng = np.random.default_rng(seed)
    parameters = _initial(rng, states.states.shape[1], recipe.hidden)

    def gradient(pick: NDArray[np.int64]) -> Parameters:
        x = states.states[pick].astype(np.float32)
        kept = [_kept(rng, (len(pick), width)) for width in (x.shape[1], recipe.hidden)]
        return _gradient(parameters, x * kept[0], kept[1], states.spun[pick])

    descend(parameters, len(states.spun), recipe, rng, gradient)
    return parameters


def _initial(rng: np.random.Generator, inputs: int, hidden: int) -> Parameters:
    def drawn(*shape: int, bound: float) -> FloatArray:
        return rng.uniform(-bound, bound, shape).astype(np.float32)

    return {
        "inner": drawn(inputs, hidden, bound=inputs**-0.5),
        "inner_bias": np.zeros(hidden, np.float32),
        "out": drawn(hidden, bound=hidden**-0.5),
        "out_bias": np.array([-2.0], np.float32),
    }


def _kept(rng: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
    """Factors of what a step does with, 0 for what it does without.

    Srivastava et al. 2014, Dropout, Journal of Machine Learning Research 15, section 4.
    """
    stays = rng.random(shape, np.float32) >= DROPOUT
    return np.asarray(stays / np.float32(1 - DROPOUT), np.float32)


def _gradient(
    p: Parameters, x: FloatArray, kept: FloatArray, spun: NDArray[np.bool_]
) -> Parameters:
    """Of the mean logistic loss of a batch."""
    inner = np.maximum(x @ p["inner"] + p["inner_bias"], 0.0) * kept
    odds = inner @ p["out"] + p["out_bias"]
    wrong = ((1 / (1 + np.exp(-odds)) - spun) / len(spun)).astype(np.float32)
    back = np.outer(wrong, p["out"]) * kept * (inner > 0)
    return {
        "inner": x.T @ back,
        "inner_bias": back.sum(axis=0),
        "out": inner.T @ wrong,
        "out_bias": np.array([wrong.sum()], np.float32),
    }
