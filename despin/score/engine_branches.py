"""Lays many short branches out in one sequence, with the mask that keeps them apart.

Tree attention as in speculative decoding (SpecInfer, Miao et al. 2023, arXiv:2305.09781).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from despin.score.pieces import IntArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FloatArray = NDArray[np.float32]

NEAR = 1024
"""Pieces of the text before a branch that it sees, for the time attention takes. With 256 a
candidate fell up to five nats behind the words as written, which have seen all before them."""
SINK = 4
"""Pieces at the beginning of the text that every branch sees."""

HIDDEN = np.float32(-1e9)
"""Added to a score that must not count: exp underflows to exactly 0."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Branches that go through the model together; T fed pieces in all.

    The last piece of a branch is predicted, never fed.
    """

    branches: list[int]
    """Their numbers in the caller's list; each has two pieces or more."""
    seen: IntArray
    """Pieces of the text each branch sees, int32 [branches]."""
    ends: IntArray
    """Where each branch ends in the T fed pieces, int32 [branches]."""
    fed: IntArray
    """int32 [T]."""
    targets: IntArray
    """The piece after each fed one, int32 [T]."""

    @property
    def past(self) -> NDArray[np.int_]:
        """Numbers of the text's pieces that the batch sees, ascending.

        The `NEAR` before each branch; and the `SINK` that open the text, on which the attention
        that nothing else claims rests, as on no others (Xiao et al. 2023, arXiv:2309.17453).
        """
        least, most = int(self.seen.min()), int(self.seen.max())
        sink = min(SINK, most)
        return np.concatenate([np.arange(sink), np.arange(max(sink, least - NEAR), most)])

    def seen_of(self, past: FloatArray) -> FloatArray:
        """What the batch sees of a text's keys and values; a view where that is all so far."""
        numbers = self.past
        whole = len(numbers) == int(self.seen.max())
        return past[: len(numbers)] if whole else past[numbers]

    @property
    def lengths(self) -> IntArray:
        """Fed pieces of each branch."""
        return np.diff(self.ends, prepend=np.int32(0)).astype(np.int32)

    @property
    def positions(self) -> IntArray:
        """Place of each fed piece had it been written in the text, int32 [T]."""
        lengths = self.lengths
        begins = np.repeat(self.ends - lengths, lengths)
        return np.asarray(np.repeat(self.seen, lengths) + np.arange(len(self.fed)) - begins)

    def mask(self) -> FloatArray:
        """float32 [T, past + T]: a piece sees the text before, its branch so far, and itself."""
        lengths = self.lengths
        owner = np.repeat(np.arange(len(lengths)), lengths)
        past, seen = self.past[None], np.repeat(self.seen, lengths)[:, None]
        before = (past < seen) & ((past < SINK) | (past >= seen - NEAR))
        order = np.arange(len(self.fed))
        own = (owner[:, None] == owner[None]) & (order[:, None] >= order[None])
        return np.where(np.concatenate([before, own], axis=1), np.float32(0), HIDDEN)


def causal_mask(past: int, new: int) -> FloatArray:
    """float32 [new, past + new]: every piece sees all before it, and itself."""
    sees = np.arange(past + new)[None] <= past + np.arange(new)[:, None]
    return np.where(sees, np.float32(0), HIDDEN)


def batches(seen: Sequence[int], continuations: Sequence[IntArray], size: int) -> Iterator[Batch]:
    """Groups the branches that need feeding, by prefix, about `size` fed pieces a batch.

    Neighbours in the text come together, so that a batch needs no more of the past than it must.
    A branch longer than `size` is a batch of its own.
    """
    needed = [number for number, branch in enumerate(continuations) if len(branch) > 1]
    group: list[int] = []
    total = 0
    for number in sorted(needed, key=lambda number: seen[number]):
        length = len(continuations[number]) - 1
        if group and total + length > size:
            yield _batch(group, seen, continuations)
            group, total = [], 0
        group.append(number)
        total += length
    if group:
        yield _batch(group, seen, continuations)


def _batch(group: list[int], seen: Sequence[int], continuations: Sequence[IntArray]) -> Batch:
    lengths = [len(continuations[number]) - 1 for number in group]
    return Batch(
        branches=group,
        seen=np.asarray([seen[number] for number in group], dtype=np.int32),
        ends=np.cumsum(lengths, dtype=np.int32),
        fed=np.concatenate([continuations[number][:-1] for number in group]),
        targets=np.concatenate([continuations[number][1:] for number in group]),
    )
