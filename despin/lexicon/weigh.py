"""How likely a spinner writes one word for another: a logistic regression, fitted at build time.

Positives are the word pairs of tortured phrases that some other source knows too, negatives other
known spun words for the same originals. What comes out ranks pairs; as most possible pairs are
never written, the odds are those within the thesaurus, not those of any two words.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from despin.lexicon.relations import Ints, Relation

Floats = npt.NDArray[np.float64]

_EVIDENCE = [r for r in Relation if r not in (Relation.TORTURED, Relation.CURATED)]
HELD_OUT_OF = 5
"""One original in five, by a hash of its letters, is kept from the fit to measure it."""


def attested_odds(phrases: Floats, originals: Ints) -> Floats:
    """Odds of pairs that spinners wrote, from the phrases that each was found in; 0 for none.

    Found in n phrases a pair has odds of n/e, but no better than n to the phrases in which its
    original became another word: "information" stands for "data" in dozens of phrases, and "data"
    became something else in dozens more. A single phrase is worth 1/e whatever else there is.

    Args:
        phrases: how many attest each pair, shape (n,).
        originals: number of each pair's original, shape (n,).
    """
    others = np.bincount(originals, phrases)[originals] - phrases
    odds = np.minimum(phrases / np.e, phrases / (others + 1))
    return np.where(phrases > 0, np.maximum(odds, 1 / np.e), 0.0)


@dataclass(frozen=True)
class Evidence:
    """What is known about each of n surface pairs.

    Attributes:
        relations: `Relation` bits, shape (n,).
        similarity: cosine of the word vectors, 0 where either has none, shape (n,).
        spun_frequency: natural log of occurrences per million of the spun form, shape (n,).
        original_frequency: the same of the original, shape (n,).
        listed: natural log of how many spun words the original has, shape (n,).
        offered: natural log of how many originals the spun word has, shape (n,).
        phrase: 1 where either side has several words, shape (n,).
    """

    relations: Ints
    similarity: Floats
    spun_frequency: Floats
    original_frequency: Floats
    listed: Floats
    offered: Floats
    phrase: Floats

    def at(self, rows: Ints) -> Evidence:
        """The evidence of some pairs only."""
        return Evidence(*(getattr(self, each.name)[rows] for each in fields(self)))

    def features(self, rows: Ints | slice = slice(None)) -> Floats:
        """The regression's columns for ``rows``, shape (rows, features)."""
        relations = self.relations[rows]
        flags = [((relations & int(r)) != 0).astype(float) for r in _EVIDENCE]
        similarity = self.similarity[rows]
        spun, original = self.spun_frequency[rows], self.original_frequency[rows]
        both = int(Relation.MOBY_UNDER_ORIGINAL | Relation.MOBY_UNDER_SPUN)
        moby_both = ((relations & both) == both).astype(float)
        synonym = flags[0]
        columns = [
            np.ones(len(relations)),
            *flags,
            moby_both,
            synonym * moby_both,
            similarity,
            similarity**2,
            (similarity == 0).astype(float),
            synonym * similarity,
            spun,
            spun**2 / 10,
            original,
            original**2 / 10,
            spun * original / 10,
            self.listed[rows],
            self.offered[rows],
        ]
        return np.column_stack(columns)


@dataclass(frozen=True)
class Fit:
    """The regression and how well it ranks originals it has not seen.

    Attributes:
        coefficients: one for each column of `Evidence.features`.
        auc: area under the ROC curve on held-out originals; 0.5 is chance.
        positives: pairs learnt from.
        held_out: positive pairs measured on.
    """

    coefficients: Floats
    auc: float
    positives: int
    held_out: int


def fit(evidence: Evidence, positive: npt.NDArray[np.bool_], originals: list[str]) -> Fit:
    """Fit on the pairs of originals that have a positive; ``originals`` names each pair's.

    Args:
        evidence: features of the pairs to learn from.
        positive: which of them a real spinner wrote, shape (n,).
        originals: the original word of each pair, length n; decides what is held out.
    """
    held = np.array([zlib.crc32(word.encode()) % HELD_OUT_OF == 0 for word in originals])
    features = evidence.features()
    coefficients = logistic(features[~held], positive[~held].astype(float))
    scores = features[held] @ coefficients
    return Fit(
        coefficients,
        area_under_curve(scores, positive[held]),
        int(positive[~held].sum()),
        int(positive[held].sum()),
    )


def logistic(features: Floats, labels: Floats, ridge: float = 1.0, rounds: int = 30) -> Floats:
    """Ridge-penalised maximum likelihood by Newton's method, shape (features,)."""
    at = np.zeros(features.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(features @ at, -30, 30)))
        gradient = features.T @ (labels - chance) - ridge * at
        curvature = features.T @ (features * (chance * (1 - chance))[:, None])
        step = np.linalg.solve(curvature + ridge * np.eye(len(at)), gradient)
        at = at + step
        if np.abs(step).max() < 1e-8:
            break
    return at


def area_under_curve(scores: Floats, positive: npt.NDArray[np.bool_]) -> float:
    """Chance that a positive outranks a negative, ties counted half (Mann and Whitney 1947)."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    values, starts, counts = np.unique(scores[order], return_index=True, return_counts=True)
    ranks[order] = np.repeat(starts + (counts + 1) / 2, counts)
    assert len(values) == len(starts)
    many, few = int(positive.sum()), int((~positive).sum())
    if not many or not few:
        return 0.5
    return float((ranks[positive].sum() - many * (many + 1) / 2) / (many * few))
