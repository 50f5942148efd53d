"""The compiled thesaurus: for a spun form what may have stood there, and the other way round."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from despin.lexicon import store
from despin.lexicon.location import COMPILED, packaged
from despin.lexicon.spelling import american, british


@dataclass(frozen=True)
class Candidates:
    """What goes with one form, the likeliest first.

    Originals of a spun form are sorted by weight plus the log of their own frequency, as a common
    word is replaced more often; spun forms of an original by weight alone.

    Attributes:
        ids: index of each candidate in the thesaurus's forms, shape (n,).
        weights: natural-log odds that a spinner who swaps the original writes the spun form,
            float32, shape (n,).
        sources: `despin.lexicon.sources.Source` bits, uint8, shape (n,).
    """

    ids: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]
    sources: npt.NDArray[np.uint8]
    _all_forms: Sequence[str]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def forms(self) -> list[str]:
        """The candidates themselves: originals of a spun form, or spun forms of an original."""
        return [self._all_forms[number] for number in self.ids.tolist()]


@dataclass(frozen=True)
class Thesaurus:
    """Pairs of surface forms; lower case, a phrase's words parted by one space."""

    compiled: store.Compiled

    @classmethod
    def load(cls, folder: Path | None = None) -> Thesaurus:
        """Map a compiled thesaurus into memory; without ``folder`` the packaged one.

        Raises:
            FileNotFoundError: the folder does not hold one.
        """
        return cls(store.read(packaged() / COMPILED if folder is None else folder))

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.compiled.originals)

    def candidates(self, spun: str) -> Candidates | None:
        """The originals that ``spun`` may stand for; ``None`` for a form that is no swap.

        A spelling the thesaurus lacks is looked up in the other variety.
        """
        row = self._row(spun)
        if row is None:
            return None
        part = slice(int(self.compiled.rows[row]), int(self.compiled.rows[row + 1]))
        if part.start == part.stop:
            return None
        return self._candidates(self.compiled.originals[part], part)

    def spins(self, original: str) -> Candidates | None:
        """The spun forms that may be written for ``original``; ``None`` where there are none."""
        row = self._row(original)
        if row is None:
            return None
        starts, order, spun = self._forward
        at = order[starts[row] : starts[row + 1]]
        return self._candidates(spun[at], at) if len(at) else None

    def weight(self, spun: str, original: str) -> float | None:
        """Natural-log odds of one pair; ``None`` for a pair the thesaurus lacks."""
        found, number = self.candidates(spun), self._row(original)
        if found is None or number is None:
            return None
        at = np.flatnonzero(found.ids == number)
        return float(found.weights[at[0]]) if len(at) else None

    @cached_property
    def longest(self) -> int:
        """Words of the longest spun phrase."""
        return max((form.count(" ") + 1 for form in self._phrases), default=1)

    def phrases(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Spun phrases of two words and more in a run of lower-case words.

        Yields:
            First word, word after the last, and the form, for every match, overlapping ones too,
            in the order of the first words, short before long.
        """
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                form = " ".join(words[start : start + length])
                if start + length <= len(words) and form in self._phrases:
                    yield start, start + length, form

    def _candidates(
        self, ids: npt.NDArray[np.uint32], at: slice | npt.NDArray[np.uint32]
    ) -> Candidates:
        weights = store.log_odds(self.compiled.weights[at])
        return Candidates(ids, weights, self.compiled.sources[at], self.compiled.forms)

    def _row(self, form: str) -> int | None:
        forms = self.compiled.forms
        for spelling in (form, american(form), british(form)):
            at = bisect_left(forms, spelling)
            if at < len(forms) and forms[at] == spelling:
                return at
        return None

    @cached_property
    def _forward(
        self,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """Row starts by original, pair numbers in that order, and the spun form of each pair."""
        compiled = self.compiled
        starts = compiled.rows.astype(np.int64)
        counts = starts[1:] - starts[:-1]
        spun = np.repeat(np.arange(len(compiled.forms), dtype=np.uint32), counts)
        keys = compiled.originals.astype(np.int64) * 256 + (255 - compiled.weights)
        order = np.argsort(keys, kind="stable").astype(np.uint32)
        sizes = np.bincount(compiled.originals, minlength=len(compiled.forms))
        return np.concatenate([[0], np.cumsum(sizes)]), order, spun

    @cached_property
    def _phrases(self) -> frozenset[str]:
        rows = self.compiled.rows.tolist()
        return frozenset(
            form
            for number, form in enumerate(self.compiled.forms)
            if " " in form and rows[number] < rows[number + 1]
        )

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """Lengths of the spun phrases that begin with a word."""
        lengths: dict[str, set[int]] = {}
        for form in self._phrases:
            words = form.split(" ")
            lengths.setdefault(words[0], set()).add(len(words))
        return {word: tuple(sorted(found)) for word, found in lengths.items()}
