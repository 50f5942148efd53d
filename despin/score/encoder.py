"""A small encoder that reads both sides of a word at once and has seen spun text.

A MiniLM (Wang et al. 2020, arXiv:2002.10957) taught on simulated spinning
(`despin.training.encoder_training`). For every slot it gives a query, whose product with the mean
of a wording's piece vectors says how well that wording fits, and one number for "these words were
substituted". Windows of one document are read together and those of others never, so a result does
not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots
from despin.score.encoder_files import GRAPH, loaded_vectors
from despin.score.encoder_pieces import marks, open_tokenizer, slot_pieces, wording_pieces
from despin.score.engine_session import let_go, open_session
from despin.score.judge import QUIET

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int32]

DATA = Path(__file__).parent / "data" / "encoder"

ENCODER_COLUMNS = ("encoder_gain", "encoder_spun", "encoder_best", "encoder_behind")
"""What the encoder adds to the evidence of a candidate: how much better it fits than the words as
written; that they were substituted; the best gain of the slot; how far behind it this one is."""

WINDOW = 158
"""Word pieces read together, without the two that mark a window's ends."""
MARGIN = 14
"""Pieces at each end of a window that are judged from its neighbour where there is one."""
BATCH = 4
"""Windows run together: more are no faster and take more memory, sixteen 70 MB more."""
TOGETHER = 2048
"""Forms whose vectors are worked out together; a first long article brings fifteen thousand."""


class Encoder:
    """The encoder with its vocabulary."""

    def __init__(
        self, folder: Path = DATA, threads: int | None = None, *, kept: int | None = None
    ) -> None:
        """Load it.

        Args:
            folder: where ``encoder.onnx``, ``vectors.npy``, ``scales.npy`` and ``tokenizer.json``
                lie.
            threads: as many as there are processors unless given.
            kept: after so many of the lexicon's forms, between two texts, their vectors are
                forgotten, and what the system holds of the pieces' goes back to it; never unless
                given.
        """
        self._session = open_session(folder / GRAPH, threads, {})
        self._table, self._scales = loaded_vectors(folder)
        self._tokenizer = open_tokenizer(folder)
        self._opening, self._closing = marks(self._tokenizer)
        self._forms: tuple[object, FormVectors] | None = None
        self._kept = kept

    def vectors(self, ids: IntArray) -> FloatArray:
        """float32[..., D]: the vectors of pieces."""
        return _widened(self._table, self._scales, ids)

    def stored(self, ids: IntArray) -> tuple[NDArray[np.int8], FloatArray]:
        """int8[n, D] and float32[n]: the vectors of n pieces as they are kept, and their scales."""
        return self._table[ids], self._scales[ids]

    @property
    def size(self) -> int:
        """D, the length of a vector."""
        return int(self._table.shape[1])

    def pieces(self, wordings: Sequence[str]) -> list[IntArray]:
        """Piece ids of each wording, at least one."""
        return wording_pieces(self._tokenizer, wordings)

    def evidence(self, text: str, slots: Slots) -> FloatArray:
        """float32[m, len(ENCODER_COLUMNS)]: one row for each candidate of ``slots``.

        A slot that holds no piece of its own gets zeros.
        """
        if not len(slots):
            return np.zeros((0, len(ENCODER_COLUMNS)), np.float32)
        if self._forms is None or self._forms[0] is not slots.forms:
            self._forms = (slots.forms, FormVectors(self, slots.forms))
        forms = self._forms[1]
        read = self._read(text, slots)
        slot = slots.slot_of
        candidate, own = forms.rows(slots.form), forms.rows(slots.written)
        score = np.empty(len(slot), np.float32)
        for index, (low, high) in enumerate(pairwise(slots.first.tolist())):
            score[low:high] = forms.fit(candidate[low:high], read.query[index])
        written = np.einsum("sd,sd->s", read.query, forms.means(own))
        gain = np.where(read.fits[slot], score - written[slot], np.float32(0))
        best = np.zeros(len(slots), np.float32)
        has, first = np.unique(slot, return_index=True)
        best[has] = np.maximum.reduceat(gain, first)
        self._rest(forms)
        return np.stack([gain, read.spun[slot], best[slot], best[slot] - gain], axis=1)

    def _rest(self, forms: FormVectors) -> None:
        """Keep no more than was asked for."""
        if self._kept is None:
            return
        let_go(self._table)
        if forms.used > self._kept:
            self._forms = None

    def _read(self, text: str, slots: Slots) -> _Read:
        """Read the windows of the document that hold a slot, and pick out the slots."""
        cut = slot_pieces(self._tokenizer, text, slots)
        ids, fits = cut.ids, cut.fits
        last = np.clip(cut.last, 0, max(0, len(ids) - 1))
        first = np.minimum(cut.first, last)
        begins = window_starts(len(ids))
        window = _window_of(first, last, begins)
        query = np.zeros((len(slots), self.size), np.float32)
        spun = np.zeros(len(slots), np.float32)
        asked = np.unique(window[fits])
        for low in range(0, len(asked), BATCH):
            some = asked[low : low + BATCH]
            queries, odds = self._run(ids, begins[some])
            inside = np.flatnonzero(fits & np.isin(window, some))
            row, offset = np.searchsorted(some, window[inside]), begins[window[inside]] - 1
            one, two = first[inside] - offset, np.minimum(last[inside] - offset, WINDOW)
            query[inside] = (queries[row, one] + queries[row, two]) / 2
            spun[inside] = (odds[row, one] + odds[row, two]) / 2
        return _Read(query, spun, fits)

    def _run(self, ids: IntArray, begins: IntArray) -> tuple[FloatArray, FloatArray]:
        """float32[B, L, D] queries and float32[B, L] odds of the windows' pieces."""
        size = min(WINDOW, len(ids))
        windows = np.full((len(begins), size + 2), self._opening, np.int32)
        windows[:, 1:-1] = ids[begins[:, None] + np.arange(size)]
        windows[:, -1] = self._closing
        found: Any = self._session.run(None, {"vectors": self.vectors(windows)})
        return found[0], found[1]


