"""Collocations: how often words stand side by side, and how well one fits between its neighbours.

The table is counted by `despin.training.counts` and shipped as six arrays that are memory-mapped,
so loading takes a few milliseconds. No word is stored, only hashes, sorted: 64 bits for a word,
32 bits for the ids of a pair or triple, beside its count in one byte. An unseen pair or triple is
taken for a seen one as often as a random hash meets a stored one: entries / 2**32, which is 0.03 %
for pairs and 0.06 % for triples.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from despin.arrays import stored
from despin.span import TokenKind
from despin.text.tokens import kind_of, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Ids = NDArray[np.int32]
    Scores = NDArray[np.float32]

UNKNOWN, BORDER, NUMBER = 0, 1, 2
FIRST_WORD = 3
"""Ids below are no words; words and punctuation follow in the order of their hashes."""

BORDER_SYMBOL = "<border>"
NUMBER_SYMBOL = "<number>"
UNKNOWN_SYMBOL = "<unknown>"
_SPECIAL = {BORDER_SYMBOL: BORDER, NUMBER_SYMBOL: NUMBER}

STEPS_PER_NAT = 18.0
"""A count is one byte, ``round(STEPS_PER_NAT * log1p(count))``: within 3 %, up to 1.4 million."""

_DATA = Path(__file__).parent / "data"
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’`´", "'") | {"–": "—"})


def symbol(piece: str) -> str:
    """What stands in the table for the token with text ``piece``.

    Words in their `normal` form; every number is one symbol; punctuation stands for itself, with
    quotation marks straightened and dashes made alike; an empty string or a line break is the
    border of a paragraph.
    """
    if not piece or piece.isspace():
        return BORDER_SYMBOL
    kind = kind_of(piece)
    if kind is TokenKind.NUMBER:
        return NUMBER_SYMBOL
    return normal(piece) if kind is TokenKind.WORD else piece.translate(_QUOTES)


def word_key(symbol_: str) -> int:
    """A 64-bit hash of a symbol."""
    return int.from_bytes(
        blake2b(symbol_.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


def pack(ids: ArrayLike, *more: ArrayLike) -> NDArray[np.uint32]:
    """A 32-bit hash for each row of two or three ids (broadcast): multiply, add, finalise.

    The finaliser is that of MurmurHash3 (Appleby, public domain), 64 bits, folded to 32.
    """
    key = np.asarray(ids).astype(np.uint64)
    for other in more:
        key = (key << np.uint64(17)) | np.asarray(other).astype(np.uint64)
    with np.errstate(over="ignore"):  # numpy warns of the wrap-around for scalars alone
        for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
            key = (key ^ (key >> np.uint64(33))) * np.uint64(factor)
    return cast("NDArray[np.uint32]", (key >> np.uint64(32)).astype(np.uint32))


@dataclass(frozen=True)
class Table:
    """Log counts of pairs or triples by hash."""

    keys: NDArray[np.uint32]
    """Sorted hashes."""
    values: NDArray[np.uint8]
    """``STEPS_PER_NAT * log1p(count)``, beside the keys."""

    def look_up(self, keys: NDArray[np.uint32]) -> Scores:
        """``log1p(count)`` for each key, 0 where it is not stored; any shape."""
        flat = keys.ravel()
        found = np.zeros(flat.shape, np.float32)
        at = self._begins[flat >> self._shift]
        open_ = np.arange(len(flat))
        # Hashes are spread evenly: a bucket holds one or two, and most keys are settled at once.
        while len(open_):
            place, wanted = at[open_], flat[open_]
            met = self.keys[np.minimum(place, len(self.keys) - 1)]
            same = met == wanted
            found[open_[same]] = _NATS[self.values[place[same]]]
            open_ = open_[(met < wanted) & (place + 1 < len(self.keys))]
            at[open_] += 1
        return found.reshape(np.shape(keys))

    @property
    def _shift(self) -> np.uint32:
        """Bits of a hash behind those that number its bucket; as many buckets as half the keys."""
        return np.uint32(33 - max(2, len(self.keys).bit_length()))

    @cached_property
    def _begins(self) -> NDArray[np.int32]:
        """Where the hashes of each bucket begin."""
        sizes = np.bincount(self.keys >> self._shift, minlength=(1 << 32) >> int(self._shift))
        return (np.cumsum(sizes) - sizes).astype(np.int32)


_NATS = (np.arange(256) / STEPS_PER_NAT).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Collocations:
    """Frequencies of words, pairs and triples."""

    words: NDArray[np.uint64]
    """Sorted hashes of the symbols from `FIRST_WORD` on."""
    counts: NDArray[np.uint32]
    """Occurrences by id; those of all words not listed under `UNKNOWN`."""
    pairs: Table
    triples: Table

    @classmethod
    def load(cls, folder: Path | None = None) -> Collocations:
        """Map the table in ``folder``; the one shipped with despin by default.

        Raises:
            FileNotFoundError: A part of the table is missing.
        """
        folder = folder or _DATA

        def part(name: str) -> Any:
            return stored(folder / f"collocations-{name}.npy", mapped=True)

        return cls(
            words=part("word-keys"),
            counts=part("word-counts"),
            pairs=Table(part("pair-keys"), part("pair-values")),
            triples=Table(part("triple-keys"), part("triple-values")),
        )

    def word_ids(self, words: Sequence[str]) -> Ids:
        """Ids of token texts, int32[n]; see `symbol` for what shares an id."""
        symbols = [symbol(word) for word in words]
        special = np.array([_SPECIAL.get(s, UNKNOWN) for s in symbols], dtype=np.int32)
        keys = np.array([word_key(s) for s in symbols], dtype=np.uint64)
        at = np.minimum(np.searchsorted(self.words, keys), len(self.words) - 1)
        return np.where(self.words[at] == keys, at.astype(np.int32) + FIRST_WORD, special)

    def log_frequency(self, ids: ArrayLike) -> Scores:
        """Natural log of relative frequency among all tokens, float32, shape of ``ids``.

        Words not in the table have the floor: half an occurrence, about -18.5.
        """
        ids = np.asarray(ids)
        counts = np.where(ids == UNKNOWN, 0.5, np.maximum(self.counts[ids], 0.5))
        total = float(self.counts.sum(dtype=np.float64))
        return np.asarray(np.log(counts / total), dtype=np.float32)

    def bigram(self, left: ArrayLike, right: ArrayLike) -> Scores:
        """``log1p(count)`` of ``left right``, 0 if unseen, float32; the arrays broadcast."""
        return self.pairs.look_up(pack(left, right))

    def trigram(self, first: ArrayLike, second: ArrayLike, third: ArrayLike) -> Scores:
        """``log1p(count)`` of the three in a row, 0 if unseen, float32; the arrays broadcast."""
        return self.triples.look_up(pack(first, second, third))

    def fit(self, context: Ids, first: Ids, last: Ids | None = None) -> Scores:
        """How often each candidate stands beside the words around it.

        Args:
            context: int32[P, 4]; two words to the left, nearest last, and two to the right.
                Beyond a paragraph's end stands `BORDER`.
            first: int32[P, K]; the candidates, or their first words.
            last: int32[P, K]; their last words, where candidates have several.

        Returns:
            float32[P, K, 5]; ``log1p(count)`` of (l1 c), (c r1), (l2 l1 c), (l1 c r1), (c r1 r2). A
            candidate of several words has no (l1 c r1): 0 stands there.
        """
        last = first if last is None else last
        l2, l1, r1, r2 = (context[:, [i]] for i in range(4))
        left, right = self.bigram(l1, first), self.bigram(last, r1)
        before, behind = left > 0, right > 0
        return np.stack(
            [
                left,
                right,
                self._seen(before, l2, l1, first),
                self._seen(before & behind & (first == last), l1, first, r1),
                self._seen(behind, last, r1, r2),
            ],
            axis=-1,
        )

    def _seen(self, pair: NDArray[np.bool_], *triple: Ids) -> Scores:
        """`trigram`, asked only where a pair of it was seen: elsewhere it can't have been."""
        found = np.zeros(pair.shape, np.float32)
        found[pair] = self.trigram(*(np.broadcast_to(ids, pair.shape)[pair] for ids in triple))
        return found
