"""Slots: the places a scorer shall judge, with candidate wordings, as arrays.

About a hundred candidates a word make hundreds of thousands of rows a document, so rows are
numbers here, and a `Finding` is made only of what passes the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from despin.span import Span


@dataclass(frozen=True)
class Slots:
    """``n`` places and ``m`` candidates; the candidates of place ``i`` are ``first[i]:first[i+1]``.

    Attributes:
        start: int32[n], first code point of the words in question.
        end: int32[n], behind their last code point.
        token: int32[n], index of their first token in ``Document.tokens``.
        tokens: int32[n], how many tokens they are.
        function_word: bool[n], the words are function words.
        first: int32[n + 1], where each place's candidates begin.
        wording: candidates as lower-case surface forms, m of them.
        weight: float32[m], natural-log odds of the lexicon for this swap.
        source: uint8[m], `despin.lexicon.sources.Source` bits.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    token: NDArray[np.int32]
    tokens: NDArray[np.int32]
    function_word: NDArray[np.bool_]
    first: NDArray[np.int32]
    wording: list[str]
    weight: NDArray[np.float32]
    source: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.start)

    def span(self, index: int) -> Span:
        """The words of place ``index``."""
        return Span(int(self.start[index]), int(self.end[index]))

    def candidates(self, index: int) -> range:
        """Rows of the candidates of place ``index``."""
        return range(int(self.first[index]), int(self.first[index + 1]))
