"""What scorers need to know of surface forms, looked up once for each form and kept.

A process reads many documents, and most candidates come again and again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from despin.score.collocations import Collocations
from despin.score.pieces import IntArray, Pieces


class FormCounts:
    """Collocation ids of forms: their first and their last word."""

    def __init__(self, forms: Sequence[str], collocations: Collocations) -> None:
        self._forms = forms
        self._collocations = collocations
        self._known = np.zeros(len(forms), np.bool_)
        self.first = np.zeros(len(forms), np.int32)
        self.last = np.zeros(len(forms), np.int32)
        self.words = np.zeros(len(forms), np.int32)
        self._numbers: dict[str, int] = {}

    def occurrences(self, known: Mapping[str, int]) -> NDArray[np.int32]:
        """int32[forms]: how often each form that was learnt occurs, given the words of a text."""
        counted = np.zeros(len(self._forms), np.int32)
        for word, count in known.items():
            if (number := self._numbers.get(word)) is not None:
                counted[number] = count
        return counted

    def owned(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """int32[len(numbers)]: ids of the forms' last words with a possessive's ending."""
        last = [self._forms[number].rpartition(" ")[2] for number in numbers]
        return np.asarray(self._collocations.word_ids([f"{word}'s" for word in last]), np.int32)

    def learn(self, numbers: NDArray[np.int32]) -> None:
        """Make the arrays' entries at ``numbers`` valid."""
        new = np.unique(numbers[~self._known[numbers]])
        split = [self._forms[number].split(" ") for number in new]
        self.first[new] = self._collocations.word_ids([words[0] for words in split])
        self.last[new] = self._collocations.word_ids([words[-1] for words in split])
        self.words[new] = [len(words) for words in split]
        self._numbers.update((self._forms[number], number) for number in new.tolist())
        self._known[new] = True


class FormPieces:
    """Word pieces of forms as they stand behind a space, in lower case."""

    def __init__(self, forms: Sequence[str], pieces: Pieces) -> None:
        self._forms = forms
        self._pieces = pieces
        self._known = np.zeros(len(forms), np.bool_)
        self._all: dict[int, IntArray] = {}
        self.first = np.zeros(len(forms), np.int32)
        self.count = np.zeros(len(forms), np.int32)

    def learn(self, numbers: NDArray[np.int32]) -> None:
        """Make the arrays' entries at ``numbers`` valid."""
        new = np.unique(numbers[~self._known[numbers]])
        if not len(new):
            return
        found = self._pieces.encode_ids([" " + self._forms[number] for number in new])
        self._all.update(zip(new.tolist(), found, strict=True))
        self.first[new] = [ids[0] for ids in found]
        self.count[new] = [len(ids) for ids in found]
        self._known[new] = True

    def of(self, number: int) -> IntArray:
        """All pieces of a form that was learnt."""
        return self._all[number]
