"""Reading a document with the language model: windows, and the evidence they give.

Two kinds of evidence. *Left*: how likely the first piece of a wording is, given all that stands
before; one pass over the text gives it for every candidate at once. *Both sides*: how likely the
whole wording and the next few pieces of the text are; a short branch for each candidate, all of
them sharing the state of the text before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from despin.propose.slots import Slots
from despin.score.engine import LONGEST, Engine, State
from despin.score.form_facts import FormPieces
from despin.score.pieces import Encoded, IntArray
from despin.score.places import Places, first_pieces
from despin.span import Span
from despin.wording import in_case

FloatArray = NDArray[np.float32]

WINDOW = 1024
"""Pieces read together; their state is 45 KB a piece."""
CONTEXT = 256
"""Pieces a window reads again of the one before, so that no slot is judged without context."""
MARGIN = 24
"""Pieces at a window's end left to the next one, so that every slot has its right side."""
RIGHT = 5
"""Pieces of the text after the words in question that tell how likely they make what follows."""
BRANCH_RIGHT = 3
"""As many of them as a branch is asked for: most of the time is theirs, and the fourth and fifth
change little (half a point of average precision in simulated text, nothing in real)."""


@dataclass(frozen=True)
class Window:
    """A stretch of a document that the model has read.

    Attributes:
        offset: number of its first piece in the document.
        state: what the model knows; the text's piece ``offset + i`` is its piece ``i + 1``.
        slots: int32[…], the slots judged from this window.
    """

    offset: int
    state: State
    slots: NDArray[np.int32]

    def rows(self, where: Places) -> tuple[IntArray, IntArray]:
        """Rows of the state: of each slot's first piece, and behind its last."""
        shift = 1 - self.offset
        return where.first[self.slots] + shift, where.behind[self.slots] + shift


def windows(engine: Engine, encoded: Encoded, where: Places) -> Iterator[Window]:
    """Read the document window by window; every slot with a place is judged in exactly one.

    Nothing is read but `CONTEXT` pieces before a window's first slot to `MARGIN` behind its last.
    """
    total = len(encoded.ids)
    size = min(WINDOW, engine.context - MARGIN)
    judged = 0
    while judged < total:
        end = min(total, max(0, judged - CONTEXT) + size)
        limit = total if end == total else end - MARGIN
        inside = np.flatnonzero((where.first >= judged) & (where.first < limit)).astype(np.int32)
        if len(inside):
            offset = max(0, int(where.first[inside].min()) - CONTEXT)
            end = min(end, int(where.behind[inside].max()) + MARGIN)
            ids = np.concatenate([[engine.first], encoded.ids[offset:end]]).astype(np.int32)
            engine.rest()  # what lies free, of an encoder say, before 45 KB a piece are taken
            yield Window(offset, engine.read(ids), inside)
        judged = limit


@dataclass(frozen=True)
class Left:
    """Evidence of the one pass, for the slots of a window.

    Attributes:
        written: float32[slots], log-probability of the words as written, given all before.
        candidate: float32[rows], log-probability of the first piece of each candidate.
        pieces: float32[rows], how many pieces each candidate has.
        after: float32[slots], log-probability of the next `RIGHT` pieces after the words.
        close: float32[slots], log-probability of the next `BRANCH_RIGHT` of them.
        next: float32[slots], log-probability of the very next piece after the words.
    """

    written: FloatArray
    candidate: FloatArray
    pieces: FloatArray
    after: FloatArray
    close: FloatArray
    next: FloatArray


BEFORE = 1200
"""Code points before a place that `compare` reads, as far as the model takes their pieces."""
AFTER = 80
"""Code points behind it, of which the first few pieces count."""


def compare(
    engine: Engine, text: str, span: Span, wordings: Sequence[str], pieces: int = RIGHT
) -> NDArray[np.float32]:
    """How much better each wording reads at ``span`` than the words as written.

    Both sides count: log P of the wording and of the next few pieces, given what stands before.

    Args:
        engine: the language model.
        text: the document's.
        span: the words in question.
        wordings: what else could stand there.
        pieces: how many pieces behind them count.

    Returns:
        float32[wordings], natural-log differences.
    """
    start = max(0, span.start - BEFORE)
    encoded = engine.pieces.encode(text[start : span.end + AFTER])
    at = np.array([span.start - start], np.int32)
    first = int(first_pieces(encoded, at, text[start : span.end])[0])
    behind = int(np.searchsorted(encoded.starts, span.end - start, side="left"))
    lead = text[start + int(encoded.starts[first]) : span.start] if first < len(encoded.ids) else ""
    room = min(LONGEST, engine.context) - 1  # a code point may be four pieces
    before = encoded.ids[max(0, first - room) : first]
    state = engine.read(np.append(engine.first, before).astype(np.int32))
    right = encoded.ids[behind : behind + pieces]
    own = engine.pieces.encode_ids([lead + w for w in (span.of(text), *wordings)])
    branches = [np.concatenate([ids, right]).astype(np.int32) for ids in own]
    fed = [branch if len(branch) else np.array([0], np.int32) for branch in branches]
    found = engine.branches(state, [len(state.ids)] * len(fed), fed)
    totals = np.array(
        [f.sum() if len(b) else 0.0 for f, b in zip(found, branches, strict=True)], np.float32
    )
    return np.asarray(totals[1:] - totals[0], np.float32)


