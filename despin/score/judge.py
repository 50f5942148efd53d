"""The judge: from evidence to probabilities.

For one slot with candidates c, the words as written score 0, every candidate a number ``s_c`` made
from its row of evidence, and "something else stood there" a number ``s_o`` made from the slot's own
columns. A softmax over all of them gives P(as written), P(c) and P(something else). ``s_c`` is the
mean over an ensemble of networks with one small hidden layer (`despin.training.calibrate`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from despin.arrays import READING
from despin.score.prior import shifted

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int32]

EVEN = 0.09
"""Share of a document at which a judge is taken at its word, where nothing else is said."""
UNSAID = {"lm": 0.11, "fast": 0.08}
"""The same of judges whose file is older than that it says so."""
BLOCK = 8192
"""Rows judged together: a long article has two hundred thousand, which pass through ten arrays."""

QUIET = np.errstate(invalid="ignore")
"""Around products of matrices. Kernels of OpenBLAS read beyond short rows, and what they throw away
there may raise the flag of an invalid number though every number is valid (numpy/numpy#24067)."""

_OTHER_FILE = (BadZipFile, EOFError, KeyError, RuntimeError, TypeError, ValueError)
"""What numpy and zipfile raise of files that hold something else, or half of it."""


class JudgeError(ValueError):
    """A file holds no such judge, or one for other evidence; the message names it."""


@contextmanager
def judges_in(path: Path, name: str) -> Iterator[Mapping[str, NDArray[Any]]]:
    """The arrays of a file of judges; ``name`` is the one that is wanted.

    Raises:
        JudgeError: it is not there, or cannot be read.
    """
    try:
        with READING, path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            yield data
    except OSError as error:
        raise JudgeError(f"{path}: cannot be read ({error.strerror or error})") from error
    except _OTHER_FILE as error:
        raise JudgeError(f"{path}: holds no judge {name!r} of `despin train`") from error


def knows(path: Path, name: str) -> bool:
    """Whether a file of judges holds one of this name; other files are told of by `Judge.load`."""
    try:
        with judges_in(path, name) as data:
            return f"{name}/columns" in data
    except JudgeError:
        return False


class Judging(Protocol):
    """Judges slots; a `Judge`, or several in a row."""

    @property
    def prior(self) -> float:
        """Share of substituted slots it was trained on."""
        ...

    @property
    def even(self) -> float:
        """Share of a document's slots at which it is taken at its word."""
        ...

    def judged(self, evidence: FloatArray, slot: IntArray, word: IntArray) -> Judged:
        """What it makes of n slots.

        Args:
            evidence: float32[m, F], one row a candidate.
            slot: int32[m], ascending, the slot of each.
            word: int32[n], numbers of the slots' words, the same for the same words.
        """
        ...

    def knowing(self, evidence: FloatArray, slot: IntArray, word: IntArray) -> Judging:
        """The one for some slots of a document of which these, as in `judged`, are all."""
        ...


@dataclass(frozen=True)
class Judge:
    """A trained judge of F columns, E networks, H hidden units.

    Attributes:
        columns: the names of the evidence it was trained on, F of them.
        mean: float32[F], subtracted from the evidence.
        scale: float32[F], divides it.
        hidden: float32[E, F + 1, H]; the last row is the bias.
        out: float32[E, H + 1]; the last entry is the bias.
        other: float32[F + 1], weights of "something else" on the slot's columns and a bias; 0 for
            the candidate's.
        prior: share of substituted slots it was trained on.
        even: share of a document's slots at which it is taken at its word; see `document_prior`.
    """

    columns: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    hidden: FloatArray
    out: FloatArray
    other: FloatArray
    prior: float
    even: float = EVEN

    @staticmethod
    def load(path: Path, name: str, columns: tuple[str, ...]) -> Judge:
        """The judge ``name`` of a file.

        Raises:
            JudgeError: it is not there, cannot be read, or was trained on other columns.
        """
        with judges_in(path, name) as data:
            judge = Judge(
                columns=tuple(str(column) for column in data[f"{name}/columns"]),
                mean=data[f"{name}/mean"],
                scale=data[f"{name}/scale"],
                hidden=data[f"{name}/hidden"],
                out=data[f"{name}/out"],
                other=data[f"{name}/other"],
                prior=float(data[f"{name}/prior"]),
                even=float(data.get(f"{name}/even", UNSAID.get(name, EVEN))),
            )
        if judge.columns != columns:
            raise JudgeError(f"{path}: {name} was trained on other evidence; train it again")
        return judge

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """The parts as `load` wants them in a file."""
        return {
            f"{name}/columns": np.array(self.columns),
            f"{name}/mean": self.mean,
            f"{name}/scale": self.scale,
            f"{name}/hidden": self.hidden,
            f"{name}/out": self.out,
            f"{name}/other": self.other,
            f"{name}/prior": np.array(self.prior, np.float32),
            f"{name}/even": np.array(self.even),
        }

    def judged(self, evidence: FloatArray, slot: IntArray, word: IntArray) -> Judged:
        """See `Judging`."""
        score, other = self.scores(evidence)
        return Judged(softmax_by_slot(score, other, slot, len(word)), score)

    def knowing(self, evidence: FloatArray, slot: IntArray, word: IntArray) -> Judge:  # noqa: ARG002
        """See `Judging`; this one asks for no more than a slot's own evidence."""
        return self

    def scores(self, evidence: FloatArray) -> tuple[FloatArray, FloatArray]:
        """``s_c`` and ``s_o`` of each row, float32[m] each; natural log-odds against as written."""
        blocks = [
            self._block(evidence[start : start + BLOCK])
            for start in range(0, max(1, len(evidence)), BLOCK)
        ]
        score, other = zip(*blocks, strict=True)
        return np.concatenate(score), np.concatenate(other)

    @QUIET
    def _block(self, evidence: FloatArray) -> tuple[FloatArray, FloatArray]:
        """`scores` of a few rows."""
        x = np.clip((evidence - self.mean) / self.scale, -6.0, 6.0)
        total = np.zeros(len(x), np.float32)
        for weights, out in zip(self.hidden, self.out, strict=True):
            inner = np.maximum(x @ weights[:-1] + weights[-1], 0.0)
            total += inner @ out[:-1] + out[-1]
        other = x @ self.other[:-1] + self.other[-1]
        return total / np.float32(len(self.out)), other.astype(np.float32)


@dataclass(frozen=True)
class Verdicts:
    """Probabilities for slots and candidates.

    Attributes:
        spun: float32[n], P(not as written).
        candidate: float32[m], P(this candidate stood there).
    """

    spun: FloatArray
    candidate: FloatArray

    def under(
        self, prior: float | NDArray[np.float64], trained: float, slot: NDArray[np.int32]
    ) -> Verdicts:
        """The same under another prior than the one they were ``trained`` under; see `shifted`.

        Args:
            prior: the other one, or float64[n], one for each slot.
            trained: the one they are for.
            slot: int32[m], the slot of each candidate.
        """
        spun = shifted(self.spun, trained, prior)
        factor = spun / np.maximum(self.spun, np.float32(1e-9))
        return Verdicts(spun, (self.candidate * factor[slot]).astype(np.float32))


class Judged(NamedTuple):
    """What a judge makes of some slots.

    Attributes:
        verdicts: the probabilities, under the prior it was trained on.
        score: float32[m], natural log-odds of each candidate against the words as written.
    """

    verdicts: Verdicts
    score: FloatArray


def rank_in_slot(values: FloatArray, slot: NDArray[np.int32]) -> NDArray[np.int64]:
    """int64[m]: each candidate's place among those of its slot, 0 for the highest value.

    Args:
        values: float32[m].
        slot: int32[m], ascending.
    """
    order = np.lexsort((-values, slot))
    rank = np.empty(len(slot), np.int64)
    rank[order] = np.arange(len(slot)) - np.searchsorted(slot, slot)
    return rank


def softmax_by_slot(
    scores: FloatArray, other: FloatArray, slot: NDArray[np.int32], n: int
) -> Verdicts:
    """Softmax over as-written, the candidates, and something else, for each of ``n`` slots.

    Args:
        scores: float32[m].
        other: float32[m]; a slot's is that of its first row.
        slot: int32[m], ascending.
        n: number of slots; a slot without rows is as written.
    """
    top = np.zeros(n, np.float32)
    np.maximum.at(top, slot, np.maximum(scores, other))
    has, first = np.unique(slot, return_index=True)
    rest = np.zeros(n, np.float64)
    rest[has] = np.exp(other[first] - top[has])
    weight = np.exp(scores - top[slot]).astype(np.float64)
    total = np.exp(-top.astype(np.float64)) + rest + np.bincount(slot, weight, minlength=n)
    spun = 1.0 - np.exp(-top.astype(np.float64)) / total
    return Verdicts(spun.astype(np.float32), (weight / total[slot]).astype(np.float32))
