"""What the reviewer opens of a file of reviews: what it can, and the lines that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
        """Both; a document that is in both stays where it was, as it is in the other."""
        entries = {entry.key: entry for entry in (*self.entries, *other.entries)}
        kept = tuple((place + len(self.entries), line) for place, line in other.kept)
        complaints = (*self.complaints, *other.complaints)
        return Opened(list(entries.values()), (*self.kept, *kept), complaints)


def opened_reviews(path: Path) -> Opened:
    """The reviews that a JSONL file holds, as far as they can be opened.

    Raises:
        ReadError: the file cannot be read.
    """
    entries: dict[str, Entry] = {}
    kept: list[tuple[int, bytes]] = []
    problems: list[str] = []
    for where, line in lines(str(path)):
        try:
            wire = saved(line, where)
            (entry,) = of_reviews(path, [review_of(wire, where)], textless=wire.text is None)
        except Exception as error:
            if not is_ours(error):
                raise
            kept.append((len(entries), line))
            problems.append(str(error).removeprefix(f"{path}, "))
        else:
            entries[entry.key] = entry
    return Opened(list(entries.values()), tuple(kept), _complaint(path, problems))


def _complaint(path: Path, problems: Sequence[str]) -> tuple[str, ...]:
    if not problems:
        return ()
    named = "; ".join(problems[:MOST_NAMED])
    more = f"; and {len(problems) - MOST_NAMED} more" if len(problems) > MOST_NAMED else ""
    reviews = "1 review" if len(problems) == 1 else f"{len(problems)} reviews"
    return (f"{path}: {reviews} left out: {named}{more}",)
