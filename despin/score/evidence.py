"""Evidence: one row of numbers for each candidate, from which the calibrator judges.

Columns are named; a calibrator stores the names it was trained on, so a change here is noticed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.propose.slots import Slots
from despin.score.collocations import BORDER, Collocations
from despin.score.form_facts import FormCounts
from despin.span import TokenKind
from despin.text.tokens import normal

FloatArray = NDArray[np.float32]

SOURCE_BITS = 8

CONTEXT_COLUMNS = (
    "weight",
    *(f"source_{bit}" for bit in range(SOURCE_BITS)),
    "frequency_gap",
    "written_frequency",
    "pair_left",
    "pair_right",
    "triple_left",
    "triple_around",
    "triple_right",
    "written_pairs",
    "written_triples",
    "candidate_in_document",
    "written_in_document",
    "function_word",
    "capitalised",
    "heading",
    "written_words",
    "candidate_words",
)
"""Evidence that needs no language model."""


@dataclass(frozen=True)
class Contexts:
    """The words around each slot.

    Attributes:
        around: int32[n, 4], collocation ids of two tokens to the left and two to the right.
        capitalised: float32[n], the words begin with a capital.
        heading: float32[n], they stand in a line without a full stop.
        known: how often each lower-case word occurs in the document.
        owned: bool[n], a possessive's ``’s`` follows them, which is no part of the slot.
    """

    around: NDArray[np.int32]
    capitalised: FloatArray
    heading: FloatArray
    known: Counter[str]
    owned: NDArray[np.bool_]


def contexts(document: Document, slots: Slots, collocations: Collocations) -> Contexts:
    """Look at the surroundings of every slot."""
    text, tokens = document.text, document.tokens
    words = [token.span.of(text) for token in tokens]
    ids = np.full(len(words) + 4, BORDER, np.int32)
    ids[2:-2] = collocations.word_ids(words)
    ends = slots.token + slots.tokens
    around = np.stack(
        [ids[slots.token], ids[slots.token + 1], ids[ends + 2], ids[ends + 3]], axis=1
    )
    _stop_at_paragraphs(document, slots, around)
    known = Counter(
        normal(word)
        for word, token in zip(words, tokens, strict=True)
        if token.kind is TokenKind.WORD
    )
    capitals = np.array([text[at].isupper() for at in slots.start], np.float32)
    behind = np.array([token.span.end for token in tokens], np.int64)
    owned = slots.end < behind[ends - 1] if len(slots) else np.zeros(0, np.bool_)
    return Contexts(around, capitals, _in_heading(document, slots), known, owned)


def context_evidence(
    slots: Slots, around: Contexts, collocations: Collocations, counts: FormCounts
) -> FloatArray:
    """float32[m, len(CONTEXT_COLUMNS)]: one row for each candidate of ``slots``."""
    counts.learn(slots.form)
    counts.learn(slots.written)
    slot = slots.slot_of
    owned = around.owned
    candidate = _fit(collocations, counts, around.around[slot], (slots.form, owned[slot]))
    written = _fit(collocations, counts, around.around, (slots.written, owned))
    gain = candidate - written[slot]
    frequency = collocations.log_frequency(counts.first[slots.written])
    occurring = counts.occurrences(around.known)
    columns = [
        slots.weight,
        *(((slots.source >> bit) & 1) for bit in range(SOURCE_BITS)),
        collocations.log_frequency(counts.first[slots.form]) - frequency[slot],
        frequency[slot],
        *gain.T,
        written[slot, 0] + written[slot, 1],
        written[slot, 2:].max(axis=1, initial=0.0) if len(slots) else written[slot, 0],
        np.log1p(occurring[slots.form]),
        np.log1p(np.maximum(occurring[slots.written] - ~owned, 0))[slot],
        slots.function_word[slot],
        around.capitalised[slot],
        around.heading[slot],
        slots.tokens[slot],
        counts.words[slots.form],
    ]
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _fit(
    collocations: Collocations,
    counts: FormCounts,
    around: NDArray[np.int32],
    words: tuple[NDArray[np.int32], NDArray[np.bool_]],
) -> FloatArray:
    """float32[rows, 5]: log counts between their neighbours.

    Args:
        collocations: where they are counted.
        counts: knows the forms.
        around: int32[rows, 4].
        words: int32[rows], numbers of forms; bool[rows], a ``’s`` follows, with which their last
            word is counted.
    """
    forms, owned = words
    first, last = counts.first[forms], counts.last[forms]
    if owned.any():
        last[owned] = counts.owned(forms[owned])
        first = np.where(owned & (counts.words[forms] == 1), last, first)
    return collocations.fit(around, first[:, None], last[:, None])[:, 0, :]


def _stop_at_paragraphs(document: Document, slots: Slots, around: NDArray[np.int32]) -> None:
    """Neighbours beyond a line break are the border of a paragraph."""
    text, tokens = document.text, document.tokens
    count = len(tokens)
    breaks = np.zeros(count + 5, np.bool_)  # breaks[i + 2]: a line break before token i
    for index in range(1, count):
        gap = text[tokens[index - 1].span.end : tokens[index].span.start]
        breaks[index + 2] = "\n" in gap
    first, behind = slots.token + 2, slots.token + slots.tokens + 2
    left = breaks[first]
    around[left, 1] = around[left, 0] = BORDER
    around[breaks[first - 1], 0] = BORDER
    right = breaks[behind]
    around[right, 2] = around[right, 3] = BORDER
    around[breaks[behind + 1], 3] = BORDER


def _in_heading(document: Document, slots: Slots) -> FloatArray:
    """Whether each slot's line ends without a sentence's final mark."""
    text = document.text
    found = np.zeros(len(slots), np.float32)
    end, value = -1, 0.0
    for index, start in enumerate(slots.start):
        if start >= end:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            begin = text.rfind("\n", 0, start) + 1
            line = text[begin:end].rstrip()
            value = float(len(line) < 150 and line[-1:] not in ".!?:;,”\"’'")
        found[index] = value
    return found
