"""A spinner's manner: what the likely swaps of one document have in common.

A spinner has one dictionary, one taste and one carelessness all through an article: where ten swaps
come from the Moby Thesaurus and none is of a function word, an eleventh that WordNet alone knows is
less likely. So a first judge says what is likely at each place, and for every candidate it is asked
how the *other* likely swaps of the document are compared with swaps in general: naive Bayes, trait
by trait, as the evidence of a second judge (`despin.score.calibrator`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from despin.score.evidence import SOURCE_BITS
from despin.score.judge import FloatArray

Sums = NDArray[np.float64]


class _Flag(NamedTuple):
    """A trait that a candidate has or has not: its column is above a bar."""

    column: str
    bar: float


_SOURCES = tuple(_Flag(f"source_{bit}", 0.5) for bit in range(SOURCE_BITS))
_FLAGS = (
    *_SOURCES,
    _Flag("function_word", 0.5),
    _Flag("capitalised", 0.5),
    _Flag("heading", 0.5),
    _Flag("written_words", 1.5),
    _Flag("candidate_words", 1.5),
)
_MEASURES = ("frequency_gap", "both_gain", "encoder_gain", "written_frequency", "weight")
"""Traits in numbers: taste for common or rare words, and how absurd the swaps are."""

MANNER_COLUMNS = (
    "manner_source",
    *(f"manner_{flag.column}" for flag in _FLAGS[SOURCE_BITS:]),
    *(f"manner_{measure}" for measure in _MEASURES),
)
"""For each trait, the log of how much likelier it is among the document's other likely swaps than
among swaps in general; the lexicon's sources are one trait together."""

PSEUDO_SWAPS = 8.0
"""So many swaps in general are added to those of a document, which decide where it has few."""
_LEAST_RATE = 1e-3
_LEAST_VARIANCE = 0.05


@dataclass(frozen=True)
class Traits:
    """What is said of m candidates.

    Attributes:
        flags: float64[m, F], 0 or 1.
        measures: float64[m, M].
    """

    flags: Sums
    measures: Sums

    @staticmethod
    def of(evidence: FloatArray, columns: tuple[str, ...]) -> Traits:
        """Those that stand in evidence of the named ``columns``."""
        at = [columns.index(flag.column) for flag in _FLAGS]
        bars = np.array([flag.bar for flag in _FLAGS])
        measured = [columns.index(measure) for measure in _MEASURES]
        flags = (evidence[:, at] > bars).astype(np.float64)
        return Traits(flags, evidence[:, measured].astype(np.float64))


@dataclass(frozen=True)
class Manner:
    """Sums over likely swaps, each weighed by its probability.

    For a document the arrays have one axis, for each of its slots a first one more.

    Attributes:
        swaps: float64[...], how many there are.
        flags: float64[..., F].
        measures: float64[..., M].
        squares: float64[..., M], of the measures' squares.
    """

    swaps: Sums
    flags: Sums
    measures: Sums
    squares: Sums

    @staticmethod
    def by_slot(traits: Traits, candidate: FloatArray, slot: NDArray[np.int32], n: int) -> Manner:
        """Of each slot by itself.

        Args:
            traits: of m candidates.
            candidate: float32[m], their probabilities.
            slot: int32[m], ascending.
            n: number of slots.
        """
        own = candidate.astype(np.float64)[:, None]
        parts = (own, own * traits.flags, own * traits.measures, own * traits.measures**2)
        sums = [_summed(part, slot, n) for part in parts]
        return Manner(sums[0][:, 0], *sums[1:])

    def total(self) -> Manner:
        """Of all slots together."""
        return Manner(*(np.asarray(part.sum(axis=0)) for part in self._parts))

    def gathered(self, group: NDArray[np.integer], n: int) -> Manner:
        """Of ``n`` groups of slots, say the documents.

        Args:
            group: int[slots], the number of each slot's.
            n: number of groups.
        """
        swaps = _summed(self.swaps[:, None], group, n)[:, 0]
        return Manner(swaps, *(_summed(part, group, n) for part in self._parts[1:]))

    def of(self, group: NDArray[np.integer]) -> Manner:
        """For each slot, that of its group; see `gathered`."""
        return Manner(*(part[group] for part in self._parts))

    def at_most(self, swaps: float) -> Manner:
        """The same, none with the weight of more than so many swaps."""
        factor = np.minimum(1.0, swaps / np.maximum(self.swaps, 1e-9))
        return Manner(self.swaps * factor, *(part * factor[:, None] for part in self._parts[1:]))

    def without(self, others: Manner) -> Manner:
        """This one less ``others``."""
        pairs = zip(self._parts, others._parts, strict=True)
        return Manner(*(mine - theirs for mine, theirs in pairs))

    @property
    def _parts(self) -> tuple[Sums, Sums, Sums, Sums]:
        return self.swaps, self.flags, self.measures, self.squares


def _summed(rows: Sums, slot: NDArray[np.integer], n: int) -> Sums:
    return np.stack([np.bincount(slot, column, minlength=n) for column in rows.T], axis=1)


@dataclass(frozen=True)
class Usual:
    """The manner of swaps in general.

    Attributes:
        rates: float64[F], share of the swaps that have each flag.
        means: float64[M], of the measures.
        variances: float64[M].
    """

    rates: Sums
    means: Sums
    variances: Sums

    @staticmethod
    def of(manner: Manner) -> Usual:
        """That of many documents' swaps."""
        swaps = max(float(manner.swaps), 1e-9)
        means = manner.measures / swaps
        variances = np.maximum(manner.squares / swaps - means**2, _LEAST_VARIANCE)
        return Usual(_possible(manner.flags / swaps), means, variances)

    def evidence(self, traits: Traits, others: Manner, slot: NDArray[np.int32]) -> FloatArray:
        """float32[m, len(MANNER_COLUMNS)]: how each candidate fits its document's manner.

        Args:
            traits: of m candidates.
            others: for each slot, the manner of the document's other swaps.
            slot: int32[m], the slot of each candidate.
        """
        weight = (np.maximum(others.swaps, 0.0) + PSEUDO_SWAPS)[:, None]
        rates = _possible((others.flags + PSEUDO_SWAPS * self.rates) / weight)
        means = (others.measures + PSEUDO_SWAPS * self.means) / weight
        has, lacks = np.log(rates / self.rates)[slot], np.log((1 - rates) / (1 - self.rates))[slot]
        flags = np.where(traits.flags > 0, has, lacks)
        usual = (traits.measures - self.means) ** 2
        here = (traits.measures - means[slot]) ** 2
        measures = (usual - here) / (2 * self.variances)
        sources = flags[:, :SOURCE_BITS].sum(axis=1, keepdims=True)
        found = np.concatenate([sources, flags[:, SOURCE_BITS:], measures], axis=1)
        return found.astype(np.float32)


def _possible(rates: Sums) -> Sums:
    return np.clip(rates, _LEAST_RATE, 1 - _LEAST_RATE)
