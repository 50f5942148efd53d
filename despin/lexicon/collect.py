"""First half of the build: ask every source, and turn what they say into surface pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from despin.lexicon import moby, tortured, wordnet
from despin.lexicon.frequencies import Frequencies
from despin.lexicon.inflection import paradigm
from despin.lexicon.relations import Ints, Lexemes, Relation
from despin.lexicon.rows import LexiconRow
from despin.lexicon.surface import Forms, expand, inflected, surface_pairs
from despin.lexicon.weigh import Floats

PHRASE_PER_MILLION = 3.0
"""How common every word of a several-word form must be."""

MOST_WORDS = 3

_WORD = re.compile(r"[a-z]{2,}(?:['-][a-z]+)*|[ai]")


@dataclass(frozen=True)
class Inputs:
    """What the build reads.

    Attributes:
        wordnet: folder with WordNet 3.0's database files.
        moby: Moby's ``words.txt``.
        tortured: ``tortured_phrases.tsv``.
        curated: rows written by hand.
        spintax: word pairs that spintax templates exchange; evidence only. May be missing.
        vectors: word vectors (see `despin.lexicon.vectors.train`). May be missing.
    """

    wordnet: Path
    moby: Path
    tortured: Path
    curated: tuple[LexiconRow, ...] = ()
    spintax: Path | None = None
    vectors: Path | None = None


@dataclass(frozen=True)
class Collected:
    """Surface pairs and what was counted of them.

    Attributes:
        forms: numbers of the surface forms.
        spun: form number of each pair, sorted; shape (n,).
        originals: form number of each pair, shape (n,).
        relations: `Relation` bits, shape (n,).
        attested: phrases in which a spinner wrote the pair, shape (n,).
        odds: a curated row's weight, 0 where there is none, shape (n,).
    """

    forms: Forms
    spun: Ints
    originals: Ints
    relations: Ints
    attested: Floats
    odds: Floats


@dataclass(frozen=True)
class _Wanted:
    """Whether a form is worth having: single words all are, as spinners choose rare ones."""

    frequencies: Frequencies
    always: set[str] = field(default_factory=set)

    def __call__(self, form: str) -> bool:
        if form in self.always:
            return True
        if " " in form:
            few = form.count(" ") < MOST_WORDS
            return few and self.frequencies.per_million(form) >= PHRASE_PER_MILLION
        return _WORD.fullmatch(form) is not None


def collect(inputs: Inputs, frequencies: Frequencies) -> Collected:
    """Every surface pair that any of the sources gives."""
    wanted = _Wanted(frequencies, _curated_forms(inputs.curated))
    lexemes = Lexemes()
    with wordnet.reader(inputs.wordnet) as database:
        poses = wordnet.add_pairs(lexemes, database, wanted)
    moby.add_pairs(lexemes, inputs.moby, wanted, poses)
    attested = tortured.add_pairs(lexemes, tortured.word_pairs(inputs.tortured))
    odds = _add_curated(lexemes, inputs.curated)
    forms = Forms()
    table = inflected(lexemes.ids, forms, wanted)
    spun, originals, relations = surface_pairs(lexemes.merged(), table)
    keys = (spun << 32) | originals
    return Collected(
        forms,
        spun,
        originals,
        relations,
        _at_surface(attested, table, keys),
        _at_surface(odds, table, keys),
    )


def _curated_forms(rows: Iterable[LexiconRow]) -> set[str]:
    """All forms that curated rows stand for."""
    return {
        form
        for row in rows
        for word in (row.spun, row.original)
        for forms in paradigm(word, row.kind.pos).values()
        for form in forms
    }


def _add_curated(lexemes: Lexemes, rows: Iterable[LexiconRow]) -> dict[tuple[int, int], float]:
    """Add the rows; the weight of each pair of lexeme numbers comes back."""
    odds: dict[tuple[int, int], float] = {}
    for row in rows:
        pair = lexemes.id(row.spun, row.kind.pos), lexemes.id(row.original, row.kind.pos)
        lexemes.add(Relation.CURATED, *pair)
        odds[pair] = max(row.weight, odds.get(pair, 0))
    return odds


def _at_surface(values: Mapping[tuple[int, int], float], table: Ints, keys: Ints) -> Floats:
    """Values of lexeme pairs carried to surface pairs, the largest where several meet."""
    out = np.zeros(len(keys))
    if values:
        lexeme_pairs = np.array(list(values), np.int64)
        found, rows = expand(lexeme_pairs[:, 0], lexeme_pairs[:, 1], table)
        np.maximum.at(
            out, np.searchsorted(keys, found), np.array(list(values.values()), float)[rows]
        )
    return out
