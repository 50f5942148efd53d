"""Word vectors from counts: PPMI and a randomised truncated SVD, in numpy alone.

Positive pointwise mutual information with context smoothing and square-rooted singular values
follows Levy, Goldberg and Dagan 2015 (TACL 3, 211-225); the range finder is Halko, Martinsson and
Tropp 2011 (SIAM Review 53, 217-288).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from despin.lexicon.rows import LexiconError

WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
"""A word as the frequency table counts it: lower case, typewriter apostrophe."""

_BATCH_WORDS = 500_000
_OUTSIDE = -1


@dataclass(frozen=True)
class Vectors:
    """Unit vectors, one row a word.

    Attributes:
        words: the words, in the order of the rows.
        matrix: float32, shape (words, dimensions), rows of length 1 (or 0: never seen).
    """

    words: tuple[str, ...]
    matrix: npt.NDArray[np.float32]

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of every word."""
        return {word: row for row, word in enumerate(self.words)}

    def save(self, path: Path) -> None:
        """Write as ``.npz``; half precision is plenty for cosines."""
        np.savez(path, words=np.array("\n".join(self.words)), matrix=self.matrix.astype(np.float16))

    @classmethod
    def load(cls, path: Path) -> Vectors:
        """Read what `save` wrote.

        Raises:
            LexiconError: the file holds something else.
        """
        try:
            with np.load(path) as stored:
                words = tuple(str(stored["words"]).split("\n"))
                return cls(words, stored["matrix"].astype(np.float32))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
            raise LexiconError(f"{path}: holds no word vectors") from error


def train(
    texts: Iterable[str],
    vocabulary: Sequence[str],
    *,
    contexts: int = 4000,
    window: int = 3,
    dimensions: int = 100,
) -> Vectors:
    """Vectors for ``vocabulary`` from how often its words stand near the commonest words.

    Args:
        texts: the sample; any casing.
        vocabulary: words to give vectors, commonest first; the first ``contexts`` are the contexts.
        contexts: number of context words.
        window: words looked at on either side.
        dimensions: length of a vector.

    Memory is ``4 * len(vocabulary) * contexts`` bytes for the counts, twice that while weighing.
    """
    contexts = min(contexts, len(vocabulary))
    counts = _cooccurrences(texts, vocabulary, contexts, window)
    matrix = _reduce(_ppmi(counts), dimensions)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return Vectors(tuple(vocabulary), (matrix / np.maximum(norms, 1e-9)).astype(np.float32))


def _cooccurrences(
    texts: Iterable[str], vocabulary: Sequence[str], contexts: int, window: int
) -> npt.NDArray[np.float32]:
    """Counts, shape (vocabulary, contexts): word against context word within the window."""
    counts = np.zeros((len(vocabulary), contexts), np.float32)
    flat = counts.reshape(-1)
    for ids in _batches(texts, {word: row for row, word in enumerate(vocabulary)}, window):
        for step in range(1, window + 1):
            for words, near in ((ids[step:], ids[:-step]), (ids[:-step], ids[step:])):
                seen = (words != _OUTSIDE) & (near != _OUTSIDE) & (near < contexts)
                np.add.at(flat, words[seen] * contexts + near[seen], np.float32(1))
    return counts


def _batches(
    texts: Iterable[str], index: dict[str, int], window: int
) -> Iterable[npt.NDArray[np.int64]]:
    """Word ids of the texts, a window's width of nothing between any two."""
    gap = [_OUTSIDE] * window
    batch: list[int] = []
    for text in texts:
        words = WORD.findall(text.lower().replace("’", "'"))
        batch.extend(index.get(word, _OUTSIDE) for word in words)
        batch.extend(gap)
        if len(batch) > _BATCH_WORDS:
            yield np.array(batch, np.int64)
            batch = []
    if batch:
        yield np.array(batch, np.int64)


def _ppmi(counts: npt.NDArray[np.float32], smoothing: float = 0.75) -> npt.NDArray[np.float32]:
    """Positive PMI of counts, in place; contexts raised to ``smoothing`` tame rare ones."""
    words = counts.sum(axis=1, dtype=np.float64)
    near = counts.sum(axis=0, dtype=np.float64) ** smoothing
    near /= max(near.sum(), 1e-9)
    expected = np.log(np.maximum(near, 1e-12)).astype(np.float32)
    for start in range(0, len(counts), 4096):
        part = counts[start : start + 4096]
        total = np.maximum(words[start : start + 4096, None], 1).astype(np.float32)
        with np.errstate(divide="ignore"):
            part[:] = np.maximum(np.log(part / total) - expected, 0)
    return counts


def _reduce(matrix: npt.NDArray[np.float32], dimensions: int) -> npt.NDArray[np.float64]:
    """Left singular vectors times the square root of the singular values, by random projection."""
    rng = np.random.default_rng(0)
    width = min(dimensions + 20, *matrix.shape)
    basis = matrix @ rng.standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(basis)
        basis = matrix @ (matrix.T @ basis)
    basis, _ = np.linalg.qr(basis)
    small = basis.T @ matrix
    left, values, _ = np.linalg.svd(small, full_matrices=False)
    kept = min(dimensions, width)
    found: npt.NDArray[np.float64] = (basis @ left[:, :kept]) * np.sqrt(values[:kept])
    return found
