"""What a probe learns from: the language model's states in spun texts and in clean ones.

Three kinds: texts that somebody spun, simulated ones and clean ones of all genres.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.propose.substitutions import Substitutions
from despin.score.engine import Engine
from despin.score.places import places
from despin.score.reading import windows
from despin.score.states import slot_states
from despin.training.collect import Count, Plan
from despin.training.corpus import evenly
from despin.training.evidence_file import save
from despin.training.excerpts import Excerpt, prepared
from despin.training.files import Files
from despin.training.lightened import lightened
from despin.training.partings import cut
from despin.training.quick_spinner import QuickSpinner
from despin.training.simulate import AS_WRITTEN, UNCLEAR, spun_places, truth
from despin.training.spinner import Spun

KEPT = (1.0, 0.3)
"""Each spun text is shown so often, with these shares of its swaps left in it."""
SIMULATED, CLEAN = 500, 400
"""Texts of the corpus to read, at most: as many as somebody spun."""
FILE = 20
"""Texts in one file."""


@dataclass(frozen=True)
class States:
    """Slots whose truth is clear.

    Attributes:
        states: float16[n, F], of `slot_states`.
        spun: bool[n], the words were substituted.
    """

    states: NDArray[np.float16]
    spun: NDArray[np.bool_]


NOTHING = States(np.zeros((0, 0), np.float16), np.zeros(0, np.bool_))


@dataclass(frozen=True)
class StateFiles:
    """Files of states.

    Attributes:
        real: of texts that somebody spun.
        others: of simulated and of clean ones.
    """

    real: Sequence[Path]
    others: Sequence[Path]


class StateReader:
    """Reads texts with one model and one lexicon."""

    def __init__(self, engine: Engine, table: Substitutions, spinner: QuickSpinner) -> None:
        self._engine, self._table, self._spinner = engine, table, spinner

    def collect(
        self, plan: Plan, out: Path, report: Callable[[int, int], None] = lambda *_: None
    ) -> StateFiles:
        """Write the states of the plan's spun texts, and of some of its corpus, into ``out``.

        Files that are there already are kept. The corpus's texts are those of the counts' split:
        judges must see the probe as it does on text it has not learnt.

        Raises:
            CorpusError: the corpus holds nothing to learn from, or cannot be read.
        """
        sizes = (len(plan.real), min(SIMULATED, plan.documents), min(CLEAN, plan.clean))
        count = Count(sum(sizes), report)
        texts = (self._real(plan), self._simulated(plan), _clean(plan))
        names = ("spun", "simulated", "clean")
        paths = []
        for name, some, size in zip(names, texts, sizes, strict=True):
            add = partial(_add, count, count.done)
            files = Files(out / name, plan.seed, ".npz", FILE)
            paths.append(files.fill(islice(some, size), self._all_states, _write, add))
        count.end()
        return StateFiles(paths[0], paths[1] + paths[2])

    def _real(self, plan: Plan) -> Iterator[list[Spun]]:
        for number, spun in enumerate(plan.real):
            rng = random.Random(f"{plan.seed}/{number}")
            yield list(lightened(cut(self._table, spun), rng, KEPT))

    def _simulated(self, plan: Plan) -> Iterator[list[Spun]]:
        for given in _excerpts(replace(plan, seed=plan.seed + 1)):
            yield [self._spinner.spin(given.text, given.rng)]

    def _all_states(self, texts: Sequence[Spun]) -> States:
        return joined([self._states(text) for text in texts])

    def _states(self, spun: Spun) -> States:
        """Of every slot whose truth is clear and that the pieces fit."""
        document, slots = spun_places(self._table, spun)
        labels = truth(self._table, slots, spun)
        encoded = self._engine.pieces.encode(document.text)
        where = places(encoded, slots, document.text)
        found = []
        for window in windows(self._engine, encoded, where):
            clear = labels[window.slots] != UNCLEAR
            states = slot_states(window.state, *window.rows(where))
            flat = states.reshape(len(states), -1)[clear].astype(np.float16)
            found.append(States(flat, labels[window.slots][clear] != AS_WRITTEN))
        return joined(found)


def _add(count: Count, before: int, done: int) -> None:
    count.add(before + done)


def _clean(plan: Plan) -> Iterator[list[Spun]]:
    return ([Spun(given.text, (), given.text)] for given in _excerpts(plan))


def _excerpts(plan: Plan) -> Iterator[Excerpt]:
    """Of all genres in equal parts."""
    drawn = evenly(plan.corpus, "counts", seed=plan.seed, evaluation=plan.evaluation)
    return prepared(drawn, plan)


def joined(parts: Sequence[States]) -> States:
    """Several parts as one; those that hold nothing have no width."""
    some = [part for part in parts if len(part.spun)] or [NOTHING]
    return States(*(np.concatenate([getattr(p, name) for p in some]) for name in _PARTS))


_PARTS = ("states", "spun")


def _write(batch: list[States], path: Path) -> None:
    whole = joined(batch)
    save({name: getattr(whole, name) for name in _PARTS}, path)


def read_states(paths: Sequence[Path]) -> States:
    """All states of the files."""
    parts = []
    for path in paths:
        with np.load(path) as arrays:
            parts.append(States(arrays["states"], arrays["spun"]))
    return joined(parts)
