"""Counts of words, pairs and triples over the "counts" split of the corpus, and their table.

The whole run, about five minutes on one core and 3 GB of memory::

    build(Path("../shared/corpus"), Path("despin/score/data"),
          EvaluationText.read(Path("../shared/eval")), unigrams=Path("unigrams.tsv"))

What keeps one text or one source from flooding the counts: a document counts at most
`MOST_PER_DOCUMENT` times for the same pair or triple, a source at most `FLOOD` times as much as all
others together (and a few more), and what stands in fewer than `LEAST_DOCUMENTS` is dropped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from despin.read.writing import write_atomically
from despin.score.collocations import (
    BORDER,
    BORDER_SYMBOL,
    FIRST_WORD,
    NUMBER_SYMBOL,
    STEPS_PER_NAT,
    UNKNOWN,
    UNKNOWN_SYMBOL,
    pack,
    symbol,
    word_key,
)
from despin.span import TokenKind
from despin.text.tokens import kind_of, normal, pieces
from despin.training.corpus import documents, sources
from despin.training.files import drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from despin.training.corpus import CorpusDocument
    from despin.training.evaluation import EvaluationText

LEAST_DOCUMENTS = 3
MOST_PER_DOCUMENT = 3
FLOOD = 4
FLOOD_ALLOWANCE = 10
VOCABULARY = (1 << 17) - 1
"""Ids fit 17 bits, so a triple (51 bits) and a document's number in its shard (13) fill 64."""

_ID_BITS = np.uint64(17)
_SHARD_BITS = np.uint64(13)
_SHARD = 1 << 13


def build(
    corpus: Path,
    folder: Path,
    evaluation: EvaluationText | None = None,
    *,
    unigrams: Path | None = None,
) -> None:
    """Count ``corpus`` and write the table of `despin.score.collocations` into ``folder``.

    Args:
        corpus: Where the corpus lies.
        folder: Where the table goes.
        evaluation: Text to be kept out.
        unigrams: Where to write the word counts as text as well.
    """
    counts = count_symbols(corpus, evaluation)
    if unigrams:
        write_words(words_of(counts), unigrams)
    words = vocabulary(counts)
    pairs, triples = (count_runs(corpus, words, length, evaluation) for length in (2, 3))
    write_table(folder, words, counts, pairs, triples)


@dataclass(frozen=True, slots=True)
class Runs:
    """Pairs or triples with their counts, sorted by key."""

    keys: NDArray[np.uint64]
    """Ids, 17 bits each."""
    counts: NDArray[np.uint32]
    documents: NDArray[np.uint32]


def count_symbols(folder: Path, evaluation: EvaluationText | None = None) -> Counter[str]:
    """How often each token's `symbol` occurs in the "counts" split.

    Args:
        folder: Where the corpus lies.
        evaluation: Text to be kept out.
    """
    raw: Counter[str] = Counter()
    for document in documents(folder, split="counts", evaluation=evaluation):
        raw.update(pieces(normal(document.text)))
    counts: Counter[str] = Counter()
    for piece, n in raw.items():
        counts[symbol(piece)] += n
    return counts


def words_of(counts: Counter[str]) -> Counter[str]:
    """The words among the symbols, without numbers and punctuation."""
    return Counter({s: n for s, n in counts.items() if kind_of(s[:1]) is TokenKind.WORD})


def write_words(counts: Counter[str], path: Path, *, least: int = 1) -> None:
    """Write ``word<TAB>count`` lines, most frequent first, ties by the alphabet."""
    rows = sorted((-n, word) for word, n in counts.items() if n >= least)
    text = "".join(f"{word}\t{-n}\n" for n, word in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode("utf-8"))


def vocabulary(counts: Counter[str], *, most: int = VOCABULARY) -> list[str]:
    """Symbols by id: three that are no words, then the most frequent of those seen twice."""
    special = [UNKNOWN_SYMBOL, BORDER_SYMBOL, NUMBER_SYMBOL]
    rows = sorted((-n, s) for s, n in counts.items() if n > 1 and s not in special)
    return special + sorted((s for _, s in rows[: most - FIRST_WORD]), key=word_key)


def count_runs(
    folder: Path, words: list[str], length: int, evaluation: EvaluationText | None = None
) -> Runs:
    """Counts of all runs of ``length`` (2 or 3) symbols that pass the rules of the module's text.

    Args:
        folder: Where the corpus lies.
        words: Symbols by id, from `vocabulary`.
        length: Symbols in a run.
        evaluation: Text to be kept out.
    """
    ids = _Ids(words)
    by_source = []
    for name in sources(folder):
        read = documents(folder, [name], split="counts", evaluation=evaluation)
        if shards := [_count_shard(shard, length) for shard in _shards(map(ids.encode, read))]:
            by_source.append(_merged(shards))
    return _kept(by_source)


