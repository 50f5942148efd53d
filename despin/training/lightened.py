"""Really spun texts, more lightly spun: a part of their swaps taken back.

Hardly any text with an original is lightly spun, and most that people meet are: where the words
around a swap are as they were written, it looks another way than among other swaps.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from despin.edit import Edit, apply
from despin.moved import Moved
from despin.span import Span
from despin.training.partings import outermost
from despin.training.spinner import Spun

KEPT = (0.1, 0.3)
"""Shares of the swaps that stay: of texts in which one word in three is spun, 3 and 10 in a hundred
words are left so, as in lightly spun news."""


def lightened(spun: Spun, rng: random.Random, kept: Sequence[float] = KEPT) -> Iterator[Spun]:
    """The text once for each share of its swaps to be ``kept``, where one is left in it."""
    for share in kept:
        lighter = _taken_back(spun, share, rng)
        if lighter.swaps:
            yield lighter


def _taken_back(spun: Spun, share: float, rng: random.Random) -> Spun:
    swaps = [swap for swap in outermost(spun.swaps) if swap.original]
    edits = [Edit(s.span, s.spun, s.original) for s in swaps if rng.random() >= share]
    moved = Moved(edits)

    def there(span: Span) -> Span | None:
        """Where a span went; ``None`` where it was taken back."""
        if any(edit.span.contains(span) for edit in edits):
            return None
        return Span(moved.forward(span.start), moved.forward(span.end))

    places = ((swap, there(swap.span)) for swap in spun.swaps)
    left = tuple(replace(swap, span=place) for swap, place in places if place is not None)
    unclear = tuple(place for span in spun.unclear if (place := there(span)) is not None)
    return Spun(apply(spun.text, edits), left, spun.original, unclear)
