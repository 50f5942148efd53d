"""From clean documents to labelled evidence: spin them, score them, note what is true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score.engine import Engine
from despin.score.form_facts import FormPieces
from despin.score.language_model import PIECE_PENALTY, Evidence
from despin.score.places import places
from despin.score.reading import WindowReader, windows
from despin.score.second_look import Looked
from despin.text.tokens import normal_phrase
from despin.training.spinner import Spun

FloatArray = NDArray[np.float32]

AS_WRITTEN, SOMETHING_ELSE, UNCLEAR = -1, -2, -3
"""Labels of slots whose truth is not one of their candidates."""


@dataclass(frozen=True)
class ModelPlausibility:
    """`despin.training.spinner.Plausibility` of a language model: one pass over the clean text."""

    engine: Engine
    forms: FormPieces

    def __call__(self, document: Document, slots: Slots) -> FloatArray:
        """float32[m]: log-probability of each candidate's first piece, further ones at a price."""
        encoded = self.engine.pieces.encode(document.text)
        where = places(encoded, slots, document.text)
        reader = WindowReader(self.engine, encoded, slots, where, self.forms, document.text)
        slot = slots.slot_of
        found = np.full(len(slot), -20.0, np.float32)
        for window in windows(self.engine, encoded, where):
            rows = np.flatnonzero(np.isin(slot, window.slots)).astype(np.int32)
            owner = np.searchsorted(window.slots, slot[rows]).astype(np.int32)
            left = reader.left(window, rows, owner)
            found[rows] = left.candidate - PIECE_PENALTY * (left.pieces - 1)
        return found


def truth(table: Substitutions, places: Slots, spun: Spun) -> NDArray[np.int32]:
    """int32[n]: for each slot the row that stood there, or one of the labels above.

    A slot that is exactly a swap is that swap's original or `SOMETHING_ELSE`; one that merely
    overlaps a swap, or what else was changed, is `UNCLEAR`; all others are `AS_WRITTEN`.
    """
    labels = np.full(len(places), AS_WRITTEN, np.int32)
    exact = {(s.span.start, s.span.end): s.original for s in spun.swaps}
    touched = np.zeros(len(spun.text) + 1, np.bool_)
    for changed in (*(swap.span for swap in spun.swaps), *spun.unclear):
        touched[changed.start : changed.end] = True
    for index in range(len(places)):
        span = places.span(index)
        original = exact.get((span.start, span.end))
        if original is not None:
            labels[index] = _row(table, places, index, original)
        elif touched[span.start : span.end].any():
            labels[index] = UNCLEAR
    return labels


def _row(table: Substitutions, places: Slots, index: int, original: str) -> int:
    number = table.number(normal_phrase(original))
    rows = places.candidates(index)
    found = np.flatnonzero(places.form[rows.start : rows.stop] == number)
    return rows.start + int(found[0]) if number is not None and len(found) else SOMETHING_ELSE


@dataclass(frozen=True)
class Example:
    """One slot for training.

    Attributes:
        evidence: float16[rows, columns].
        label: index of the true row, `AS_WRITTEN` or `SOMETHING_ELSE`.
        weight: how many slots it stands for.
    """

    evidence: NDArray[np.float16]
    label: int
    weight: float


def left_examples(
    places: Slots,
    evidence: Evidence,
    labels: NDArray[np.int32],
    rng: random.Random,
    share: float,
) -> Iterator[Example]:
    """Examples for the gate and the fast scorer: all swapped slots, a ``share`` of the others."""
    for index, label in enumerate(labels.tolist()):
        if label == UNCLEAR or (label == AS_WRITTEN and rng.random() >= share):
            continue
        rows = places.candidates(index)
        weight = 1 / share if label == AS_WRITTEN else 1.0
        seen = evidence.left[rows.start : rows.stop].astype(np.float16)
        yield Example(seen, label - rows.start if label >= 0 else label, weight)


def both_examples(evidence: Looked, labels: NDArray[np.int32]) -> Iterator[Example]:
    """Examples for the calibrator: every slot that passed the gate, with the rows that did."""
    chosen = np.flatnonzero(evidence.chosen)
    for slot in np.unique(evidence.slot[chosen]):
        label = int(labels[slot])
        if label == UNCLEAR:
            continue
        own = evidence.slot[chosen] == slot
        if label >= 0:
            place = np.flatnonzero(chosen[own] == label)
            label = int(place[0]) if len(place) else SOMETHING_ELSE
        yield Example(evidence.both[own].astype(np.float16), label, 1.0)


def spun_places(table: Substitutions, spun: Spun) -> tuple[Document, Slots]:
    """The spun text as a document, and its slots."""
    document = Document("simulated", spun.text)
    return document, slots(table, document, strict=True)