@dataclass(frozen=True)
class WindowReader:
    """Asks the model about the slots of one document, a window at a time."""

    engine: Engine
    encoded: Encoded
    slots: Slots
    where: Places
    forms: FormPieces
    text: str

    def left(self, window: Window, rows: NDArray[np.int32], owner: NDArray[np.int32]) -> Left:
        """Evidence of the one pass.

        Args:
            window: the window.
            rows: int32[rows], candidates of the window's slots.
            owner: int32[rows], index into ``window.slots`` of each row's slot.
        """
        first = self.where.first[window.slots]
        behind = self.where.behind[window.slots]
        written = self._sums(window, first, behind)
        after, close, following = (
            self._sums(window, behind, self._right_end(window, behind, right))
            for right in (RIGHT, BRANCH_RIGHT, 1)
        )
        self.forms.learn(self.slots.form[rows])
        piece, count = self._first_pieces(rows, window.slots[owner])
        seen = first[owner] - window.offset + 1
        candidate = self.engine.next_log_probs(window.state, seen, piece)
        return Left(written, candidate, count.astype(np.float32), after, close, following)

    def both(
        self, window: Window, rows: NDArray[np.int32], slots: NDArray[np.int32]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Log-probabilities of whole candidates and of what follows them.

        Args:
            window: the window.
            rows: int32[rows], the candidates to look at.
            slots: int32[rows], the slot of each.

        Returns:
            float32[rows] each: the wording given all before; the next `BRANCH_RIGHT` pieces given
            all before and the wording; the first of these alone.
        """
        behind = self.where.behind[slots]
        ends = self._right_end(window, behind, BRANCH_RIGHT)
        seen = (self.where.first[slots] - window.offset + 1).tolist()
        wordings = self._pieces(rows, slots)
        branches = [
            np.concatenate([wording, self.encoded.ids[b:e]])
            for wording, b, e in zip(wordings, behind, ends, strict=True)
        ]
        found = self.engine.branches(window.state, seen, branches)
        sizes = [len(wording) for wording in wordings]
        pairs = list(zip(found, sizes, strict=True))
        return (
            np.array([f[:n].sum() for f, n in pairs], np.float32),
            np.array([f[n:].sum() for f, n in pairs], np.float32),
            np.array([f[n] if len(f) > n else 0.0 for f, n in pairs], np.float32),
        )

    def _right_end(self, window: Window, behind: IntArray, right: int) -> IntArray:
        return np.minimum(behind + right, window.offset + len(window.state.ids) - 1)

    def _sums(self, window: Window, begin: IntArray, end: IntArray) -> FloatArray:
        """Summed log-probability of the text's own pieces ``begin`` to ``end`` of each slot."""
        lengths = np.maximum(end - begin, 0)
        owner = np.repeat(np.arange(len(begin)), lengths)
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        numbers = np.arange(int(lengths.sum())) - starts + begin[owner]
        found = self.engine.next_log_probs(
            window.state, numbers - window.offset + 1, self.encoded.ids[numbers]
        )
        return np.bincount(owner, weights=found, minlength=len(begin)).astype(np.float32)

    def _first_pieces(
        self, rows: NDArray[np.int32], slots: NDArray[np.int32]
    ) -> tuple[IntArray, IntArray]:
        """First piece and number of pieces of each candidate, in its slot's case and spacing."""
        form = self.slots.form[rows]
        piece, count = self.forms.first[form].copy(), self.forms.count[form].copy()
        other = np.flatnonzero(~self._plain[slots])
        found = self._pieces(rows[other], slots[other])
        piece[other], count[other] = [ids[0] for ids in found], [len(ids) for ids in found]
        return piece, count

    def _pieces(self, rows: NDArray[np.int32], slots: NDArray[np.int32]) -> list[IntArray]:
        """The pieces of candidates as they would stand in the text."""
        plain = self._plain[slots].tolist()
        forms = self.slots.form[rows].tolist()
        cased = [
            self._cased(form, slot)
            for form, slot, known in zip(forms, slots.tolist(), plain, strict=True)
            if not known
        ]
        encoded = iter(self.engine.pieces.encode_ids(cased))
        return [
            self.forms.of(form) if known else next(encoded)
            for form, known in zip(forms, plain, strict=True)
        ]

    def _cased(self, form: int, slot: int) -> str:
        """A form in the case of a slot's words, behind a space where they are."""
        wording = in_case(self.text, self.slots.span(slot), self.slots.forms[form])
        return " " * bool(self.where.space[slot]) + wording

    @cached_property
    def _plain(self) -> NDArray[np.bool_]:
        """bool[n]: a slot's words have no capital and a space before: their forms are known."""
        spans = (self.slots.span(i) for i in range(len(self.slots)))
        lower = np.array([span.of(self.text).islower() for span in spans], np.bool_)
        return np.asarray(self.where.space & lower)
