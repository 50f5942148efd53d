"""The n-gram baseline: a trigram model of nltk.lm, trained on a small sample of the corpus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.passages import interleaved
from despin.document import Document
from despin.propose.slots import Slots
from despin.score.collocations import symbol
from despin.score.judge import FloatArray
from despin.text.tokens import pieces

GENRES = ("news", "blog", "press")
WORDS = 600_000
MOST = 20
"""Candidates looked at for each place, the lexicon's best first: nltk is slow."""
FLOOR = math.log(1e-9)


def sample(corpus: Path, words: int) -> Iterator[list[str]]:
    """Paragraphs of the counts' split as symbols, genres in turn."""
    streams = [interleaved(corpus, genre, None, "counts") for genre in GENRES]
    read = 0
    while read < words:
        document = next(streams[0], None)
        streams.append(streams.pop(0))
        if document is None:
            return
        for paragraph in document.text.split("\n"):
            found = [symbol(piece) for piece in pieces(paragraph)]
            read += len(found)
            yield found


class Ngrams:
    """Stupid back-off over trigrams (Brants et al. 2007), as nltk has it."""

    def __init__(self, paragraphs: Iterable[Sequence[str]]) -> None:
        from nltk.lm import StupidBackoff
        from nltk.lm.preprocessing import padded_everygram_pipeline

        model = StupidBackoff(alpha=0.4, order=3)
        model.fit(*padded_everygram_pipeline(3, list(paragraphs)))
        self._model: Any = model
        self._seen: dict[tuple[str, ...], float] = {}

    def log(self, *words: str) -> float:
        """Natural log of the score of the last word behind the others."""
        known = self._seen.get(words)
        if known is None:
            score = self._model.unmasked_score(words[-1], words[:-1])
            known = self._seen[words] = math.log(score) if score > 1e-9 else FLOOR
        return known

    def gains(self, document: Document, slots: Slots) -> FloatArray:
        """float32[m]: how much better each candidate reads, nats; NaN where not looked at.

        Single words only.
        """
        text = document.text
        found = [symbol(token.span.of(text)) for token in document.tokens]
        found = ["<s>", "<s>", *found, "</s>", "</s>"]
        out = np.full(len(slots.form), np.nan, np.float32)
        for index in range(len(slots)):
            if slots.tokens[index] > 1:
                continue
            at = int(slots.token[index]) + 2
            around = (*found[at - 2 : at], *found[at + 1 : at + 3])
            base = self._reading(around, found[at])
            for row in islice(_best(slots, index), MOST):
                form = slots.forms[int(slots.form[row])]
                if " " not in form:
                    out[row] = self._reading(around, form) - base
        return out

    def _reading(self, around: Sequence[str], word: str) -> float:
        l2, l1, r1, r2 = around
        return self.log(l2, l1, word) + self.log(l1, word, r1) + self.log(word, r1, r2)


def _best(slots: Slots, index: int) -> list[int]:
    rows = slots.candidates(index)
    return sorted(rows, key=lambda row: -float(slots.weight[row]))
