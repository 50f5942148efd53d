"""The tortured-phrase list of the Problematic Paper Screener (Cabanac, Labbé, Magazinov)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from despin.lexicon.inflection import readings
from despin.lexicon.relations import Lexemes, Relation
from despin.lexicon.source_files import records

WordPair = tuple[str, str]
"""Spun word and original word, as written."""

_COLUMNS = ("tortured", "expected_core", "needs_context", "context_query", "proximity_only")
_WORDS = re.compile(r"[a-z]+(?:['-][a-z]+)*(?: [a-z]+(?:['-][a-z]+)*)*")


@dataclass(frozen=True, slots=True)
class TorturedPhrase:
    """One row of the list.

    Attributes:
        tortured: the phrase as found in papers, lower case.
        expected: the phrase it stands for.
        needs_context: the phrase counts only where ``context`` holds of the text.
        context: the list's query for the rest of the text: ``"keen" AND "savvy"``.
        proximity: the words need only stand near each other.
    """

    tortured: str
    expected: str
    needs_context: bool
    context: str
    proximity: bool


def read(path: Path) -> Iterator[TorturedPhrase]:
    """The rows of ``tortured_phrases.tsv``; curly apostrophes become straight ones.

    Raises:
        LexiconError: it is no such list.
    """
    for row in records(path, _COLUMNS):
        yield TorturedPhrase(
            _plain(row["tortured"]),
            _plain(row["expected_core"]),
            row["needs_context"] == "1",
            row["context_query"],
            row["proximity_only"] == "1",
        )


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def word_pairs(path: Path) -> Counter[WordPair]:
    """Words that stand at the same place of phrases of equal length, with how many phrases say so.

    A pair of which the reverse stands in the same phrase is a change of order, no swap.
    """
    pairs: Counter[WordPair] = Counter()
    for phrase in read(path):
        spun, original = phrase.tortured.split(" "), phrase.expected.split(" ")
        if phrase.proximity or len(spun) != len(original):
            continue
        if not (_WORDS.fullmatch(phrase.tortured) and _WORDS.fullmatch(phrase.expected)):
            continue
        pairs.update(
            (a, b)
            for a, b in zip(spun, original, strict=True)
            if a != b and a not in original and b not in spun
        )
    return pairs


def add_pairs(lexemes: Lexemes, pairs: Counter[WordPair]) -> Counter[tuple[int, int]]:
    """Add the pairs as lemmas, in every part of speech and form the two words share.

    Returns:
        For each pair of lexeme numbers, the phrases that attest it.
    """
    attested: Counter[tuple[int, int]] = Counter()
    for (spun, original), count in pairs.items():
        for one, other in _as_lexemes(lexemes, spun, original):
            lexemes.add(Relation.TORTURED, one, other)
            attested[one, other] += count
    return attested


def _as_lexemes(lexemes: Lexemes, spun: str, original: str) -> set[tuple[int, int]]:
    shared = {
        (lexemes.id(lemma, pos), lexemes.id(other, pos))
        for lemma, pos, tag in readings(spun)
        for other, other_pos, other_tag in readings(original)
        if (pos, tag) == (other_pos, other_tag)
    }
    return shared or {(lexemes.id(spun, "x"), lexemes.id(original, "x"))}


PHRASE_COLUMNS = "spun original kind weight source note context proximity".split()
"""Columns of ``phrases.tsv``: those of a lexicon, and the two conditions the list knows."""


def phrase_table(path: Path) -> str:
    """The list as ``phrases.tsv``: one row a phrase, sorted.

    Left out is what cannot be put in (an expected phrase that is a remark, or the phrase itself)
    and a single word without a condition. Nothing is corrected: expected phrases keep their typos.
    ``weight`` is 1 for all; ``context`` is the list's query, which the rest of the text must
    satisfy; ``proximity`` is 1 where the words need only stand near each other.
    """
    rows = {
        (p.tortured, p.expected, _condition(p), "1" if p.proximity else "")
        for p in read(path)
        if _usable(p)
    }
    lines = [*_ATTRIBUTION, "\t".join(PHRASE_COLUMNS)]
    for spun, original, context, proximity in sorted(rows):
        cells = [spun, original, "phrase", "1", _SOURCE, "", context, proximity]
        lines.append("\t".join(cells).rstrip("\t"))
    return "\n".join(lines) + "\n"


_SOURCE = "PPS"
_ATTRIBUTION = (
    "# Tortured phrases of the Problematic Paper Screener (PPS) by Guillaume Cabanac, Cyril Labbé",
    "# and Alexander Magazinov, arXiv:2107.06751; CC BY 4.0. Changes: see lexicons/README.md.",
)
_REMARK = re.compile(r"https?:|\bsee\b|\breplace\b|\[|->|;")


def _condition(phrase: TorturedPhrase) -> str:
    return phrase.context.strip() if phrase.needs_context else ""


def _usable(phrase: TorturedPhrase) -> bool:
    single = not re.search(r"[ -]", phrase.tortured)
    return (
        phrase.tortured != phrase.expected
        and bool(phrase.expected)
        and not _REMARK.search(phrase.expected)
        and not (single and not (phrase.needs_context and phrase.context))
        and not (phrase.needs_context and not phrase.context.strip())
    )
