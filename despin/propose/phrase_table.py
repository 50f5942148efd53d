"""The table of phrases and the index that finds them: first word to rows, a row read when needed.

The tables are tab-separated: the packaged ``phrases.tsv`` and the users' own lexicons. Only
the first word of a row is looked at while loading; of some eight thousand rows a text needs a few
dozen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from despin.once import once

_DATA = Path(__file__).parent / "data"

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word or number of a phrase; what stands between two of them is a gap."""

_PLAIN = re.compile(r"[^\W_]+(?:['’ -][^\W_]+)*")
"""Words parted by spaces and hyphens: what can be matched, and what can be put in."""

_NAMES = {
    name.lower(): name
    for name in (
        "Gaussian European Europe Fourier Bayes Bayesian Markov American America Parkinson's "
        "Alzheimer's Boltzmann Microsoft Windows Reynolds Google English Bernoulli Prandtl Nusselt "
        "Linux Hilbert Huang Hamming Euler China Bluetooth Asian Poisson Pearson's Newtonian "
        "Newton's Navier Stokes Mahalanobis Lyapunov Krasovskii Laplacian Laplace Lagrangian "
        "Lagrange Kalman Java Golgi Euclidean Doppler Chebyshev African Chinese Wikipedia Python "
        "COVID DNA RNA MRI IoT SVM CNN AI HIV CRISPR GPS USB PCR UV EEG ECG NP"
    ).split()
}
"""Names and abbreviations that the list of phrases writes in lower case."""


class Verdict(StrEnum):
    """What is known of a phrase that also occurs in good English."""

    UNSAFE = "unsafe"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and what it stands for.

    Attributes:
        words: its words, lower case.
        gaps: what stands between them, one fewer than words.
        expected: what most likely stood there.
        context: a query that the rest of the document must satisfy, or empty.
        nearby: the words need only stand near each other.
        user: comes from a lexicon of the user.
        unsafe: good English knows the phrase too.
    """

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    expected: str
    context: str = ""
    nearby: bool = False
    user: bool = False
    unsafe: bool = False


def phrase(text: str, expected: str, **marks: object) -> Phrase | None:
    """The phrase of a row, or ``None`` when its words cannot be matched or put in."""
    text = text.lower().replace("’", "'")
    if not (_PLAIN.fullmatch(text) and _PLAIN.fullmatch(expected)) or text == expected:
        return None
    matches = list(WORD.finditer(text))
    gaps = [text[a.end() : b.start()] for a, b in pairwise(matches)]
    named = WORD.sub(lambda m: _NAMES.get(m.group(), m.group()), expected)
    return Phrase(tuple(m.group() for m in matches), tuple(gaps), named, **marks)  # type: ignore[arg-type]


@dataclass(frozen=True)
class PhraseIndex:
    """Phrases by their first word.

    Attributes:
        rows: first word to rows not yet read: cells by column name.
        columns: names of the cells.
        verdicts: what is known of phrases that good English has too.
        user: the phrases come from a lexicon of the user.
    """

    rows: Mapping[str, list[str]]
    columns: tuple[str, ...]
    verdicts: Mapping[str, Verdict]
    user: bool = False
    _read: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)

    def starting_with(self, word: str) -> tuple[Phrase, ...]:
        """Phrases whose first word this is, longest first."""
        found = self._read.get(word)
        if found is None:
            read = filter(None, map(self._phrase, self.rows.get(word, ())))
            found = tuple(sorted(read, key=lambda p: -len(p.words)))
            if found:
                self._read[word] = found
        return found

    def _phrase(self, line: str) -> Phrase | None:
        cell = dict(zip(self.columns, line.split("\t"), strict=False))
        spun = cell["spun"]
        verdict = self.verdicts.get(spun)
        if verdict is Verdict.DROP:
            return None
        return phrase(
            spun,
            cell["original"],
            context=cell.get("context", ""),
            nearby=cell.get("proximity", "") == "1",
            user=self.user,
            unsafe=verdict is Verdict.UNSAFE,
        )


@once
def packaged_index() -> PhraseIndex:
    """The index of the packaged tortured phrases; empty where the list is not installed."""
    from despin.lexicon.location import packaged

    path = packaged("en") / "phrases.tsv"
    if not path.is_file():
        return index((), {})
    text = path.read_text("utf-8")
    return index(text.splitlines(), packaged_verdicts())


def user_index(path: Path) -> PhraseIndex:
    """The index of the rows of several words in a lexicon of the user.

    Raises:
        LexiconError: the file is no lexicon.
    """
    from despin.lexicon.rows import Kind, read_rows

    lines = [
        f"{row.spun}\t{row.original}"
        for row in read_rows(path)
        if row.kind is Kind.PHRASE and " " in row.spun
    ]
    return index(["spun\toriginal", *lines], {}, user=True)


def index(
    lines: Iterable[str], verdicts: Mapping[str, Verdict], *, user: bool = False
) -> PhraseIndex:
    """The index of a table: a header, then rows; blank lines and ``#`` are passed over."""
    columns: tuple[str, ...] = ()
    rows: dict[str, list[str]] = {}
    for line in lines:
        if not line or line[0] == "#":
            continue
        if not columns:
            columns = tuple(line.split("\t"))
            continue
        first = WORD.match(line)
        if first:
            rows.setdefault(first.group(), []).append(line)
    return PhraseIndex(rows, columns, verdicts, user)


@once
def packaged_verdicts() -> Mapping[str, Verdict]:
    """Phrases of the list that clean text has too, from ``data/demoted_phrases.tsv``."""
    text = (_DATA / "demoted_phrases.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return {cells[0]: Verdict(cells[1]) for cells in rows[1:]}
