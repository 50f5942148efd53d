"""A WordNet of a dozen words, in the database format that NLTK reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_LICENCE = "  1 WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved.  \n"


@dataclass(frozen=True)
class Sense:
    """One synset: its words and, by symbol, the numbers of the synsets it points to."""

    pos: str
    words: tuple[str, ...]
    pointers: tuple[tuple[str, int], ...] = ()


SENSES = (
    Sense("n", ("operation", "surgery"), (("@", 2),)),
    Sense("n", ("breast", "bosom"), (("@", 2),)),
    Sense("n", ("thing",), (("~", 0), ("~", 1))),
    Sense("v", ("install", "set_up")),
    Sense("v", ("put", "place")),
    Sense("a", ("hot",), (("&", 6),)),
    Sense("a", ("popular",), (("&", 5),)),
)


@pytest.fixture(scope="session")
def small_wordnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database files, offsets and all; lexnames excepted."""
    folder = tmp_path_factory.mktemp("wordnet")
    offsets = _offsets()
    for pos, name in _FILES.items():
        lines = [_data(i, offsets) for i, sense in enumerate(SENSES) if sense.pos == pos]
        (folder / f"data.{name}").write_text(_LICENCE + "".join(lines), "ascii")
        (folder / f"index.{name}").write_text(_LICENCE + "".join(_index(pos, offsets)), "ascii")
        (folder / f"{name}.exc").write_text("", "ascii")
    (folder / "index.sense").write_text("", "ascii")
    return folder


def _offsets() -> list[int]:
    at = dict.fromkeys(_FILES, len(_LICENCE))
    offsets = []
    for number, sense in enumerate(SENSES):
        offsets.append(at[sense.pos])
        at[sense.pos] += len(_data(number, [0] * len(SENSES)))
    return offsets


def _data(number: int, offsets: list[int]) -> str:
    sense = SENSES[number]
    words = " ".join(f"{word} 0" for word in sense.words)
    pointers = "".join(
        f" {symbol} {offsets[other]:08d} {SENSES[other].pos} 0000"
        for symbol, other in sense.pointers
    )
    frames = " 01 + 08 00" if sense.pos == "v" else ""
    counts = f"{len(sense.words):02x} {words} {len(sense.pointers):03d}{pointers}{frames}"
    return f"{offsets[number]:08d} 00 {sense.pos} {counts} | a gloss  \n"


def _index(pos: str, offsets: list[int]) -> list[str]:
    words = sorted({word for sense in SENSES if sense.pos == pos for word in sense.words})
    lines = []
    for word in words:
        places = [
            f"{offsets[i]:08d}"
            for i, sense in enumerate(SENSES)
            if sense.pos == pos and word in sense.words
        ]
        lines.append(f"{word} {pos} {len(places)} 0 {len(places)} 0 {' '.join(places)}  \n")
    return lines
