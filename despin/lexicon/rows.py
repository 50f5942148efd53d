"""Lexicons written by hand: tab-separated rows, one substitution each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

COLUMNS = ("spun", "original", "kind", "weight", "source", "note")
EXAMPLES = ("hit", "near_miss")
"""Two further columns that curated files have and user lexicons may have."""
COUNTS = ("seen", "documents", "accepted", "rejected")
"""Columns of `despin.learning`: how often a pair was met; whole numbers, or empty."""

_KNOWN = COLUMNS + EXAMPLES + COUNTS


class LexiconError(ValueError):
    """A lexicon cannot be read; the message names file, line and cause."""


class Kind(StrEnum):
    """What the words of a row are, and so whether they are inflected."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    WORD = "word"
    """Used as it stands."""
    PHRASE = "phrase"
    """At least one side has several words; used as it stands."""
    FUNCTION_WORD = "function-word"
    """Preposition, conjunction, particle, determiner; used as it stands."""

    @property
    def pos(self) -> str:
        """WordNet's letter of the part of speech; x for what is not inflected."""
        return {"noun": "n", "verb": "v", "adjective": "a", "adverb": "r"}.get(self.value, "x")


@dataclass(frozen=True, slots=True, order=True)
class LexiconRow:
    """``spun`` may have been written for ``original``.

    Attributes:
        spun: what a spinner writes: lower case, words parted by one space.
        original: what stood there, in its own case.
        kind: nouns, verbs, adjectives and adverbs are lemmas and stand for all their forms.
        weight: odds that a spinner who swaps ``original`` takes ``spun``: 1 is as likely as not.
        source: where the pair is known from.
        note: anything a reader should know; ``cycle: ...`` gives the reason why the row may
            stand beside its own reverse.
        hit: a sentence in which the spun form is wrong.
        near_miss: a sentence in which the same form is right.
    """

    spun: str
    original: str
    kind: Kind = Kind.WORD
    weight: float = 1.0
    source: str = ""
    note: str = ""
    hit: str = ""
    near_miss: str = ""


def read_rows(path: Path) -> tuple[LexiconRow, ...]:
    """The rows of one file in the file's order.

    Blank lines and lines that begin with ``#`` are passed over; the first other line is the header
    and names at least ``spun`` and ``original``.

    Raises:
        LexiconError: the file cannot be read, or a line does not make a row.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # a note may hold other breaks
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: is not UTF-8 text") from error
    header: list[str] = []
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if header:
                rows.append(row_of(header, line.split("\t")))
            else:
                header = header_of(line.split("\t"))
        except ValueError as error:
            raise LexiconError(f"{path}:{number}: {error}") from error
    return tuple(rows)


def header_of(cells: list[str]) -> list[str]:
    """The column names of a header line.

    Raises:
        ValueError: a column is missing or unknown.
    """
    for name in COLUMNS[:2]:
        if name not in cells:
            raise ValueError(f"the header lacks the column {name!r}")
    for name in cells:
        if name not in _KNOWN:
            raise ValueError(f"unknown column {name!r}; known are {', '.join(_KNOWN)}")
    return cells


def row_of(header: Sequence[str], cells: Sequence[str]) -> LexiconRow:
    """The row of one line; a spun form is found whatever its case, so that is not kept.

    Raises:
        ValueError: a cell is missing, one too many, or not what its column holds.
    """
    if len(cells) > len(header):
        raise ValueError(f"{len(cells)} cells under {len(header)} columns")
    cell = {name: text.strip() for name, text in zip(header, cells, strict=False) if text.strip()}
    for name in COLUMNS[:2]:
        if name not in cell:
            raise ValueError(f"{name} is empty")
    for name in COUNTS:
        if not re.fullmatch(r"[0-9]{1,9}", cell.get(name, "0")):
            raise ValueError(f"{name} {cell[name]!r} is not a count")
    kind = cell.get("kind", Kind.PHRASE if " " in cell["spun"] + cell["original"] else Kind.WORD)
    if kind not in list(Kind):
        raise ValueError(f"unknown kind {kind!r}; known are {', '.join(Kind)}")
    return LexiconRow(
        spun=_form(cell["spun"]).lower(),
        original=_form(cell["original"]),
        kind=Kind(kind),
        weight=_weight(cell.get("weight", "1")),
        source=cell.get("source", ""),
        note=cell.get("note", ""),
        hit=cell.get("hit", ""),
        near_miss=cell.get("near_miss", ""),
    )


def _form(text: str) -> str:
    """One spelling of a form: apostrophes straight, spaces single; the case is the author's."""
    return " ".join(text.replace("’", "'").split())


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        raise ValueError(f"weight {text!r} is not a number") from None
    if not (weight > 0 and math.isfinite(weight)):
        raise ValueError(f"weight {text} is not above 0")
    return weight


def normal_form(rows: Iterable[LexiconRow]) -> str:
    """The rows as a file: header, sorted by spun, original and kind, each row once."""
    once = sorted(set(rows))
    examples = any(row.hit or row.near_miss for row in once)
    lines = ["\t".join(COLUMNS + EXAMPLES if examples else COLUMNS)]
    for row in once:
        cells = [row.spun, row.original, row.kind.value, f"{row.weight:g}", row.source, row.note]
        lines.append("\t".join([*cells, row.hit, row.near_miss] if examples else cells))
    return "\n".join(line.rstrip("\t") for line in lines) + "\n"
