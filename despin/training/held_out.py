"""How a judge does on documents that it did not learn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from despin.score.judge import Judging, Verdicts
from despin.training.calibrate import AS_WRITTEN, Data
from despin.training.corpus import CorpusError
from despin.training.examples import take


@dataclass(frozen=True)
class HeldOut:
    """How a judge does on documents it did not learn from.

    Attributes:
        precision: of slots it holds for swapped (probability of at least a half).
        recall: of swapped slots, among those it was shown.
        first: share of known originals that it ranks first.
        slots: how many slots were looked at.
    """

    precision: float
    recall: float
    first: float
    slots: int

    def __str__(self) -> str:
        shares = f"precision {self.precision:.2f}, recall {self.recall:.2f}"
        return f"{shares}, original first {self.first:.2f}, of {self.slots} places left out"


TOO_LITTLE = "too few documents to learn from: give --documents a larger number, or more text"


def held_out(data: Data) -> NDArray[np.bool_]:
    """bool[n]: the slots of every tenth text, in all documents that were made of it.

    Raises:
        CorpusError: nothing is left out so, or no swap is left to learn from.
    """
    tenth: NDArray[np.bool_] = (data.document if data.text is None else data.text) % 10 == 0
    if not tenth.any() or not (~tenth & (data.label != AS_WRITTEN)).any():
        raise CorpusError(TOO_LITTLE)
    return tenth


def measured(judge: Judging, data: Data) -> HeldOut:
    """What the judge makes of slots whose truth is known, under the prior it was trained at."""
    judged = verdicts(judge, data)
    swapped, called = data.label != AS_WRITTEN, judged.spun >= 0.5
    known = np.flatnonzero(data.label >= 0)
    true = judged.candidate[data.first[known] + data.label[known]]
    best = np.maximum.reduceat(judged.candidate, data.first[:-1])[known]
    weight = data.weight
    return HeldOut(
        precision=_share((weight * (swapped & called)).sum(), (weight * called).sum()),
        recall=_share((swapped & called).sum(), swapped.sum()),
        first=_share((true >= best).sum(), len(known)),
        slots=len(data.label),
    )


def verdicts(judge: Judging, data: Data) -> Verdicts:
    """What the judge says of the slots, document by document."""
    found = [
        judge.judged(some.evidence.astype(np.float32), some.slot_of, own_words(some)).verdicts
        for some in documents(data)
    ]
    spun, candidate = zip(*((some.spun, some.candidate) for some in found), strict=True)
    return Verdicts(np.concatenate(spun), np.concatenate(candidate))


def own_words(data: Data) -> NDArray[np.int32]:
    """int32[n]: every slot has words of its own; evidence files do not say which they are."""
    return np.arange(len(data.label), dtype=np.int32)


def documents(data: Data) -> Iterator[Data]:
    """The slots of each document; those of one follow each other."""
    begins = np.flatnonzero(np.diff(data.document, prepend=-1))
    for start, end in pairwise([*begins.tolist(), len(data.document)]):
        yield take(data, np.arange(start, end))


def _share(some: float, of: float) -> float:
    return float(some) / float(of) if of else 0.0
