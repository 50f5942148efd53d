"""Substitution tables, and the slots they open in a document.

The same code serves both directions: from spun forms to what may have stood there (scoring), and
from originals to what a spinner writes instead (the simulator).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from despin.allowed import allowed_spans
from despin.document import Document
from despin.lexicon.coordinates import BIT
from despin.lexicon.rows import LexiconRow
from despin.lexicon.sources import Source
from despin.lexicon.spelling import american, british
from despin.lexicon.store import log_odds
from despin.lexicon.thesaurus import Thesaurus
from despin.lexicon.user import surface_rows
from despin.propose.acronyms import is_acronym
from despin.propose.matching import Match, matches
from despin.propose.numerals import is_count, is_numeral
from despin.propose.scrape import Lines
from despin.propose.slots import Slots, touched
from despin.text.function_words import FUNCTION_WORDS
from despin.text.span_index import touches


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

    def open(self, form: str) -> int | None:
        """The number of a form that something may be put in for; ``None`` if nothing may."""
        found = self.number(form)
        return found if found is not None and self._open[found] else None

    @cached_property
    def _open(self) -> NDArray[np.bool_]:
        return np.asarray(np.diff(self.rows) > 0)

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

    Hard-protected text and what holds words of ``allow`` is left out. Places of several words
    overlap those of their single words; all of them are judged. ``strict`` leaves out acronyms,
    lone letters, numbers that count nothing, and candidates that stand beside what is written and
    never for it: "months" for "minutes".
    """
    protected, lines = document.protected, Lines(document.text)
    allowed = allowed_spans(document.text, allow)
    placed = [(m, m.span(document)) for m in matches(table.open, table.longest, document)]
    found = [
        (match, span)
        for match, span in placed
        if not touches(allowed, span)
        and not protected.is_hard(span)
        and not (strict and _means_itself(table, document, match, lines))
    ]
    token = np.array([match.token for match, _ in found], np.int32)
    count = np.array([match.tokens for match, _ in found], np.int32)
    written = np.array([match.form for match, _ in found], np.int32)
    start = np.array([span.start for _, span in found], np.int32)
    end = np.array([span.end for _, span in found], np.int32)
    first, pick = _candidates(table, written, strict=strict)
    return Slots(
        start=start,
        end=end,
        token=token,
        tokens=count,
        function_word=np.array(
            [all(w in FUNCTION_WORDS for w in table.forms[f].split(" ")) for f in written],
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


def _means_itself(table: Substitutions, document: Document, match: Match, lines: Lines) -> bool:
    """Whether the words are an acronym, a letter's name ("vitamin C") or a number as one writes it.

    Of letters and numbers a user may know better.
    """
    form, span = table.forms[match.form], match.span(document)
    if is_acronym(document.text, span, lines):
        return True
    alone = len(form) == 1 and form.isalpha() and form not in {"a", "i"}
    if not alone and not (is_numeral(form) and not is_count(document.text, span)):
        return False
    return not table.user[table.rows[match.form] : table.rows[match.form + 1]].any()


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
