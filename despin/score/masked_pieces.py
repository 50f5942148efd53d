"""A masked language model's word pieces: the windows around a wording, cut and found in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from despin.edit import Edit
from despin.score.model_files import ModelError
from despin.score.pieces import SURROGATES, IntArray
from despin.span import Span

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

SIDE = 64
"""Pieces of the text on each side of a wording; fewer where the model takes less."""
REACH = 400
"""Code points on each side that are cut into pieces at all."""
MOST = 16
"""Pieces of the longest wording that is looked at."""
FEW = 512
"""Pieces that a model takes where its settings don't say; no more are needed."""
_PADDING = 2
"""RoBERTa's kind counts its positions from 2, and says how many there are in all."""

NONE: IntArray = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Window:
    """A wording between its neighbours, int32 each; no wording where it cannot be looked at."""

    before: IntArray
    wording: IntArray
    after: IntArray


@dataclass(frozen=True)
class MaskedPieces:
    """The tokenizer of a masked model.

    Attributes:
        tokenizer: cuts text; marks of its own in a text are read as text.
        mask: the number that stands for a hidden piece.
        head: int32, pieces before every text (``[CLS]``).
        tail: int32, pieces behind it (``[SEP]``).
        side: pieces of context on each side.
    """

    tokenizer: Tokenizer
    mask: int
    head: IntArray
    tail: IntArray
    side: int

    @staticmethod
    def of(tokenizer: Tokenizer, mask: int | None, longest: int, name: str) -> MaskedPieces:
        """Set a tokenizer up.

        Args:
            tokenizer: as it was saved; truncation and padding are turned off.
            mask: the mask's number; ``None`` where the model has none.
            longest: most pieces the model takes.
            name: the model's, for messages.

        Raises:
            ModelError: no mask, or no room for a context.
        """
        if mask is None:
            raise ModelError(f"{name} has no mask piece: it is no masked language model")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True
        plain = tokenizer.encode("a")
        ids = np.asarray(plain.ids, np.int32)
        own = np.flatnonzero(np.asarray(plain.special_tokens_mask) == 0)
        first, behind = (int(own[0]), int(own[-1]) + 1) if len(own) else (0, 0)
        head, tail = ids[:first], ids[behind:]
        side = min(SIDE, (longest - MOST - len(head) - len(tail)) // 2)
        if side < 1:
            raise ModelError(f"{name} reads {longest} pieces at most, too few for a sentence")
        return MaskedPieces(tokenizer, mask, head, tail, side)

    def windows(
        self, text: str, edits: Sequence[Edit]
    ) -> tuple[list[Window], list[tuple[int, int]]]:
        """The distinct windows, and for each edit which is as written and which has its wording."""
        places: dict[tuple[Span, str], int] = {}
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        for edit in edits:
            before, after = _around(text, edit.span)
            for wording in (edit.before, edit.after):
                if places.setdefault((edit.span, wording), len(texts)) == len(texts):
                    texts.append(SURROGATES.sub("\ufffd", before + wording + after))
                    spans.append((len(before), len(before) + len(wording)))
        cut = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        found = [self._window(one, *span) for one, span in zip(cut, spans, strict=True)]
        return found, [(places[e.span, e.before], places[e.span, e.after]) for e in edits]

    def _window(self, cut: Encoding, start: int, end: int) -> Window:
        """The pieces that reach into code points ``start`` to ``end``, and those around them."""
        ids = np.asarray(cut.ids, np.int32)
        offsets: NDArray[np.int32] = np.asarray(cut.offsets, np.int32).reshape(-1, 2)
        inside = np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end))
        if not 0 < len(inside) <= MOST:
            return Window(NONE, NONE, NONE)
        first, behind = int(inside[0]), int(inside[-1]) + 1
        before = ids[max(0, first - self.side) : first]
        return Window(before, ids[first:behind], ids[behind : behind + self.side])


def longest(positions: object) -> int:
    """Most pieces that a model is given.

    Args:
        positions: what its settings call ``max_position_embeddings``; it may be missing or wrong.
    """
    if not isinstance(positions, int) or positions <= _PADDING:
        return FEW
    return min(FEW, positions - _PADDING)


def _around(text: str, span: Span) -> tuple[str, str]:
    """The text before and behind a place as far as `REACH`, cut where a word ends."""
    start, end = max(0, span.start - REACH), span.end + REACH
    before, after = text[start : span.start], text[span.end : end]
    if start > 0:
        before = before[_first_gap(before) :]
    if end < len(text):
        after = after[: len(after) - _first_gap(after[::-1])]
    return before, after


def _first_gap(text: str) -> int:
    """Where the first white space is; 0 without any, since nothing can be cut then."""
    return next((place for place, char in enumerate(text) if char.isspace()), 0)
