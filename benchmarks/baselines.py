"""Baselines: other ways to judge the very places and candidates that despin judges.

Each gives `Scores`, which then go despin's way to findings (`Replay`). A baseline has one bar, in
its own unit, that becomes confidence .5; what lies above it is a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.back_off import log_odds
from benchmarks.ngrams import Ngrams
from despin.document import Document
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scorer, Scores
from despin.score.collocations import Collocations
from despin.score.evidence import contexts
from despin.score.form_facts import FormCounts
from despin.score.judge import FloatArray, rank_in_slot
from despin.score.language_model import Evidence, LanguageModelScorer
from despin.score.prior import by_slot, shifted

BARS = {
    "lexicon": -1.0,
    "frequency": float(np.log(30.0)),
    "collocations": 4.0,
    "n-grams": 4.0,
    "model": 4.0,
}
"""Log-odds of the lexicon; candidate thirty times as frequent; nats three times."""
KEPT = 5
"""Candidates kept of each place."""


@dataclass(frozen=True)
class Seen:
    """What was judged in one go: a document, or a section of a long one."""

    document: Document
    places: Slots
    scores: Scores
    evidence: Evidence | None
    first: Scores | None
    """Before anything was judged again with repairs made."""


class Tap:
    """A scorer that keeps all that it judged."""

    notes: tuple[str, ...] = ()

    def __init__(self, inner: Scorer) -> None:
        self.name, self.model = inner.name, inner.model
        self.seen: list[Seen] = []
        self._inner = inner
        self._evidence: Evidence | None = None
        if isinstance(inner, LanguageModelScorer):
            inner._observer = self._see

    def _see(self, slots: Slots, evidence: Evidence) -> None:  # noqa: ARG002 - an `Observer`
        self._evidence = evidence

    def score(self, document: Document, slots: Slots, prior: Prior | None = None) -> Scores:
        """The inner scorer's scores."""
        self._evidence = None
        scores = self._inner.score(document, slots, prior)
        self.seen.append(
            Seen(document, slots, scores, self._evidence, self._first(document, prior))
        )
        return scores

    def _first(self, document: Document, prior: Prior | None) -> Scores | None:
        if not isinstance(self._inner, LanguageModelScorer) or self._evidence is None:
            return None
        return self._inner._judge(document, self._evidence, prior)

    def trained_prior(self, table: Substitutions) -> float:
        """The prior that the inner judge was trained on: what it says of nothing."""
        nothing = Document("-", "")
        return self._inner.score(nothing, slots(table, nothing)).prior.text


class Replay:
    """A scorer that says what it is given, in the order in which it is asked."""

    model: str | None = None
    notes: tuple[str, ...] = ()

    def __init__(self, name: str, scores: Sequence[Scores]) -> None:
        self.name = name
        self._scores = iter(scores)

    def score(self, document: Document, slots: Slots, prior: Prior | None = None) -> Scores:  # noqa: ARG002
        """The next of the given scores; the places must be those they were made for."""
        scores = next(self._scores)
        assert len(slots) == len(scores.spun)
        return scores


def without_prior(scores: Scores, places: Slots, trained: float) -> Scores:
    """The scores under the prior the judge was trained on instead of the document's own."""
    own = by_slot(scores.prior, trained, places.quoted, places.function_word)
    spun = shifted(scores.spun, own, trained)
    moved = (spun / np.maximum(scores.spun, np.float32(1e-9)))[places.slot_of]
    candidate = (scores.candidate * moved).astype(np.float32)
    return Scores(spun, candidate, scores.odds, scores.share, Prior.same(trained))


@dataclass
class Baselines:
    """All baselines for one lexicon; `of` one document."""

    collocations: Collocations
    ngrams: Ngrams | None = None
    _counts: FormCounts | None = None

    def of(self, seen: Seen) -> dict[str, Scores]:
        """Baseline to scores; the language model alone only where there is its evidence."""
        document, places, evidence = seen.document, seen.places, seen.evidence
        counts = self._facts(places)
        slot = places.slot_of
        log_frequency = self.collocations.log_frequency
        gap = log_frequency(counts.first[places.form]) - log_frequency(
            counts.first[places.written[slot]]
        )
        gains = {
            "lexicon": places.weight,
            "frequency": np.where(counts.words[places.form] > 1, np.nan, gap),
            "collocations": self._collocations(document, places, counts),
        }
        if self.ngrams is not None:
            gains["n-grams"] = self.ngrams.gains(document, places)
        if evidence is not None:
            gains["model"] = np.full(len(slot), np.nan, np.float32)
            both = evidence.both[:, evidence.columns.both.index("both_gain")]
            gains["model"][evidence.chosen] = both
        return {name: ranked(places, gain, BARS[name]) for name, gain in gains.items()}

    def _facts(self, places: Slots) -> FormCounts:
        if self._counts is None:
            self._counts = FormCounts(places.forms, self.collocations)
        self._counts.learn(places.form)
        self._counts.learn(places.written)
        return self._counts

    def _collocations(self, document: Document, places: Slots, counts: FormCounts) -> FloatArray:
        """float32[m]: log-odds from counts alone; NaN where either side has several words."""
        slot = places.slot_of
        around = contexts(document, places, self.collocations).around
        written, candidates = counts.first[places.written[slot]], counts.first[places.form]
        odds = log_odds(self.collocations, around[slot], written, candidates[:, None])[:, 0]
        several = (counts.words[places.form] > 1) | (places.tokens[slot] > 1)
        return np.where(several, np.float32(np.nan), odds).astype(np.float32)


def ranked(places: Slots, gain: NDArray[np.floating], bar: float) -> Scores:
    """Scores with confidence .5 at the bar; the `KEPT` best candidates of each place."""
    gain = np.where(np.isnan(gain), -np.inf, gain).astype(np.float32)
    slot = places.slot_of
    best = np.full(len(places), -np.inf, np.float32)
    np.maximum.at(best, slot, gain)
    kept = (rank_in_slot(gain, slot) < KEPT) & np.isfinite(gain)
    with np.errstate(over="ignore"):
        spun = 1 / (1 + np.exp(bar - best))
        candidate = np.where(kept, 1 / (1 + np.exp(bar - gain)), 0.0)
    odds = np.where(kept, gain, np.float32(np.nan)).astype(np.float32)
    return Scores(spun.astype(np.float32), candidate.astype(np.float32), odds, 0.0, Prior.same(0.0))
