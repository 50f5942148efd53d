"""New counts into a table: which rows they change, and which they add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from despin.learning.pairs import Pair
from despin.learning.table import SOURCE, Line, Table
from despin.learning.tally import Bars, Counts, Tally, ordered, weights


def merged(table: Table, tally: Tally, bars: Bars) -> Table:
    """The table with what was counted added to it.

    A pair that has a row adds to its counts; others get rows of their own behind it, those met
    most often first, those that do not reach the bars as comments. A learnt row that is now
    rejected more often than met becomes a comment, and a comment that now reaches the bars a row.
    Learnt weights follow the counts unless a person has changed them.
    """
    table = table.with_columns()
    own = _rows_of(table, tally.counts)
    old = {line.pair: line.counts for line in table.lines if line.cells is not None}
    now = dict(old)
    for pair, counts in tally.counts.items():
        now[own[pair]] = now.get(own[pair], Counts()) + counts
    change = _Change(table, bars, set(own.values()), now, weights(old), weights(now))
    lines = [change.updated(line) for line in table.lines]
    first = {own[pair]: name for pair, name in tally.first.items()}
    new = [change.made(pair, first[pair]) for pair in ordered(now) if pair not in old]
    new.sort(key=lambda line: not line.used)
    return replace(table, lines=(*lines, *new), known=table.known | tally.known)


def _rows_of(table: Table, pairs: Iterable[Pair]) -> dict[Pair, Pair]:
    """The row that each pair counts for: its own, or one of another kind with the same words."""
    rows = [line.pair for line in table.lines if line.cells is not None]
    same, alike = set(rows), {(row.spun, row.original): row for row in reversed(rows)}
    return {
        pair: pair if pair in same else alike.get((pair.spun, pair.original), pair)
        for pair in pairs
    }


@dataclass(frozen=True)
class _Change:
    """Old and new counts and weights of one table.

    Attributes:
        table: whose columns hold.
        bars: what a comment or a new row must reach.
        met: the pairs that have new counts.
        counts: of all pairs, old and new.
        before: weights by the old counts alone.
        after: weights by all counts.
    """

    table: Table
    bars: Bars
    met: set[Pair]
    counts: Mapping[Pair, Counts]
    before: Mapping[Pair, float]
    after: Mapping[Pair, float]

    def updated(self, line: Line) -> Line:
        """A line of the table as it is to be; the same one where nothing changes."""
        if line.cells is None:
            return line
        pair = line.pair
        cells = dict(line.cells)
        used = line.used
        if pair in self.met:
            cells |= _count_cells(self.counts[pair])
        if line.is_learnt:
            if cells.get("weight") == _number(self.before[pair]):
                cells["weight"] = _number(self.after[pair])
            used = self._is_used(pair, line)
        if cells == line.cells and used == line.used:
            return line
        return self.table.line(cells, used=used)

    def made(self, pair: Pair, document: str) -> Line:
        """The line of a new row."""
        cells = {
            "spun": pair.spun,
            "original": pair.original,
            "kind": pair.kind.value,
            "weight": _number(self.after[pair]),
            "source": SOURCE + document,
        }
        used = self.bars.admit(self.counts[pair])
        return self.table.line(cells | _count_cells(self.counts[pair]), used=used)

    def _is_used(self, pair: Pair, line: Line) -> bool:
        """Whether a learnt row is to be used: one that is stays unless people now refuse it."""
        if line.used:
            return not (pair in self.met and self.counts[pair].is_refused)
        return self.bars.admit(self.counts[pair])


def _count_cells(counts: Counts) -> dict[str, str]:
    return {
        "seen": str(counts.seen),
        "documents": str(counts.documents),
        "accepted": str(counts.accepted),
        "rejected": str(counts.rejected),
    }


def _number(weight: float) -> str:
    return f"{weight:.2g}"
