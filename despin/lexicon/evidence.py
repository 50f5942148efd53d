"""Second half of the build: what corpora add to the pairs, and what is no pair at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from despin.lexicon.collect import Collected
from despin.lexicon.frequencies import Frequencies
from despin.lexicon.relations import Ints, Relation
from despin.lexicon.source_files import records
from despin.lexicon.spelling import american
from despin.lexicon.surface import add_unlisted, told_tags
from despin.lexicon.vectors import Vectors
from despin.lexicon.weigh import Evidence, Floats

NEIGHBOURS = 25
"""Nearest words looked at of each word."""

NEAR_ENOUGH = 0.45
"""Cosine below which a word is no neighbour."""

COMMON = 4000
NEAR_ENOUGH_TO_COMMON = 0.35
"""The same for the commonest words."""

ORIGINAL_PER_MILLION = 0.25
"""How common an original must be: spinners put rare words for common ones, seldom the reverse."""

UNSEEN = 0.02
"""Occurrences per million added to every word: the table's own resolution."""

PHRASE_RARER = 3.0
"""Natural log of how much rarer a phrase is than its rarest word, as a rule of thumb."""

_BLOCK = 1024


def with_neighbours(collected: Collected, vectors: Vectors) -> Collected:
    """Add the relation `Relation.NEIGHBOUR`, and the pairs that no thesaurus has.

    Only words that may bear the same tag are paired: "stationed" and "deployed", not "deploying".
    Every word is paired with its nearest, and as spun word with its nearest among the commonest
    words, for these are what spinners replace most.
    """
    add_unlisted(collected.forms, vectors.words)
    ids = np.array([collected.forms.ids.get(word, -1) for word in vectors.words], np.int64)
    rows = np.flatnonzero(ids >= 0)
    ids, matrix = ids[rows], vectors.matrix[rows]
    masks = told_tags(collected.forms)[ids]
    near = _nearest(matrix, masks, len(rows), NEAR_ENOUGH)
    common = _nearest(matrix, masks, COMMON, NEAR_ENOUGH_TO_COMMON)
    pairs = np.concatenate([near, near[:, ::-1], common])
    keys = np.unique((ids[pairs[:, 0]] << 32) | ids[pairs[:, 1]])
    return _with_relation(collected, keys, Relation.NEIGHBOUR)


def _nearest(matrix: npt.NDArray[np.float32], masks: Ints, targets: int, least: float) -> Ints:
    """Row pairs, shape (pairs, 2): each row with its nearest of the first ``targets`` rows."""
    found = []
    for start in range(0, len(matrix), _BLOCK):
        cosines = matrix[start : start + _BLOCK] @ matrix[:targets].T
        cosines[(masks[start : start + _BLOCK, None] & masks[None, :targets]) == 0] = 0
        near = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        one, place = np.nonzero(np.take_along_axis(cosines, near, axis=1) >= least)
        found.append(np.column_stack([start + one, near[one, place]]))
    pairs: Ints = np.concatenate(found)
    kept: Ints = pairs[pairs[:, 0] != pairs[:, 1]]
    return kept


def _with_relation(collected: Collected, keys: Ints, relation: Relation) -> Collected:
    """The pairs with ``relation`` noted for ``keys`` (sorted, each once), new ones included."""
    old = (collected.spun << 32) | collected.originals
    every = np.union1d(old, keys)
    at_old, at_new = np.searchsorted(every, old), np.searchsorted(every, keys)
    relations = np.zeros(len(every), np.int64)
    relations[at_old] = collected.relations
    relations[at_new] |= int(relation)
    attested, odds = np.zeros(len(every)), np.zeros(len(every))
    attested[at_old], odds[at_old] = collected.attested, collected.odds
    spun, originals = every >> 32, every & 0xFFFFFFFF
    return Collected(collected.forms, spun, originals, relations, attested, odds)


def with_spintax(collected: Collected, path: Path) -> Collected:
    """Note the relation `Relation.SPINTAX` for pairs that another source has; add none."""
    ids = collected.forms.ids
    table = records(path, ("spun", "original"))
    said = [(ids.get(row["spun"]), ids.get(row["original"])) for row in table]
    keys = np.unique([(a << 32) | b for a, b in said if a is not None and b is not None])
    known = np.isin((collected.spun << 32) | collected.originals, keys)
    relations = np.where(known, collected.relations | int(Relation.SPINTAX), collected.relations)
    return replace(collected, relations=relations)


def without_nonsense(collected: Collected, frequencies: Frequencies) -> Collected:
    """The pairs without rare originals and without two spellings of one word."""
    names = list(collected.forms.ids)
    common = np.array([frequencies.per_million(name) >= ORIGINAL_PER_MILLION for name in names])
    spelling: dict[str, int] = {}
    word = np.array([spelling.setdefault(american(name), len(spelling)) for name in names])
    kept = (collected.relations & int(Relation.CURATED)) != 0
    kept |= common[collected.originals]
    kept &= word[collected.spun] != word[collected.originals]
    return Collected(
        collected.forms,
        collected.spun[kept],
        collected.originals[kept],
        collected.relations[kept],
        collected.attested[kept],
        collected.odds[kept],
    )


def gather(collected: Collected, frequencies: Frequencies, vectors: Vectors | None) -> Evidence:
    """What the weights are computed from."""
    names = list(collected.forms.ids)
    spun, originals = collected.spun, collected.originals
    several = np.array([" " in name for name in names])
    log_frequency = np.log([frequencies.per_million(name) + UNSEEN for name in names])
    log_frequency[several] -= PHRASE_RARER
    listed, offered = (np.bincount(ids, minlength=len(names)) for ids in (originals, spun))
    return Evidence(
        relations=collected.relations,
        similarity=_cosines(names, spun, originals, vectors),
        spun_frequency=log_frequency[spun],
        original_frequency=log_frequency[originals],
        listed=np.log1p(listed)[originals],
        offered=np.log1p(offered)[spun],
        phrase=(several[spun] | several[originals]).astype(float),
    )


def _cosines(names: list[str], spun: Ints, originals: Ints, vectors: Vectors | None) -> Floats:
    cosines = np.zeros(len(spun))
    if vectors is None:
        return cosines
    row = np.array([vectors.index.get(name, -1) for name in names])
    known: npt.NDArray[np.int64] = np.flatnonzero((row[spun] >= 0) & (row[originals] >= 0))
    for part in np.array_split(known, len(known) // 200_000 + 1):
        left, right = vectors.matrix[row[spun[part]]], vectors.matrix[row[originals[part]]]
        cosines[part] = np.einsum("ij,ij->i", left, right)
    return cosines
