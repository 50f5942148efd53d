"""What collocations alone can see.

5 % of the words of held-out documents are swapped for random words of like frequency: how well does
`benchmarks.back_off` tell them?

    python benchmarks/collocations.py ../shared/corpus
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.back_off import log_odds, neighbours
from despin.score.collocations import FIRST_WORD, Collocations
from despin.text.tokens import pieces
from despin.training.corpus import held_out, sources

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOCUMENTS = 200
RATE = 0.05
CANDIDATES = 16
BAND = 300
"""A like frequency is a rank at most this far away."""


def auc(scores: NDArray[np.float32], positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve (the Mann-Whitney statistic); ties count half."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n = int(positive.sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(scores) - n)))


def main(folder: Path) -> None:
    """Measure on `DOCUMENTS` held-out documents of the corpus in ``folder`` and print."""
    started = perf_counter()
    table = Collocations.load()
    print(f"load {1000 * (perf_counter() - started):.1f} ms")
    random = np.random.default_rng(0)
    order = np.argsort(-np.asarray(table.counts[FIRST_WORD:]).astype(np.int64)) + FIRST_WORD
    rank = np.zeros(len(table.counts), dtype=np.int64)
    rank[order] = np.arange(len(order))

    def like(ids: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.int32]:
        near = np.broadcast_to(rank[ids].reshape((-1,) + (1,) * (len(shape) - 1)), shape)
        width = np.minimum(BAND, near // 2 + 5)
        shift = random.integers(1, width + 1) * random.choice([-1, 1], size=shape)
        drawn = np.abs(near + shift).clip(0, len(order) - 1)
        return np.asarray(order[drawn], np.int32)

    names = sources(folder)
    genres = sorted({name.partition("_")[0] for name in names})
    share = -(-DOCUMENTS // len(genres))
    words = 0
    spent = 0.0
    rows = []
    for genre in genres:
        for document in islice(held_out(folder, genre), 0, share * 7, 7):
            parts = [piece for line in document.text.split("\n") for piece in [*pieces(line), ""]]
            ids = table.word_ids(parts)
            word = (ids >= FIRST_WORD) & np.array([part[:1].isalpha() for part in parts])
            swapped = word & (random.random(len(ids)) < RATE)
            written = np.where(swapped, like(ids, ids.shape), ids)
            at = np.flatnonzero(word)
            context = neighbours(written)[at]
            offered = like(written[at], (len(at), CANDIDATES))
            with_original = offered.copy()
            with_original[swapped[at], 0] = ids[at][swapped[at]]
            started = perf_counter()
            odds = log_odds(table, context, written[at], with_original)
            spent += perf_counter() - started
            blind = log_odds(table, context, written[at], offered)
            words += len(at)
            best = odds.argmax(1) == 0
            rows.append((genre, odds.max(1), blind.max(1), swapped[at], best))
    print(f"{words} words, {1e6 * spent / words:.1f} µs a word with {CANDIDATES} candidates")
    for name in ["all", *genres]:
        chosen = [row for row in rows if name in ("all", row[0])]
        odds, blind, swapped, best = (np.concatenate([r[i] for r in chosen]) for i in range(1, 5))
        print(
            f"{name:8} AUC, original offered {auc(odds, swapped):.3f}, not offered "
            f"{auc(blind, swapped):.3f}; original ranked first {best[swapped].mean():.2f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
