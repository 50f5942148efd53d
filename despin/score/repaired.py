"""Judging once more with the confident repairs made.

In heavily spun text both sides of a word are spoiled: a swap hides behind the swaps around it, and
a good word looks odd beside them. So what is likely enough is put in, and the places still open are
judged again in the company that probably stood there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.edit import Edit, apply
from despin.prior import Prior
from despin.propose.slots import Slots, touched
from despin.score import Scores
from despin.text.tokens import POSSESSIVE
from despin.wording import replacement_edit

CONFIDENT = 0.35
"""Probability of a wording from which it is put in; with .5 two in a hundred swaps fewer were given
back in real passages, and hardly any in simulated ones."""
OPEN = 0.2
"""Probability of being spun from which a place is judged again."""
POSSIBLE = 0.02
"""Probability of a wording from which it is judged again."""

Score = Callable[[Document, Slots, Prior], Scores]
"""Judges slots under a given prior."""


def judged_again(score: Score, document: Document, slots: Slots, first: Scores) -> Scores:
    """``first``, with the open places as they are judged in the repaired document."""
    edits = repairs(document, slots, first)
    if not edits:
        return first
    slot = slots.slot_of
    open_ = (first.spun >= OPEN) & ~touched([edit.span for edit in edits], slots.start, slots.end)
    rows = open_[slot] & (first.candidate >= POSSIBLE)
    kept = np.unique(slot[rows]).astype(np.int_)
    repaired = replace(document, text=apply(document.text, edits))
    places, found = moved(slots.among(kept, rows), edits, repaired)
    kept = kept[found]
    if not len(kept):
        return first
    second = score(repaired, places, first.prior)
    return _joined(first, second, np.isin(slot, kept), rows, slot, document.word_count)


def repairs(document: Document, slots: Slots, scores: Scores) -> list[Edit]:
    """The likeliest wordings that are `CONFIDENT`, none beside another, in the text's order."""
    sure = np.flatnonzero(scores.candidate >= CONFIDENT)
    made: list[Edit] = []
    for row in sure[np.argsort(-scores.candidate[sure], kind="stable")].tolist():
        place = slots.span(int(slots.slot_of[row]))
        edit = replacement_edit(document.text, place, slots.forms[int(slots.form[row])])
        if not any(edit.conflicts(other) for other in made):
            made.append(edit)
    return sorted(made)


def moved(slots: Slots, edits: list[Edit], repaired: Document) -> tuple[Slots, NDArray[np.bool_]]:
    """The slots where they are in the repaired document, and which of them are still words there.

    Args:
        slots: slots that no edit touches.
        edits: ascending.
        repaired: the document with the edits made.
    """
    ends = np.array([edit.span.end for edit in edits])
    shifts = np.cumsum([0, *(len(edit.after) - len(edit.before) for edit in edits)])
    shift = shifts[np.searchsorted(ends, slots.start, side="right")]
    start, end = slots.start + shift, slots.end + shift
    begins = np.array([token.span.start for token in repaired.tokens])
    behind = np.array([token.span.end for token in repaired.tokens])
    token = np.minimum(np.searchsorted(begins, start), len(begins) - 1)
    last = np.minimum(token + slots.tokens - 1, len(begins) - 1)
    over = np.flatnonzero(behind[last] != end)
    owned = [POSSESSIVE.match(repaired.text, end[i], behind[last[i]]) is not None for i in over]
    found = begins[token] == start
    found[over] &= np.array(owned, np.bool_)
    there = replace(
        slots,
        start=start.astype(np.int32),
        end=end.astype(np.int32),
        token=token.astype(np.int32),
    )
    return there.only(np.flatnonzero(found)), found


def _joined(  # noqa: PLR0913, PLR0917 - two scores and what was judged twice
    first: Scores,
    second: Scores,
    again: NDArray[np.bool_],
    likely: NDArray[np.bool_],
    slot: NDArray[np.int32],
    words: int,
) -> Scores:
    """The first scores with the second ones where they are known.

    Args:
        first: of n slots and m candidates.
        second: of the slots judged again and their likely candidates.
        again: bool[m], candidates of slots that were judged again.
        likely: bool[m], those of them that were; the others are as good as ruled out.
        slot: int32[m], ascending.
        words: of the document.
    """
    spun, candidate, odds = first.spun.copy(), first.candidate.copy(), first.odds.copy()
    rows = again & likely
    spun[np.unique(slot[again])], candidate[again] = second.spun, 0.0
    candidate[rows], odds[rows] = second.candidate, second.odds
    share = first.share + float(spun.sum() - first.spun.sum()) / max(1, words)
    return Scores(spun, candidate, odds, min(max(share, 0.0), 1.0), first.prior)
