"""How much better a wording reads than another by a masked language model: pseudo-log-likelihood.

Left to right within the words (Kauf and Ivanova 2023, A Better Way to Do Masked Language Model
Scoring, arXiv:2305.10588): when a piece is scored, the later pieces of the same wording are hidden
as well, or the end of a long word would give its beginning away. Only the words that change are
scored: for a model that is one joint distribution, log P(wording | both sides) less the same of the
words as written is exactly the difference of the whole sentences, and neighbours would count twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.edit import Edit
from despin.propose.slots import Slots
from despin.score.masked_pieces import MaskedPieces, Window
from despin.score.pieces import IntArray
from despin.span import Span
from despin.wording import replacement_edit

FloatArray = NDArray[np.float32]

BATCH = 1024
"""Pieces in one call of the model: scores for a quarter of a million pieces take 1 GB."""
IMPOSSIBLE = -30.0
"""Log-probability written down for a wording that cannot be looked at."""


class MaskedModel(Protocol):
    """A loaded masked language model."""

    @property
    def name(self) -> str:
        """Its name, or its folder's."""
        ...

    @property
    def pieces(self) -> MaskedPieces:
        """Its tokenizer."""
        ...

    def scores(self, rows: NDArray[np.int64], places: NDArray[np.int64]) -> FloatArray:
        """What may stand at one place of each row.

        Args:
            rows: int64[B, T], piece numbers.
            places: int64[B], the place asked in each row.

        Returns:
            float32[B, vocabulary], not normalised.
        """
        ...


@dataclass
class _Questions:
    """What the model is asked about one document: rows, and the pieces asked of each.

    Wordings of one piece in the same place differ in what is hidden only, so they share a row.
    """

    rows: list[IntArray] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    asked: list[tuple[int, int, int]] = field(default_factory=list)
    """Number of the row, of the piece, and of the window whose sum it counts for."""
    _known: dict[tuple[int, bytes], int] = field(default_factory=dict)

    def add(self, window: Window, pieces: MaskedPieces, number: int) -> None:
        """Hide the wording from each of its pieces on, and ask for that piece."""
        left = np.concatenate([pieces.head, window.before])
        for index, piece in enumerate(window.wording.tolist()):
            hidden = np.full(len(window.wording) - index, pieces.mask, np.int32)
            parts = (left, window.wording[:index], hidden, window.after, pieces.tail)
            row = np.concatenate(parts).astype(np.int32)
            place = len(left) + index
            at = self._known.setdefault((place, row.tobytes()), len(self.rows))
            if at == len(self.rows):
                self.rows.append(row)
                self.places.append(place)
            self.asked.append((at, piece, number))

    def batches(self) -> Iterator[list[int]]:
        """Numbers of rows of one length, so that nothing is padded, `BATCH` pieces at most."""
        by_length: dict[int, list[int]] = {}
        for number, row in enumerate(self.rows):
            by_length.setdefault(len(row), []).append(number)
        for length, numbers in sorted(by_length.items()):
            size = max(1, BATCH // length)
            yield from (numbers[i : i + size] for i in range(0, len(numbers), size))


def log_probs(model: MaskedModel, windows: Sequence[Window]) -> FloatArray:
    """float32[windows], natural log of P(wording | what stands around it)."""
    questions = _Questions()
    for number, window in enumerate(windows):
        questions.add(window, model.pieces, number)
    of_row: dict[int, list[tuple[int, int]]] = {}
    for row, piece, number in questions.asked:
        of_row.setdefault(row, []).append((piece, number))
    found = np.array([0.0 if len(w.wording) else IMPOSSIBLE for w in windows], np.float64)
    for numbers in questions.batches():
        rows = np.stack([questions.rows[i] for i in numbers]).astype(np.int64)
        places = np.array([questions.places[i] for i in numbers], np.int64)
        for row, scores in zip(numbers, model.scores(rows, places), strict=True):
            top = scores.max()
            log_sum = top + np.log(np.exp(scores - top).sum(dtype=np.float64))
            for piece, number in of_row[row]:
                found[number] += scores[piece] - log_sum
    return np.maximum(found, IMPOSSIBLE).astype(np.float32)


def differences(model: MaskedModel, text: str, edits: Sequence[Edit]) -> FloatArray:
    """float32[edits]: how much better the text reads with each edit than as written, in nats."""
    windows, pairs = model.pieces.windows(text, edits)
    found = log_probs(model, windows)
    return np.array([found[after] - found[before] for before, after in pairs], np.float32)


@dataclass(frozen=True)
class MaskedReader:
    """Asks a masked model about candidates; see `despin.score.masked_scorer.Reader`."""

    model: MaskedModel

    def gains(self, document: Document, slots: Slots, rows: NDArray[np.int32]) -> FloatArray:
        """float32[rows], in nats; where "a" becomes "an", the article is among the words."""
        slot = slots.slot_of[rows].tolist()
        forms = slots.form[rows].tolist()
        edits = [
            replacement_edit(document.text, slots.span(place), slots.forms[form])
            for place, form in zip(slot, forms, strict=True)
        ]
        return differences(self.model, document.text, edits)

    def compare(self, document: Document, span: Span, wordings: Sequence[str]) -> list[float]:
        """How much better each wording reads at ``span`` than what is written, in nats."""
        text = document.text
        edits = [Edit(span, span.of(text), wording) for wording in wordings]
        return [float(gain) for gain in differences(self.model, text, edits)]
