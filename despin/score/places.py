"""Where the words in question lie among a text's pieces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots
from despin.score.pieces import Encoded, IntArray


@dataclass(frozen=True)
class Places:
    """Where the slots of a document lie among its pieces.

    Attributes:
        first: int32[n], number of the piece the words start with; -1 where the words do not begin
            and end with a piece.
        behind: int32[n], number of the piece after the words.
        space: bool[n], the first piece begins with the space before the words.
    """

    first: IntArray
    behind: IntArray
    space: NDArray[np.bool_]


def places(encoded: Encoded, slots: Slots, text: str) -> Places:
    """Find the pieces of every slot."""
    first = first_pieces(encoded, slots.start, text)
    behind = np.searchsorted(encoded.ends, slots.end, side="left").astype(np.int32) + 1
    last = np.minimum(behind - 1, len(encoded.ends) - 1)
    begins = encoded.starts[np.minimum(first, len(encoded.starts) - 1)]
    gap = slots.start - begins
    space = np.array(
        [g == 1 and text[b] == " " for g, b in zip(gap, begins, strict=True)], np.bool_
    )
    fits = (encoded.ends[last] == slots.end) & ((gap == 0) | space)
    return Places(np.where(fits, first, -1).astype(np.int32), behind, space)


def first_pieces(encoded: Encoded, starts: IntArray, text: str) -> IntArray:
    """int32[n]: the pieces with which the words begin that start at ``starts`` in ``text``.

    Digits are pieces of their own, and so is the space before them: it belongs to a number as the
    space does in " dog", or no word could stand in its place.
    """
    first = np.searchsorted(encoded.ends, starts, side="right").astype(np.int32)
    before = np.maximum(first - 1, 0)
    alone = (encoded.starts[before] == starts - 1) & (encoded.ends[before] == starts)
    digits = [text[max(0, at - 1) : at] == " " and text[at].isdigit() for at in starts.tolist()]
    return np.where((first > 0) & alone & np.array(digits, np.bool_), before, first)
