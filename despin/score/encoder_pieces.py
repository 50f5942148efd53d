"""The encoder's word pieces: of texts with their slots, and of wordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots
from despin.score.encoder_files import TOKENIZER
from despin.score.pieces import SURROGATES, IntArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_FORM = 8
"""Pieces of a wording that count."""


def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder, which neither cuts nor fills texts up."""
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def marks(tokenizer: Tokenizer) -> tuple[int, int]:
    """The pieces that a window begins and ends with, of an MPNet or of a BERT."""
    opening, closing = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    if opening is None or closing is None:
        opening, closing = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    return opening or 0, closing or 0


def wording_pieces(tokenizer: Tokenizer, wordings: Sequence[str]) -> list[IntArray]:
    """int32 piece ids of each wording, at least one and at most `LONGEST_FORM`."""
    unknown = tokenizer.token_to_id("[UNK]") or 0
    found = tokenizer.encode_batch(list(wordings), add_special_tokens=False)
    return [np.array(encoded.ids[:LONGEST_FORM] or [unknown], np.int32) for encoded in found]


@dataclass(frozen=True)
class SlotPieces:
    """A text's pieces, and which of them each of n slots begins and ends with.

    Attributes:
        ids: int32[P].
        first: int[n].
        last: int[n].
        fits: bool[n], the slot holds pieces of its own.
    """

    ids: IntArray
    first: NDArray[np.int_]
    last: NDArray[np.int_]
    fits: NDArray[np.bool_]


def slot_pieces(tokenizer: Tokenizer, text: str, slots: Slots) -> SlotPieces:
    """Cut a text into pieces and find its slots."""
    encoded = tokenizer.encode(SURROGATES.sub("\ufffd", text), add_special_tokens=False)
    ids = np.array(encoded.ids, np.int32)
    starts = np.array([start for start, _ in encoded.offsets], np.int32)
    first = np.searchsorted(starts, slots.start, side="left")
    last = np.searchsorted(starts, slots.end, side="left") - 1
    return SlotPieces(ids, first, last, (last >= first) & (first < len(ids)))
