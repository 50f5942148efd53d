"""What the reviewer opens of a file of reviews: what it can, and the lines that it cannot."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from despin.cli.apply import review_of, saved
from despin.cli.errors import is_ours
from despin.learning.sources import lines
from despin.tui.entries import Entry, of_reviews

MOST_NAMED = 5


@dataclass(frozen=True)
class Opened:
    """Entries, what was left out of files of reviews, and one sentence a file about that.

    Attributes:
        entries: each document once.
        kept: lines left out, each with the number of entries before it.
        complaints: which lines these are, and why.
    """

    entries: Sequence[Entry]
    kept: tuple[tuple[int, bytes], ...] = ()
    complaints: tuple[str, ...] = ()

    def __add__(self, other: Opened) -> Opened:
        """Both; of a file that is in both, which has one place to go, the review if there is one.

        A file of reviews must not be in both.
        """
        both, entries = (*self.entries, *other.entries), _by_place(self.entries)
        complaints = [*self.complaints, *other.complaints]
        for place, entry in _by_place(other.entries).items():
            earlier = entries.setdefault(place, entry)
            if earlier is entry or entry.review is None:
                continue
            entries[place] = entry
            if earlier.review is not None:
                complaints.append(f"{entry.name}: two reviews of this file; the later is opened")
        there = {id(entry) for entry in entries.values()}
        before = [0, *accumulate(id(entry) in there for entry in both)]
        kept = (*self.kept, *((place + len(self.entries), line) for place, line in other.kept))
        kept = tuple((before[place], line) for place, line in kept)
        return Opened(list(entries.values()), kept, tuple(complaints))


def _by_place(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entries by the file that each would be saved into, or by what its journal is called."""
    return {
        os.path.realpath(entry.name) if os.path.isfile(entry.name) else entry.key: entry  # noqa: PTH113
        for entry in entries
    }


def opened_reviews(path: Path) -> Opened:
    """The reviews that a JSONL file holds, as far as they can be opened.

    Raises:
        ReadError: the file cannot be read.
    """
    file = _File(path)
    for where, line in lines(str(path)):
        try:
            wire = saved(line, where)
            (entry,) = of_reviews(path, [review_of(wire, where)], textless=wire.text is None)
        except Exception as error:
            if not is_ours(error):
                raise
            file.leave_out(len(file.entries), line, str(error))
        else:
            file.take(entry, where, line)
    return file.opened()


class _File:
    """What is taken of a file of reviews, and what is left out."""

    def __init__(self, path: Path) -> None:
        self.entries: dict[str, Entry] = {}
        self._path = path
        self._lines: dict[str, tuple[str, bytes]] = {}
        self._kept: list[tuple[int, bytes]] = []
        self._problems: list[str] = []

    def leave_out(self, place: int, line: bytes, why: str) -> None:
        """Keep a line as it is, before the entry at this place."""
        self._kept.append((place, line))
        self._problems.append(why.removeprefix(f"{self._path}, "))

    def take(self, entry: Entry, where: str, line: bytes) -> None:
        """Take an entry in; of two texts with one name, which have one place to go, the later."""
        key = entry.key
        if key in self.entries and _text_of(entry) != _text_of(self.entries[key]):
            earlier, other = self._lines[key]
            why = f"{earlier}: another text of {entry.name} comes later"
            self.leave_out(list(self.entries).index(key), other, why)
        self.entries[key] = entry
        self._lines[key] = (where, line)

    def opened(self) -> Opened:
        kept = sorted(self._kept, key=lambda each: each[0])
        complaint = _complaint(self._path, self._problems)
        return Opened(list(self.entries.values()), tuple(kept), complaint)


def _text_of(entry: Entry) -> str | None:
    return entry.review.document.sha256 if entry.review else None


def _complaint(path: Path, problems: Sequence[str]) -> tuple[str, ...]:
    if not problems:
        return ()
    named = "; ".join(problems[:MOST_NAMED])
    more = f"; and {len(problems) - MOST_NAMED} more" if len(problems) > MOST_NAMED else ""
    reviews = "1 review" if len(problems) == 1 else f"{len(problems)} reviews"
    return (f"{path}: {reviews} left out: {named}{more}",)
