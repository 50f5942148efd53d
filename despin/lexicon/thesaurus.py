"""The compiled thesaurus: for a spun form what may have stood there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
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
    """The originals of one spun form, the likeliest first.

    They are sorted by weight plus the log of their own frequency, as a common word is replaced more
    often.

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
        """The candidates themselves."""
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
        weights = store.log_odds(self.compiled.weights[part])
        originals, sources = self.compiled.originals[part], self.compiled.sources[part]
        return Candidates(originals, weights, sources, self.compiled.forms)

    def weight(self, spun: str, original: str) -> float | None:
        """Natural-log odds of one pair; ``None`` for a pair the thesaurus lacks."""
        found, number = self.candidates(spun), self._row(original)
        if found is None or number is None:
            return None
        at = np.flatnonzero(found.ids == number)
        return float(found.weights[at[0]]) if len(at) else None

    def _row(self, form: str) -> int | None:
        forms = self.compiled.forms
        for spelling in (form, american(form), british(form)):
            at = bisect_left(forms, spelling)
            if at < len(forms) and forms[at] == spelling:
                return at
        return None