class _Ids(dict[str, int]):
    """Piece to id, remembering what it was asked."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.known = {word: i for i, word in enumerate(words)}

    def __missing__(self, piece: str) -> int:
        found = self[piece] = self.known.get(symbol(piece), UNKNOWN)
        return found

    def encode(self, document: CorpusDocument) -> NDArray[np.uint64]:
        """Ids of a document's tokens, two borders before, between and after paragraphs."""
        ids = [BORDER, BORDER]
        for paragraph in normal(document.text).split("\n"):
            ids += map(self.__getitem__, pieces(paragraph))
            ids += (BORDER, BORDER)
        return np.array(ids, dtype=np.uint64)


def _shards(encoded: Iterable[NDArray[np.uint64]]) -> Iterator[list[NDArray[np.uint64]]]:
    shard: list[NDArray[np.uint64]] = []
    for ids in encoded:
        shard.append(ids)
        if len(shard) == _SHARD:
            yield shard
            shard = []
    if shard:
        yield shard


def _count_shard(shard: list[NDArray[np.uint64]], length: int) -> Runs:
    keys = np.concatenate([_keys(ids, number, length) for number, ids in enumerate(shard)])
    in_document, counts = _run_lengths(np.sort(keys))
    keys = in_document >> _SHARD_BITS
    starts = _starts(keys)
    counts = np.minimum(counts, MOST_PER_DOCUMENT).astype(np.uint32)
    seen = np.diff(np.append(starts, len(keys))).astype(np.uint32)
    return Runs(keys[starts], np.add.reduceat(counts, starts), seen)


def _keys(ids: NDArray[np.uint64], number: int, length: int) -> NDArray[np.uint64]:
    """One key for each run in a document: its ids, and the document's number last."""
    size = len(ids) - length + 1
    key = np.zeros(size, dtype=np.uint64)
    whole = np.ones(size, dtype=bool)
    for offset in range(length):
        part = ids[offset : offset + size]
        key = (key << _ID_BITS) | part
        whole &= part != UNKNOWN
    return (key[whole] << _SHARD_BITS) | np.uint64(number)


def _starts(ordered: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each new value starts in a sorted array."""
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(new)


def _run_lengths(ordered: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    starts = _starts(ordered)
    return ordered[starts], np.diff(np.append(starts, len(ordered)))


def _merged(parts: list[Runs]) -> Runs:
    keys, order, starts = _aligned(parts)
    counts = np.concatenate([part.counts for part in parts])[order]
    seen = np.concatenate([part.documents for part in parts])[order]
    return Runs(keys, np.add.reduceat(counts, starts), np.add.reduceat(seen, starts))


def _kept(by_source: list[Runs]) -> Runs:
    """All sources together; floods dammed, rarities dropped."""
    keys, order, starts = _aligned(by_source)
    counts = np.concatenate([part.counts for part in by_source])[order]
    total, largest = np.add.reduceat(counts, starts), np.maximum.reduceat(counts, starts)
    others = total - largest
    total = others + np.minimum(largest, FLOOD * others + FLOOD_ALLOWANCE)
    seen = np.add.reduceat(np.concatenate([part.documents for part in by_source])[order], starts)
    enough = seen >= LEAST_DOCUMENTS
    return Runs(keys[enough], total[enough].astype(np.uint32), seen[enough])


def _aligned(
    parts: list[Runs],
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Distinct keys of all parts, the order that sorts them, and where each key starts in it."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = _starts(keys)
    return keys[starts], order, starts


def write_table(
    folder: Path, words: list[str], counts: Counter[str], pairs: Runs, triples: Runs
) -> None:
    """Write what `despin.score.collocations.Collocations.load` reads."""
    by_id = np.array([counts[word] for word in words], dtype=np.uint32)
    by_id[UNKNOWN] = sum(counts.values()) - int(by_id.sum(dtype=np.int64))
    word_keys = np.array([word_key(word) for word in words[FIRST_WORD:]], dtype=np.uint64)
    with drafts(folder) as new:
        np.save(new / "collocations-word-keys.npy", word_keys)
        np.save(new / "collocations-word-counts.npy", by_id)
        for name, length, runs in (("pair", 2, pairs), ("triple", 3, triples)):
            keys, values = _hashed(runs, length)
            np.save(new / f"collocations-{name}-keys.npy", keys)
            np.save(new / f"collocations-{name}-values.npy", values)


def _hashed(runs: Runs, length: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Sorted hashes and quantised counts; of two runs with one hash the more frequent stays."""
    mask = (np.uint64(1) << _ID_BITS) - np.uint64(1)
    ids = [(runs.keys >> (_ID_BITS * np.uint64(i))) & mask for i in reversed(range(length))]
    hashes = pack(ids[0], *ids[1:])
    values = np.minimum(np.round(STEPS_PER_NAT * np.log1p(runs.counts)), 255).astype(np.uint8)
    order = np.lexsort((np.uint8(255) - values, hashes))
    hashes, values = hashes[order], values[order]
    first = np.append(True, hashes[1:] != hashes[:-1])
    return hashes[first], values[first]
