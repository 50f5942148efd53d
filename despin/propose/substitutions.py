"""Substitution tables, and the slots they open in a document.

The same code serves both directions: from spun forms to what may have stood there (scoring), and
from originals to what a spinner writes instead (the simulator).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.lexicon.coordinates import BIT
from despin.lexicon.rows import LexiconRow
from despin.lexicon.sources import Source
from despin.lexicon.spelling import american, british
from despin.lexicon.store import log_odds
from despin.lexicon.thesaurus import Thesaurus
from despin.lexicon.user import surface_rows
from despin.propose.acronyms import is_acronym
from despin.propose.scrape import Lines
from despin.propose.slots import Slots, touched
from despin.span import Span, TokenKind
from despin.text.function_words import FUNCTION_WORDS
from despin.text.tokens import normal


@dataclass(frozen=True)
class Substitutions:
    """For each form the forms that may be put in its place; compressed sparse rows.

    Attributes:
        forms: all surface forms, lower case, words separated by one space.
        rows: int64[forms + 1]; what may replace form ``i`` lies at ``rows[i]:rows[i + 1]``.
        target: int32[pairs], number of the form put in.
        weight: float32[pairs], natural-log odds.
        source: uint8[pairs], `despin.lexicon.sources.Source` bits.
        user: bool[pairs], the pair is from a lexicon the user named.
    """

    forms: Sequence[str]
    rows: NDArray[np.int64]
    target: NDArray[np.int32]
    weight: NDArray[np.float32]
    source: NDArray[np.uint8]
    user: NDArray[np.bool_]

    @staticmethod
    def of(thesaurus: Thesaurus, rows: Iterable[LexiconRow] = ()) -> Substitutions:
        """The pairs of the thesaurus and those of the user's rows."""
        compiled = thesaurus.compiled
        count = len(compiled.originals)
        built_in = Substitutions(
            compiled.forms,
            compiled.rows.astype(np.int64),
            compiled.originals.astype(np.int32),
            log_odds(compiled.weights),
            np.asarray(compiled.sources),
            np.zeros(count, np.bool_),
        )
        added = list(rows)
        return _joined(built_in, added) if added else built_in

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {form: index for index, form in enumerate(self.forms)}

    def number(self, form: str) -> int | None:
        """The number of a form, in the spelling of either variety; ``None`` if it has none."""
        found = self._numbers.get(form)
        if found is None and " " not in form:
            found = self._numbers.get(american(form), self._numbers.get(british(form)))
        return found

    @cached_property
    def longest(self) -> dict[str, int]:
        """For each word that a form of several words begins with: how many the longest has."""
        found: dict[str, int] = {}
        for form, count in zip(self.forms, np.diff(self.rows).tolist(), strict=True):
            if count and " " in form:
                first = form.partition(" ")[0]
                found[first] = max(found.get(first, 1), form.count(" ") + 1)
        return found

    @cached_property
    def coordinates(self) -> NDArray[np.int32]:
        """int32[forms]: `despin.lexicon.coordinates.BIT` of each form."""
        found = np.zeros(len(self.forms), np.int32)
        for word, bits in BIT.items():
            number = self._numbers.get(word)
            if number is not None:
                found[number] = bits
        return found

    def transposed(self) -> Substitutions:
        """The same pairs the other way round."""
        count = len(self.forms)
        origin = np.repeat(np.arange(count, dtype=np.int32), np.diff(self.rows))
        order = np.lexsort((-self.weight, self.target))
        rows = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(self.target, minlength=count), out=rows[1:])
        return Substitutions(
            self.forms,
            rows,
            origin[order],
            self.weight[order],
            self.source[order],
            self.user[order],
        )


