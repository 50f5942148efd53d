"""Slots: the places a scorer shall judge, with candidate wordings, as arrays.

About a hundred candidates a word make hundreds of thousands of rows a document, so rows are
numbers here, and a `Finding` is made only of what passes the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        quoted: bool[n], they are someone's own, in quotation marks.
        first: int32[n + 1], where each place's candidates begin.
        written: int32[n], number of the written words in ``forms``, lower case.
        form: int32[m], number of the candidate's wording in ``forms``, lower case.
        weight: float32[m], natural-log odds of the lexicon for this swap.
        source: uint8[m], `despin.lexicon.sources.Source` bits.
        user: bool[m], the candidate comes from a lexicon the user named.
        forms: the surface forms that numbers stand for; it outlives the document.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    token: NDArray[np.int32]
    tokens: NDArray[np.int32]
    function_word: NDArray[np.bool_]
    quoted: NDArray[np.bool_]
    first: NDArray[np.int32]
    written: NDArray[np.int32]
    form: NDArray[np.int32]
    weight: NDArray[np.float32]
    source: NDArray[np.uint8]
    user: NDArray[np.bool_]
    forms: Sequence[str]

    def __len__(self) -> int:
        return len(self.start)

    def span(self, index: int) -> Span:
        """The words of place ``index``."""
        return Span(int(self.start[index]), int(self.end[index]))

    @property
    def slot_of(self) -> NDArray[np.int32]:
        """int32[m]: the place each candidate is for."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.first))

    def candidates(self, index: int) -> range:
        """Rows of the candidates of place ``index``."""
        return range(int(self.first[index]), int(self.first[index + 1]))

    def rows(self, index: int) -> NDArray[np.int_]:
        """The same as numbers to index with; empty where nothing may stand there."""
        return np.arange(self.first[index], self.first[index + 1], dtype=np.int_)

    def within(self, span: Span) -> Slots:
        """Only the places that lie inside ``span``."""
        return self.only(np.flatnonzero((self.start >= span.start) & (self.end <= span.end)))

    def only(self, keep: NDArray[np.int_]) -> Slots:
        """The places with these numbers, ascending."""
        wanted = np.zeros(len(self), np.bool_)
        wanted[keep] = True
        return self.among(keep, wanted[self.slot_of])

    def among(self, keep: NDArray[np.int_], candidates: NDArray[np.bool_]) -> Slots:
        """The places ``keep``, ascending, with those of their candidates that are marked.

        Args:
            keep: int[…], numbers of places.
            candidates: bool[m]; none is marked of other places.
        """
        rows = np.flatnonzero(candidates)
        sizes = np.bincount(self.slot_of[rows], minlength=len(self))[keep]
        first = np.zeros(len(keep) + 1, np.int32)
        np.cumsum(sizes, out=first[1:])
        return Slots(
            start=self.start[keep],
            end=self.end[keep],
            token=self.token[keep],
            tokens=self.tokens[keep],
            function_word=self.function_word[keep],
            quoted=self.quoted[keep],
            first=first,
            written=self.written[keep],
            form=self.form[rows],
            weight=self.weight[rows],
            source=self.source[rows],
            user=self.user[rows],
            forms=self.forms,
        )


def touched(
    spans: Sequence[Span], start: NDArray[np.int32], end: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """bool[n]: which places share text with one of ``spans``, disjoint and in order."""
    begins = np.array([span.start for span in spans], np.int64)
    ends = np.array([span.end for span in spans], np.int64)
    before = np.searchsorted(begins, end, side="left")  # those that begin before a place's end
    gone = np.searchsorted(ends, start, side="right")  # those that end before its start
    return np.asarray(before > gone)
