"""Hand-written rows put into a thesaurus that is compiled already.

A full build needs every source again, and any change of these moves all weights a little. Rows
that were written since go in without that: nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from despin.lexicon import store
from despin.lexicon.rows import LexiconError, LexiconRow
from despin.lexicon.sources import Source
from despin.lexicon.store import Compiled, Pairs, compile_pairs, counted, log_odds, quantise
from despin.lexicon.surface import Forms
from despin.lexicon.user import surface_rows


@dataclass(frozen=True)
class Amended:
    """A thesaurus with rows put in.

    Attributes:
        compiled: the thesaurus.
        new: how many pairs it did not hold before.
        raised: how many pairs it held with a lower weight.
    """

    compiled: Compiled
    new: int
    raised: int


def amend_files(onto: Path, rows: Iterable[LexiconRow], out: Path) -> Amended:
    """Put the rows into the compiled thesaurus of a folder, and write it to another or the same.

    Raises:
        LexiconError: the folder holds none.
    """
    try:
        about, compiled = store.about(onto), store.read(onto)
    except (OSError, ValueError) as error:
        raise LexiconError(f"{onto}: holds no compiled lexicon ({error})") from error
    amended = amend(compiled, rows)
    store.write(amended.compiled, out, about | counted(amended.compiled))
    return amended


def amend(compiled: Compiled, rows: Iterable[LexiconRow]) -> Amended:
    """Put the pairs of ``rows`` in, inflected, as a build would.

    A pair that is there keeps its sources and the larger weight. New ones stand before the others
    of their spun form: how often their originals are met is not known here.
    """
    forms = Forms({form: at for at, form in enumerate(compiled.forms)}, [0] * len(compiled.forms))
    sizes = (compiled.rows[1:] - compiled.rows[:-1]).astype(np.int64)
    spun, originals = np.repeat(np.arange(len(sizes)), sizes), compiled.originals.astype(np.int64)
    place = {
        pair: at for at, pair in enumerate(zip(spun.tolist(), originals.tolist(), strict=True))
    }
    weights, sources = np.array(compiled.weights), np.array(compiled.sources)
    new: dict[tuple[int, int], float] = {}
    for written, original, odds in surface_rows(rows):
        pair = forms.id(written), forms.id(original)
        if pair in place:
            at, byte = place[pair], int(quantise(np.array(odds)))
            weights[at] = max(int(weights[at]), byte)
            sources[at] |= int(Source.CURATED)
        else:
            new[pair] = max(odds, new.get(pair, odds))
    names = list(forms.ids)
    added = np.array(list(new), np.int64).reshape(-1, 2)
    pairs = Pairs(
        np.concatenate([spun, added[:, 0]]),
        np.concatenate([originals, added[:, 1]]),
        np.concatenate([log_odds(weights).astype(np.float64), list(new.values())]),
        np.concatenate([-np.arange(len(spun), dtype=float), np.ones(len(new))]),
        np.concatenate([sources, np.array([_source(names, *pair) for pair in new], np.uint8)]),
    )
    raised = int((weights > compiled.weights).sum())
    return Amended(compile_pairs(names, pairs), len(new), raised)


def _source(names: list[str], spun: int, original: int) -> int:
    """The bits of a new pair, as a build gives them."""
    several = " " in names[spun] or " " in names[original]
    return int(Source.CURATED | Source.PHRASE if several else Source.CURATED)
