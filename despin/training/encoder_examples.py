"""What the encoder learns from: spun documents as word pieces, with slots and their truth."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions
from despin.read.writing import write_atomically
from despin.score.collocations import Collocations
from despin.score.encoder_pieces import slot_pieces
from despin.training.collect import Count, Plan
from despin.training.corpus import mixed
from despin.training.excerpts import prepared
from despin.training.files import Files
from despin.training.lightened import lightened
from despin.training.partings import cut
from despin.training.quick_spinner import QuickSpinner
from despin.training.simulate import AS_WRITTEN, SOMETHING_ELSE, UNCLEAR, spun_places, truth
from despin.training.spinner import Spun

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CANDIDATES = 20
"""Wordings shown beside the one written, the original among them."""
SKIPPED = 0.4
"""Share of the unswapped slots left out: there are plenty."""
FILE = 250
"""Documents in one file."""
KEPT = (1.0, 1.0, 0.6, 0.3, 0.1)
"""Each text that somebody spun is shown so often, with these shares of its swaps left in it."""


@dataclass(frozen=True)
class Example:
    """One document.

    Attributes:
        ids: int32[P], its pieces.
        at: int32[n, 2], first and last piece of each slot.
        forms: int32[n, CANDIDATES + 1], the form written, then candidates; -1 where there is none.
        target: int32[n], which of these stood there; `SOMETHING_ELSE` for none of them.
    """

    ids: NDArray[np.int32]
    at: NDArray[np.int32]
    forms: NDArray[np.int32]
    target: NDArray[np.int32]


class ExampleMaker:
    """Spins documents and cuts them into pieces."""

    def __init__(
        self, table: Substitutions, collocations: Collocations, tokenizer: Tokenizer
    ) -> None:
        self._table, self._tokenizer = table, tokenizer
        self._spinner = QuickSpinner(table, collocations)

    def make(self, text: str, rng: random.Random) -> Example:
        """Spin one clean text in a style drawn for it."""
        return self.of(self._spinner.spin(text, rng), rng)

    def versions(self, spun: Spun, rng: random.Random) -> Iterator[Example]:
        """A text that somebody spun, once for each of `KEPT`."""
        whole = cut(self._table, spun)
        return (self.of(lighter, rng) for lighter in lightened(whole, rng, KEPT))

    def of(self, spun: Spun, rng: random.Random) -> Example:
        """The example that a spun text makes."""
        document, places = spun_places(self._table, spun)
        labels = truth(self._table, places, spun)
        found = slot_pieces(self._tokenizer, document.text, places)
        draw = np.random.default_rng(rng.randrange(2**32))
        use = (labels != UNCLEAR) & found.fits
        use &= (labels != AS_WRITTEN) | (draw.random(len(labels)) >= SKIPPED)
        chosen = np.flatnonzero(use)
        forms, target = _candidates(places, labels, chosen, draw)
        at = np.stack([found.first, found.last], axis=1)[chosen].astype(np.int32)
        return Example(found.ids, at, forms, target)


def _candidates(
    places: Slots, labels: NDArray[np.int32], chosen: NDArray[np.int_], draw: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """`Example.forms` and `Example.target` of the chosen slots."""
    forms = np.full((len(chosen), CANDIDATES + 1), -1, np.int32)
    target = np.zeros(len(chosen), np.int32)
    for row, index in enumerate(chosen.tolist()):
        label = int(labels[index])
        rows = places.rows(index)
        if len(rows) > CANDIDATES:
            liking = 0.5 * places.weight[rows] + draw.gumbel(size=len(rows))
            liking[rows == label] = np.inf
            rows = rows[np.argsort(-liking, kind="stable")[:CANDIDATES]]
        forms[row, 0] = places.written[index]
        forms[row, 1 : len(rows) + 1] = places.form[rows]
        if label == SOMETHING_ELSE:
            target[row] = SOMETHING_ELSE
        elif label >= 0:
            target[row] = 1 + int(np.flatnonzero(rows == label)[0])
    return forms, target


def collect(
    maker: ExampleMaker,
    plan: Plan,
    out: Path,
    report: Callable[[int, int], None] = lambda *_: None,
) -> list[Path]:
    """Write example files into ``out``; those that are there already are kept.

    The documents are those of the counts' split, never the calibrator's: it must see the encoder
    as it does on text it has not learnt.

    Raises:
        CorpusError: there are none.
    """
    mix = mixed(plan.corpus, "counts", words=10**9, seed=plan.seed, evaluation=plan.evaluation)
    count = Count(plan.documents, report)
    paths = Files(out, plan.seed, ".pkl", FILE).fill(
        islice(prepared(mix, plan), plan.documents),
        lambda given: maker.make(given.text, given.rng),
        _write,
        count.add,
    )
    count.end()
    return paths


def collect_real(maker: ExampleMaker, plan: Plan, out: Path) -> list[Path]:
    """The same of the plan's really spun texts, each in several versions."""
    made = Files(out, plan.seed, ".pkl", FILE)
    numbered = ((text, random.Random(f"{plan.seed}/{n}")) for n, text in enumerate(plan.real))
    return made.fill(
        numbered, lambda given: list(maker.versions(*given)), _write_all, lambda _: None
    )


def _write_all(batch: list[list[Example]], path: Path) -> None:
    _write([example for versions in batch for example in versions], path)


def _write(batch: list[Example], path: Path) -> None:
    """Save examples; the file appears whole or not at all."""
    write_atomically(path, pickle.dumps([(e.ids, e.at, e.forms, e.target) for e in batch]))


def read(path: Path) -> Iterator[Example]:
    """The examples of one file, which this program has written itself."""
    yield from (Example(*parts) for parts in pickle.loads(path.read_bytes()))  # noqa: S301