@dataclass(frozen=True)
class _Read:
    """What was read of n slots.

    Attributes:
        query: float32[n, D].
        spun: float32[n], log-odds that the words were substituted.
        fits: bool[n], the slot holds pieces of its own.
    """

    query: FloatArray
    spun: FloatArray
    fits: NDArray[np.bool_]


class FormVectors:
    """Mean piece vector of each form, worked out once; only forms that were met take memory.

    They are kept as the pieces' own vectors are, in eight bits with a scale for each: for a form of
    one piece that is exact.

    Attributes:
        used: how many forms were met.
    """

    def __init__(self, encoder: Encoder, forms: Sequence[str]) -> None:
        self._encoder, self._forms = encoder, forms
        self._row = np.full(len(forms), -1, np.int32)
        self._table = np.empty((len(forms), encoder.size), np.int8)  # room; no memory till written
        self._scales = np.empty(len(forms), np.float32)
        self.used = 0

    def rows(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """int32[len(numbers)]: where each form's vector is kept."""
        new = np.unique(numbers[self._row[numbers] < 0])
        for start in range(0, len(new), TOGETHER):
            self._learn(new[start : start + TOGETHER])
        return self._row[numbers]

    def means(self, rows: NDArray[np.int32]) -> FloatArray:
        """float32[len(rows), D]: the vectors kept there."""
        return _widened(self._table, self._scales, rows)

    @QUIET
    def fit(self, rows: NDArray[np.int32], query: FloatArray) -> FloatArray:
        """float32[len(rows)]: their products with a query of D numbers."""
        return np.asarray((self._table[rows].astype(np.float32) @ query) * self._scales[rows])

    def _learn(self, new: NDArray[np.int32]) -> None:
        pieces = self._encoder.pieces([self._forms[number] for number in new])
        sizes = np.array([len(ids) for ids in pieces])
        rows = np.arange(self.used, self.used + len(new), dtype=np.int32)
        single = sizes == 1
        only = np.array([ids[0] for ids in pieces], np.int32)[single]
        self._table[rows[single]], self._scales[rows[single]] = self._encoder.stored(only)
        self._keep_means(rows[~single], [ids for ids in pieces if len(ids) > 1])
        self._row[new] = rows
        self.used += len(new)

    def _keep_means(self, rows: NDArray[np.int32], pieces: Sequence[IntArray]) -> None:
        """Keep the means of the vectors of forms of several pieces in ``rows``."""
        if not len(rows):
            return
        sizes = np.array([len(ids) for ids in pieces])
        first = np.cumsum(sizes) - sizes
        sums = np.add.reduceat(self._encoder.vectors(np.concatenate(pieces)), first, axis=0)
        means = sums / sizes[:, None].astype(np.float32)
        scales = np.maximum(np.abs(means).max(axis=1) / 127, 1e-12)
        self._table[rows], self._scales[rows] = np.rint(means / scales[:, None]), scales


def _widened(table: NDArray[np.int8], scales: FloatArray, rows: IntArray) -> FloatArray:
    """float32[..., D]: rows of a table in eight bits."""
    return table[rows].astype(np.float32) * scales[rows][..., None]


def window_starts(pieces: int) -> IntArray:
    """Where windows begin; all have the same length, and the last ends with the text."""
    if pieces <= WINDOW:
        return np.zeros(min(1, pieces), np.int32)
    starts = np.arange(0, pieces - WINDOW, WINDOW - 2 * MARGIN, dtype=np.int32)
    return np.append(starts, pieces - WINDOW).astype(np.int32)


def _window_of(
    first: NDArray[np.int_], last: NDArray[np.int_], begins: IntArray
) -> NDArray[np.int_]:
    """The window whose middle is nearest to each slot's."""
    if len(begins) < 2:
        return np.zeros(len(first), np.int_)
    middle = begins + WINDOW / 2
    between = (middle[1:] + middle[:-1]) / 2
    return np.searchsorted(between, (first + last) / 2).astype(np.int_)
