"""The calibrator: two judges in a row, the second of which knows the spinner's manner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.score.judge import FloatArray, IntArray, Judge, Judged, judges_in
from despin.score.manner import MANNER_COLUMNS, Manner, Traits, Usual
from despin.score.prior import REPEATED

_USUAL = ("rates", "means", "variances")


@dataclass(frozen=True)
class Calibrator:
    """Judges slots by their evidence, and by what the document's other slots have in common.

    Attributes:
        first: the judge that finds the likely swaps.
        usual: the manner of swaps in general.
        second: the judge that decides; its columns are the first one's and `MANNER_COLUMNS`.
        manner: the document's, where the slots to judge are some of it only.
    """

    first: Judge
    usual: Usual
    second: Judge
    manner: Manner | None = None

    @staticmethod
    def load(path: Path, name: str, columns: tuple[str, ...]) -> Calibrator:
        """The calibrator ``name`` of a file.

        Raises:
            JudgeError: it is not there, cannot be read, or was trained on other columns.
        """
        first = Judge.load(path, name, columns)
        second = Judge.load(path, _second(name), (*columns, *MANNER_COLUMNS))
        with judges_in(path, _second(name)) as data:
            usual = Usual(*(data[f"{_second(name)}/{part}"] for part in _USUAL))
        return Calibrator(first, usual, second)

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """The parts as `load` wants them in a file."""
        own = _second(name)
        usual = {f"{own}/{part}": getattr(self.usual, part) for part in _USUAL}
        return self.first.arrays(name) | self.second.arrays(own) | usual

    @property
    def prior(self) -> float:
        """See `Judging`."""
        return self.second.prior

    @property
    def even(self) -> float:
        """See `Judging`."""
        return self.second.even

    def judged(self, evidence: FloatArray, slot: IntArray, word: IntArray) -> Judged:
        """See `Judging`. The other places of a slot's own words say nothing of its manner."""
        traits = Traits.of(evidence, self.first.columns)
        group, own = self._by_word(traits, evidence, slot, word)
        others = (self.manner or own.total()).without(own).of(group)
        more = self.usual.evidence(traits, others, slot)
        return self.second.judged(np.concatenate([evidence, more], axis=1), slot, word)

    def knowing(self, evidence: FloatArray, slot: IntArray, word: IntArray) -> Calibrator:
        """See `Judging`."""
        traits = Traits.of(evidence, self.first.columns)
        return replace(self, manner=self._by_word(traits, evidence, slot, word)[1].total())

    def _by_word(
        self, traits: Traits, evidence: FloatArray, slot: IntArray, word: IntArray
    ) -> tuple[IntArray, Manner]:
        """int32[n], which of the distinct words each slot has; and the manner of each of these."""
        said = self.first.judged(evidence, slot, word).verdicts
        by_slot = Manner.by_slot(traits, said.candidate, slot, len(word))
        distinct, group = np.unique(word, return_inverse=True)
        own = by_slot.gathered(group, len(distinct)).at_most(REPEATED)
        return group.astype(np.int32), own


def _second(name: str) -> str:
    return f"{name}-in-manner"
