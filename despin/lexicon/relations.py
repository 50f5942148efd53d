"""Lemma pairs on their way from the sources to the compiled thesaurus."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntFlag

import numpy as np
import numpy.typing as npt

from despin.lexicon.sources import Source


class Relation(IntFlag):
    """What a source says about a (spun, original) pair; finer than `Source`, used for weighing."""

    SYNONYM = 1
    FIRST_SENSE_OF_ORIGINAL = 1 << 1
    """Synonyms in the original's commonest sense."""
    FIRST_SENSE_OF_SPUN = 1 << 2
    HYPERNYM = 1 << 3
    """The spun word is more general than the original."""
    HYPONYM = 1 << 4
    """The spun word is more special than the original."""
    SISTER = 1 << 5
    """Both have the same hypernym, or are satellites of one adjective."""
    SIMILAR = 1 << 6
    ALSO = 1 << 7
    """WordNet's also-see, attribute, entailment, cause and verb group."""
    TWO_STEP = 1 << 8
    """Synonyms of one word in two of its senses."""
    DERIVED = 1 << 9
    MOBY_UNDER_ORIGINAL = 1 << 10
    """Moby lists the spun word under the original."""
    MOBY_UNDER_SPUN = 1 << 11
    """Moby lists the original under the spun word."""
    SPINTAX = 1 << 12
    """A spintax template treats the two as exchangeable; evidence, never a source."""
    NEIGHBOUR = 1 << 13
    """Near in the word vectors."""
    TORTURED = 1 << 14
    CURATED = 1 << 15


_SOURCES = (
    (Relation.SYNONYM, Source.WORDNET_SYNONYM),
    (
        Relation.HYPERNYM
        | Relation.HYPONYM
        | Relation.SISTER
        | Relation.SIMILAR
        | Relation.ALSO
        | Relation.TWO_STEP,
        Source.WORDNET_NEAR,
    ),
    (Relation.DERIVED, Source.DERIVATION),
    (Relation.MOBY_UNDER_ORIGINAL | Relation.MOBY_UNDER_SPUN, Source.MOBY),
    (Relation.TORTURED, Source.TORTURED),
    (Relation.CURATED, Source.CURATED),
)

Ints = npt.NDArray[np.int64]


def source_bits(relations: Ints) -> npt.NDArray[np.uint8]:
    """The `Source` bits of each pair; `Source.PHRASE` is the caller's to add."""
    bits = np.zeros(len(relations), np.uint8)
    for mask, source in _SOURCES:
        bits[(relations & int(mask)) != 0] |= int(source)
    bits[bits == 0] = int(Source.DISTRIBUTIONAL)
    return bits


Lexeme = tuple[str, str]
"""A lemma and its part of speech: n, v, a, r, or x for a word that is used as it stands."""


@dataclass(frozen=True)
class Lexemes:
    """Numbers for lexemes, and every relation said of two of them."""

    ids: dict[Lexeme, int] = field(default_factory=dict)
    pairs: dict[Relation, array[int]] = field(
        default_factory=lambda: defaultdict(lambda: array("q"))
    )

    def id(self, lemma: str, pos: str) -> int:
        """The number of a lexeme, a new one where it is new."""
        return self.ids.setdefault((lemma, pos), len(self.ids))

    def add(self, relation: Relation, spun: int, original: int) -> None:
        """Note that ``relation`` holds for the pair of lexeme numbers."""
        if spun != original:
            self.pairs[relation].append((spun << 32) | original)

    def add_all(self, relation: Relation, spun: Iterable[int], originals: Iterable[int]) -> None:
        """Note the relation for every spun word with every original."""
        originals = tuple(originals)
        for one in spun:
            for other in originals:
                self.add(relation, one, other)

    def merged(self) -> tuple[Ints, Ints, Ints]:
        """Spun lexeme, original lexeme and united relation bits, each pair once, sorted."""
        keys = np.concatenate([np.frombuffer(a, np.int64) for a in self.pairs.values()])
        bits = np.concatenate(
            [np.full(len(a), int(relation), np.int64) for relation, a in self.pairs.items()]
        )
        keys, bits = united(keys, bits)
        return keys >> 32, keys & 0xFFFFFFFF, bits


def united(keys: Ints, bits: Ints) -> tuple[Ints, Ints]:
    """Each key once, in order, with the union of its bits."""
    if not len(keys):
        return keys, bits
    order = np.argsort(keys, kind="stable")
    keys, bits = keys[order], bits[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.bitwise_or.reduceat(bits, starts)