def _joined(table: Substitutions, rows: Iterable[LexiconRow]) -> Substitutions:
    """The table with the user's rows, inflected; a pair that both hold counts as the user's.

    For the judges it is a curated pair as well: written by hand, by someone who saw the swap.
    """
    forms = list(table.forms)
    number = {form: index for index, form in enumerate(forms)}
    pairs: dict[tuple[int, int], float] = {}
    for spun, original, odds in surface_rows(rows):
        for form in (spun, original):
            if number.setdefault(form, len(forms)) == len(forms):
                forms.append(form)
        pairs[number[spun], number[original]] = odds
    origin = np.repeat(np.arange(len(table.forms)), np.diff(table.rows))
    width = len(forms)
    own = np.array([a * width + b for a, b in pairs], np.int64)
    known = origin * width + table.target
    kept = ~np.isin(known, own)
    sources = dict(zip(known[~kept].tolist(), table.source[~kept].tolist(), strict=True))
    spun_forms = np.concatenate([origin[kept], own // width])
    target = np.concatenate([table.target[kept], own % width]).astype(np.int32)
    weight = np.concatenate([table.weight[kept], list(pairs.values())]).astype(np.float32)
    by_hand = [sources.get(pair, 0) | Source.CURATED for pair in own.tolist()]
    source = np.concatenate([table.source[kept], by_hand]).astype(np.uint8)
    user = np.arange(len(target)) >= int(kept.sum())
    order = np.lexsort((-weight, spun_forms))
    starts = np.zeros(width + 1, np.int64)
    np.cumsum(np.bincount(spun_forms, minlength=width), out=starts[1:])
    return Substitutions(forms, starts, target[order], weight[order], source[order], user[order])


def slots(
    table: Substitutions, document: Document, allow: Collection[str] = (), *, strict: bool = False
) -> Slots:
    """Every place of ``document`` that the table has something to put in.

    Hard-protected text and words of ``allow`` (lower case) are left out. Places of several words
    overlap those of their single words; all of them are judged. ``strict`` leaves out acronyms,
    lone letters, and candidates that stand beside what is written and never for it: "months" for
    "minutes".
    """
    protected, tokens = document.protected, document.tokens
    spans = [
        match
        for match in _matches(table, document)
        if table.forms[match[2]] not in allow and not protected.is_hard(_span(document, match))
    ]
    if strict:
        text, lines = document.text, Lines(document.text)
        spans = [
            match
            for match in spans
            if not _lone_letter(table, match[2])
            and not is_acronym(text, _span(document, match), lines)
        ]
    token = np.array([s[0] for s in spans], np.int32)
    count = np.array([s[1] for s in spans], np.int32)
    written = np.array([s[2] for s in spans], np.int32)
    start = np.array([tokens[s[0]].span.start for s in spans], np.int32)
    end = np.array([_span(document, s).end for s in spans], np.int32)
    first, pick = _candidates(table, written, strict=strict)
    return Slots(
        start=start,
        end=end,
        token=token,
        tokens=count,
        function_word=np.array(
            [all(w in FUNCTION_WORDS for w in table.forms[f].split(" ")) for _, _, f in spans],
            np.bool_,
        ),
        quoted=touched(protected.quotes, start, end),
        first=first,
        written=written,
        form=table.target[pick],
        weight=table.weight[pick],
        source=table.source[pick],
        user=table.user[pick],
        forms=table.forms,
    )


def _lone_letter(table: Substitutions, form: int) -> bool:
    """Whether a form is the name of a letter ("vitamin C", "on X"); a user may know better."""
    if len(table.forms[form]) > 1 or table.forms[form] in {"a", "i"}:
        return False
    return not table.user[table.rows[form] : table.rows[form + 1]].any()


def _candidates(
    table: Substitutions, written: NDArray[np.int32], *, strict: bool
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """`Slots.first`, and the table's rows of all candidates."""
    sizes = table.rows[written + 1] - table.rows[written]
    first = np.zeros(len(written) + 1, np.int32)
    np.cumsum(sizes, out=first[1:])
    pick = np.repeat(table.rows[written] - first[:-1], sizes) + np.arange(first[-1])
    if strict:
        slot = np.repeat(np.arange(len(written)), sizes)
        kinds = table.coordinates
        kept = (kinds[table.target[pick]] & kinds[written][slot]) == 0
        np.cumsum(np.bincount(slot[kept], minlength=len(written)), out=first[1:])
        pick = pick[kept]
    return first, pick


def _span(document: Document, match: tuple[int, int, int]) -> Span:
    first, size, _ = match
    return Span(document.tokens[first].span.start, document.tokens[first + size - 1].span.end)


def _matches(table: Substitutions, document: Document) -> list[tuple[int, int, int]]:
    """(first token, number of tokens, form) of all forms that stand in the document."""
    text, tokens = document.text, document.tokens
    words = [normal(t.span.of(text)) if t.kind is TokenKind.WORD else "" for t in tokens]
    counts = np.diff(table.rows)
    found = []
    for index, word in enumerate(words):
        if not word:
            continue
        for size in range(1, table.longest.get(word, 1) + 1):
            if size > 1 and not _follows(document, words, index + size - 1):
                break
            form = table.number(" ".join(words[index : index + size]))
            if form is not None and counts[form]:
                found.append((index, size, form))
    return sorted([*found, *_compounds(table, document)])


_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]+(?:-[^\W_]+)+|\d+")
"""Looked for at the beginning of a word only: from every letter it would take quadratic time."""
_WORD = re.compile(r"[^ ]+")
_BEFORE = re.compile(r"(?:[^\W\d_]+ ){0,3}$")
_BEHIND = re.compile(r"(?: [^\W\d_]+){0,3}")
_FAR = 60
"""Code points before a compound that are looked at."""


def _compounds(table: Substitutions, document: Document) -> list[tuple[int, int, int]]:
    """Forms with hyphens or digits, alone or among words: "technological know-how", "12 months"."""
    starts = [token.span.start for token in document.tokens]
    counts, text = np.diff(table.rows), document.text
    found = set()
    for match in _COMPOUND.finditer(text):
        for begin, end in product(_begins(text, match.start()), _ends(text, match.end())):
            form = table.number(normal(text[begin:end]))
            if form is None or not counts[form]:
                continue
            first = bisect_left(starts, begin)
            if first < len(starts) and starts[first] == begin:
                found.add((first, bisect_left(starts, end) - first, form))
    return list(found)


def _begins(text: str, start: int) -> list[int]:
    """Where an expression may begin whose compound does at ``start``."""
    before = _BEFORE.search(text, max(0, start - _FAR), start)
    words = before.group() if before else ""
    return [start, *(start - len(words) + match.start() for match in _WORD.finditer(words))]


def _ends(text: str, end: int) -> list[int]:
    """Where an expression may end whose compound does at ``end``."""
    behind = _BEHIND.match(text, end)
    words = behind.group() if behind else ""
    return [end, *(end + match.end() for match in _WORD.finditer(words))]


def _follows(document: Document, words: Sequence[str], index: int) -> bool:
    """Whether token ``index`` is a word, one space behind the token before it."""
    if index >= len(words) or not words[index]:
        return False
    tokens = document.tokens
    gap = document.text[tokens[index - 1].span.end : tokens[index].span.start]
    return gap in {" ", "\u00a0"}
