"""Build the compiled thesaurus from its sources.

Everything is ordered and seeded: the same inputs give the same bytes on the same machine.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from despin.lexicon import evidence as corpus
from despin.lexicon import store
from despin.lexicon.collect import Collected, Inputs, collect
from despin.lexicon.frequencies import Frequencies
from despin.lexicon.relations import Ints, Relation, source_bits
from despin.lexicon.sources import Source
from despin.lexicon.vectors import Vectors
from despin.lexicon.weigh import Evidence, Fit, Floats, attested_odds, fit

MOST_PAIRS = 2_300_000
MOST_ORIGINALS = 450
"""Originals kept of one spun form."""

PHRASE_PENALTY = 1.5
"""Taken from the log-odds where a side has several words: the fit has seen single words only."""


def build(inputs: Inputs, frequencies: Frequencies, out_dir: Path) -> dict[str, object]:
    """Build the thesaurus and write it to ``out_dir``.

    Returns:
        Facts about it: pairs, forms, pairs by source, AUC of the weights on held-out originals.
    """
    collected = collect(inputs, frequencies)
    vectors = Vectors.load(inputs.vectors) if inputs.vectors else None
    if vectors:
        collected = corpus.with_neighbours(collected, vectors)
    if inputs.spintax:
        collected = corpus.with_spintax(collected, inputs.spintax)
    collected = corpus.without_nonsense(collected, frequencies)
    evidence = corpus.gather(collected, frequencies, vectors)
    found = _fitted(collected, evidence)
    weights = _weights(collected, evidence, found)
    rank = weights + evidence.original_frequency
    kept = _kept(collected, rank)
    names = list(collected.forms.ids)
    sources = source_bits(collected.relations)
    sources[evidence.phrase > 0] |= int(Source.PHRASE)
    pairs = store.Pairs(
        collected.spun[kept], collected.originals[kept], weights[kept], rank[kept], sources[kept]
    )
    compiled = store.compile_pairs(names, pairs)
    facts = _facts(compiled, found)
    store.write(compiled, out_dir, facts)
    return facts | {"candidate pairs before pruning": len(weights)}


def _fitted(collected: Collected, evidence: Evidence) -> Fit:
    """The regression on single words whose original has at least one attested spun word."""
    tortured = (collected.relations & int(Relation.TORTURED)) != 0
    elsewhere = (collected.relations & ~int(Relation.TORTURED | Relation.CURATED)) != 0
    single = evidence.phrase == 0
    originals = np.unique(collected.originals[tortured & elsewhere & single])
    rows = np.flatnonzero(np.isin(collected.originals, originals) & elsewhere & single)
    names = list(collected.forms.ids)
    original_names = [names[number] for number in collected.originals[rows].tolist()]
    return fit(evidence.at(rows), tortured[rows], original_names)


def _weights(collected: Collected, evidence: Evidence, found: Fit) -> Floats:
    """Natural-log odds of every pair; what spinners did and what people wrote outrank the fit."""
    parts = np.array_split(np.arange(len(collected.spun)), len(collected.spun) // 500_000 + 1)
    weights = np.concatenate([evidence.features(rows) @ found.coefficients for rows in parts])
    weights -= PHRASE_PENALTY * evidence.phrase
    with np.errstate(divide="ignore"):
        attested = np.log(attested_odds(collected.attested, collected.originals))
        curated = np.log(collected.odds)
    best: Floats = np.maximum(np.maximum(weights, attested), curated)
    return best


def _kept(collected: Collected, rank: Floats) -> Ints:
    """Rows of the pairs worth storing: the best of each spun form, and the best of those.

    Args:
        collected: all pairs.
        rank: log-odds that the pair is written, times how often the original is: how often the
            pair is met at all, on a natural-log scale, shape (pairs,).
    """
    certain = int(Relation.TORTURED | Relation.CURATED)
    rank = np.where((collected.relations & certain) != 0, np.inf, rank)
    order = np.lexsort((-rank, collected.spun))
    spun = collected.spun[order]
    starts = np.flatnonzero(np.concatenate(([True], spun[1:] != spun[:-1])))
    place = np.arange(len(spun)) - np.repeat(starts, np.diff(np.append(starts, len(spun))))
    near = order[place < MOST_ORIGINALS]
    best = near[np.argsort(-rank[near], kind="stable")[:MOST_PAIRS]]
    rows: npt.NDArray[np.int64] = np.sort(best)
    return rows


def _facts(compiled: store.Compiled, found: Fit) -> dict[str, object]:
    return {
        "auc": round(found.auc, 4),
        "held_out_pairs": found.held_out,
        "learnt_pairs": found.positives,
        **store.counted(compiled),
    }
