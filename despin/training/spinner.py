"""The simulator: spins a clean document as real spinners do, and remembers what stood there.

Swaps are drawn by the lexicon's weight, by frequency, and by how plausible a language model finds
the synonym in its place: careless picks are three times as absurd as real spinners' choices, and
whatever learns from them is timid on real text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.edit import Edit, apply
from despin.lexicon.sources import Source
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.span import Span
from despin.text.function_words import FUNCTION_WORDS
from despin.training.style import Style
from despin.wording import article_for, match_case

FloatArray = NDArray[np.float32]

_BY_HAND = int(Source.CURATED | Source.TORTURED)


class Plausible(Protocol):
    """How plausible each candidate of a document's slots is in its place."""

    def __getitem__(self, rows: NDArray[np.int_], /) -> FloatArray:
        """float32[len(rows)]: log-probabilities, up to a constant of the slot, for rows of one."""
        ...


Plausibility = Callable[[Document, Slots], Plausible]
"""Of a language model in training, of counts for the encoder."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands in the spun text at ``span``, and what stood there before."""

    span: Span
    spun: str
    original: str


@dataclass(frozen=True)
class Spun:
    """A spun text with its swaps, in text order.

    Attributes:
        text: the text as spun.
        swaps: what is known to have been put for what.
        original: the text as it was.
        unclear: where something else was changed as well.
    """

    text: str
    swaps: tuple[Swap, ...]
    original: str = field(repr=False)
    unclear: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Spinner:
    """Spins documents through a table from originals to their synonyms.

    Attributes:
        table: what may be written for what (`Substitutions.transposed` of the reverse thesaurus,
            or any other one).
        frequency: float32[forms], natural log of each form's relative frequency.
        plausible: how plausible each synonym is in its place.
    """

    table: Substitutions
    frequency: FloatArray
    plausible: Plausibility

    def spin(self, document: Document, style: Style, rng: random.Random) -> Spun:
        """Spin one document."""
        if style.rate <= 0:
            return Spun(document.text, (), document.text)
        places = slots(self.table, document, strict=style.strict)
        if not len(places):
            return Spun(document.text, (), document.text)
        plausible = self.plausible(document, places)
        edits = self._edits(document, places, plausible, style, rng)
        edits += _slips(document, edits, style, rng)
        return _applied(document, edits, _articles(document, edits) if style.mends_article else [])

    def _edits(
        self,
        document: Document,
        places: Slots,
        plausible: Plausible,
        style: Style,
        rng: random.Random,
    ) -> list[Edit]:
        """The swaps: each word of the document is offered once, longest expression first."""
        spared = _spared(document, style, rng)
        memory: dict[str, str | None] = {}
        edits: list[Edit] = []
        taken = 0
        for index in _by_place(places):
            span = places.span(index)
            if span.start < taken or any(span.overlaps(s) for s in spared):
                continue
            wording = self._choice(document, places, index, plausible, style, memory, rng)
            if wording is None:
                continue
            edits.append(Edit(span, span.of(document.text), wording))
            taken = span.end
        return edits

    def _choice(  # noqa: PLR0913, PLR0917 - all that a choice depends on
        self,
        document: Document,
        places: Slots,
        index: int,
        plausible: Plausible,
        style: Style,
        memory: dict[str, str | None],
        rng: random.Random,
    ) -> str | None:
        """What the spinner writes for one place, or ``None``."""
        before = places.span(index).of(document.text)
        known = places.forms[int(places.written[index])]
        if known in memory and rng.random() < style.same:
            remembered = memory[known]
            return match_case(before, remembered) if remembered else None
        if rng.random() >= style.rate * _appetite(document, places, index, style):
            memory.setdefault(known, None)
            return None
        rows = places.rows(index)
        rows = rows[(places.source[rows] & style.sources) > 0]
        if not style.mixes:
            rows = _unmixed(places, index, rows)
        if not len(rows):
            return None
        chance = (
            style.weight * places.weight[rows]
            + style.commonness * self.frequency[places.form[rows]]
            + style.plausibility * plausible[rows]
        ).astype(np.float64)
        odds = np.exp(chance - chance.max())
        pick = rng.choices(range(len(rows)), odds.tolist())[0]
        form = places.forms[int(places.form[rows[pick]])]
        memory[known] = form
        return match_case(before, form)


def _by_place(places: Slots) -> list[int]:
    """Slots from left to right; at one place the longer expression first."""
    return [int(i) for i in np.lexsort((-places.tokens, places.start))]


def _unmixed(places: Slots, index: int, rows: NDArray[np.int_]) -> NDArray[np.int_]:
    """The rows that swap a function word for another, or other words for such; and curated ones."""
    own = bool(places.function_word[index])
    forms = [places.forms[number].split(" ") for number in places.form[rows].tolist()]
    same = [all(word in FUNCTION_WORDS for word in words) == own for words in forms]
    return rows[np.array(same, np.bool_) | ((places.source[rows] & _BY_HAND) > 0)]


def _appetite(document: Document, places: Slots, index: int, style: Style) -> float:
    """How much likelier than a common word this place is to be swapped."""
    factor = style.function_words if places.function_word[index] else 1.0
    if places.tokens[index] > 1:
        factor *= style.several
    span = places.span(index)
    if document.text[span.start].isupper() and document.protected.in_name(span):
        factor *= style.names
    return factor


def _spared(document: Document, style: Style, rng: random.Random) -> list[Span]:
    """Quotations that this spinner leaves alone."""
    return list(document.quotes) if rng.random() < style.spared else []


_ADDED = {"said": "said that", "all": "all of", "both": "both of", "inside": "inside of"}


def _slips(document: Document, edits: list[Edit], style: Style, rng: random.Random) -> list[Edit]:
    """Small words added here and there."""
    if not style.slips:
        return []
    taken = {place for edit in edits for place in range(edit.span.start - 1, edit.span.end + 1)}
    slips = []
    for token in document.tokens:
        word = token.span.of(document.text)
        if token.span.start in taken or rng.random() >= style.slips * 4:
            continue
        if word in _ADDED:
            slips.append(Edit(token.span, word, _ADDED[word]))
    return slips


_ARTICLE = re.compile(r"(?<![\w'’])(an?)( +)$", re.IGNORECASE)


def _articles(document: Document, edits: list[Edit]) -> list[Edit]:
    """The articles before swapped words put right."""
    mended = []
    taken = {edit.span.end for edit in edits}
    for edit in edits:
        start = max(0, edit.span.start - 4)
        found = _ARTICLE.search(document.text[start : edit.span.start])
        if found is None or start + found.end(1) in taken:
            continue
        written, article = found.group(1), article_for(edit.after)
        if written.lower() != article:
            at = start + found.start(1)
            right = article.capitalize() if written[0].isupper() else article
            mended.append(Edit(Span(at, at + len(written)), written, right))
    return mended


def _applied(document: Document, swapped: list[Edit], mended: list[Edit]) -> Spun:
    """Make the edits, and note where the swapped words went."""
    edits = sorted([*swapped, *mended])
    swaps = []
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        shift += len(edit.after) - len(edit.before)
        if edit not in mended:
            swaps.append(Swap(Span(start, start + len(edit.after)), edit.after, edit.before))
    return Spun(apply(document.text, edits), tuple(swaps), document.text)
