"""Word pieces: text to the numbers the language model reads, with their place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

IntArray = NDArray[np.int32]

SURROGATES = re.compile("[\ud800-\udfff]")
"""Code points that no encoding has; the tokenizer would refuse the text."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The pieces of a text; all arrays have one entry a piece.

    A piece's leading space belongs to it: " dog" starts at the space. Where a character is split
    over several pieces, each of them has the whole character's span, so spans may repeat but
    never go backwards.
    """

    ids: IntArray
    starts: IntArray
    """Code point of the text at which each piece starts."""
    ends: IntArray
    """Code point after each piece."""


class Pieces:
    """The model's tokenizer. No piece is added in front or behind; mark-up is plain text."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Reads a saved tokenizer."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def encode(self, text: str) -> Encoded:
        """The pieces of `text`, each with its span in code points."""
        found = self._tokenizer.encode(SURROGATES.sub("\ufffd", text), add_special_tokens=False)
        spans = np.asarray(found.offsets, dtype=np.int32).reshape(-1, 2)
        return Encoded(
            np.asarray(found.ids, dtype=np.int32), spans[:, 0].copy(), spans[:, 1].copy()
        )

    def encode_ids(self, texts: list[str]) -> list[IntArray]:
        """The pieces of many short texts, without spans."""
        found = self._tokenizer.encode_batch_fast(
            [SURROGATES.sub("\ufffd", text) for text in texts], add_special_tokens=False
        )
        return [np.asarray(one.ids, dtype=np.int32) for one in found]
