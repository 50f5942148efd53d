"""A run of swaps, cut into its parts: a pair of texts marks neighbours as one stretch.

``essential as a result of`` for ``necessary because`` are two swaps beside each other, which no
count of words tells apart; the lexicon does, for it knows both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from despin.learning.alignment import words
from despin.learning.pairs import without_possessive
from despin.propose.substitutions import Substitutions
from despin.span import Span
from despin.text.tokens import normal_phrase
from despin.training.spinner import Spun, Swap

LONGEST_RUN = 12
"""Words that a run may have on either side to be cut."""
LONGEST_PART = 4
"""Words that one of its parts may have."""

_Cut = tuple[tuple[Span, Span], ...]


def cut(table: Substitutions, spun: Spun) -> Spun:
    """The text with the parts of its longer swaps beside these.

    A swap is cut only if every part is a pair that the lexicon knows, the same word on both sides,
    or one word for one.
    """
    known = {swap.span for swap in spun.swaps}
    outer = outermost(spun.swaps)
    parts = [part for swap in outer for part in _parts(table, swap)]
    parts += [noun for swap in (*outer, *parts) for noun in _nouns(swap)]
    new = [part for part in parts if part.span not in known]
    return replace(spun, swaps=tuple(sorted((*spun.swaps, *new), key=lambda s: s.span)))


def outermost(swaps: tuple[Swap, ...]) -> list[Swap]:
    """Those that lie in no other one, in text order."""
    found: list[Swap] = []
    for swap in sorted(swaps, key=lambda s: (s.span.start, -s.span.end)):
        if not found or swap.span.start >= found[-1].span.end:
            found.append(swap)
    return found


def _nouns(swap: Swap) -> Iterator[Swap]:
    """The nouns of two possessives: the lexicon's pairs are such."""
    straight = (words.replace("’", "'") for words in (swap.spun, swap.original))
    here, there = map(len, without_possessive(*straight))
    if here < len(swap.spun):
        start = swap.span.start
        yield Swap(Span(start, start + here), swap.spun[:here], swap.original[:there])


def _parts(table: Substitutions, swap: Swap) -> Iterator[Swap]:
    run = _Run.of(table, swap)
    if max(len(run.before), len(run.after)) > LONGEST_RUN or len(run.before) < 2:
        return
    best = run.best()
    if best is None or len(best) < 2:
        return
    for before, after in best:
        here, there = before.of(swap.spun), after.of(swap.original)
        if [word.key for word in words(here)] != [word.key for word in words(there)]:
            start = swap.span.start + before.start
            yield Swap(Span(start, start + len(here)), here, there)


@dataclass(frozen=True)
class _Run:
    """The words of a swap, without the marks around them, on either side."""

    table: Substitutions
    swap: Swap
    before: tuple[Span, ...]
    after: tuple[Span, ...]

    @staticmethod
    def of(table: Substitutions, swap: Swap) -> _Run:
        return _Run(table, swap, _places(swap.spun), _places(swap.original))

    def best(self) -> _Cut | None:
        """The cheapest way to cut it, ``None`` where there is none."""
        parts = [(a, b) for a in range(1, LONGEST_PART + 1) for b in range(1, LONGEST_PART + 1)]

        @cache
        def rest(i: int, j: int) -> tuple[float, _Cut] | None:
            if i == len(self.before) and j == len(self.after):
                return 0.0, ()
            ways = []
            for a, b in parts:
                if i + a > len(self.before) or j + b > len(self.after):
                    continue
                pair = _over(self.before[i : i + a]), _over(self.after[j : j + b])
                price, others = self._price(*pair), rest(i + a, j + b)
                if price is not None and others is not None:
                    ways.append((price + others[0], (pair, *others[1])))
            return min(ways, default=None)

        found = rest(0, 0)
        return None if found is None else found[1]

    def _price(self, before: Span, after: Span) -> float | None:
        """Of taking the one for the other: few and known parts are cheap."""
        one, other = before.of(self.swap.spun), after.of(self.swap.original)
        if one == other:
            return 0.0
        if _knows(self.table, one, other):
            return 1.0
        return 3.0 if " " not in one and " " not in other else None


def _places(text: str) -> tuple[Span, ...]:
    return tuple(word.span for word in words(text))


def _over(spans: tuple[Span, ...]) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _knows(table: Substitutions, written: str, original: str) -> bool:
    """Whether the lexicon has the pair."""
    one, other = table.number(normal_phrase(written)), table.number(normal_phrase(original))
    if one is None or other is None:
        return False
    return other in table.target[table.rows[one] : table.rows[one + 1]].tolist()
