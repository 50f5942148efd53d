"""``despin lexicon learn``: rows from texts beside their originals, and from people's decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from despin.cli.choices import NAME

if TYPE_CHECKING:
    from despin.learning.lessons import Lesson
    from despin.learning.pairs import Pair
    from despin.learning.table import Table
    from despin.learning.tally import Bars, Tally

JSONL = ".jsonl"
MOST_WORDS = 12
"""Words that the hint about ``allow`` names."""


@click.command("learn", short_help="Rows from pairs of texts or from reviews.")
@click.argument(
    "files", nargs=-1, required=True, type=NAME, metavar="SPUN ORIGINAL | REVIEWS.jsonl…"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.tsv",
    help="Add to this lexicon; what is in it stays.",
)
@click.option(
    "--min-count",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Use no row that was met less often.",
)
@click.option(
    "--min-documents",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Use no row that was met in fewer documents.",
)
@click.option("--names", is_flag=True, help="Learn names too.")
def command(
    files: tuple[str, ...], out: Path | None, min_count: int, min_documents: int, names: bool
) -> int:
    """Propose lexicon rows, and keep count of them.

    SPUN and ORIGINAL are two texts, or two folders whose texts have the same names. A .jsonl file
    holds saved reviews, of which a person's decisions count, or records with the keys spun and
    original. The rows are printed, or added to the lexicon --out; --lexicon reads either.

    Exit code 0: done; 2: something could not be read or written, and nothing was.
    """
    from despin.cli.output import write
    from despin.learning.table import Table
    from despin.learning.tally import Bars

    lessons = _gathered(_lessons(files, names))
    bars = Bars(min_count, min_documents)
    if out:
        learnt = _kept(out, lessons, bars)
    else:
        learnt = _learnt(Table(), lessons, bars)
        write(learnt.new.rows_text())
    _tell(learnt, out)
    return 0


@dataclass(frozen=True, slots=True)
class Learnt:
    """A lexicon before and after, and what was counted in between."""

    old: Table
    new: Table
    tally: Tally


def _learnt(old: Table, lessons: Sequence[Lesson], bars: Bars) -> Learnt:
    from despin.learning.merging import merged
    from despin.learning.tally import Tally

    tally = Tally(known=set(old.known))
    tally.take(lessons)
    return Learnt(old, merged(old, tally, bars), tally)


def _kept(out: Path, lessons: Sequence[Lesson], bars: Bars) -> Learnt:
    """Add to the lexicon, while no other run does.

    Raises:
        WriteError: it cannot be written, or somebody else has changed it meanwhile.
    """
    from despin.learning.table import Table
    from despin.read import write_atomically
    from despin.read.alone import alone

    with alone(out):
        before = _bytes(out)
        learnt = _learnt(Table.read(out), lessons, bars)
        write_atomically(out, learnt.new.text().encode("utf-8"), partial(_check_same, out, before))
    return learnt


def _check_same(out: Path, before: bytes | None) -> None:
    from despin.read import WriteError

    if _bytes(out) != before:
        raise WriteError(f"{out}: has just been changed by somebody else; nothing was added to it")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:  # not there; what else may be wrong is said where it is read as a lexicon
        return None


def _gathered(lessons: Iterator[Lesson]) -> list[Lesson]:
    """All lessons, before any lexicon is looked at; equal pairs are held once."""
    held: dict[Pair, Pair] = {}
    return [
        replace(lesson, pairs=tuple(held.setdefault(pair, pair) for pair in lesson.pairs))
        for lesson in lessons
    ]


def _lessons(files: tuple[str, ...], names: bool) -> Iterator[Lesson]:
    from despin.learning.lessons import of_texts
    from despin.learning.sources import text_pairs

    if all(name.endswith(JSONL) for name in files):
        for name in files:
            yield from _lessons_of_lines(name, names)
    elif len(files) == 2 and not any(name.endswith(JSONL) for name in files):
        for spun, original in text_pairs(*files):
            yield of_texts(spun, original, names=names)
    else:
        raise click.UsageError("name a spun text and its original, two folders, or .jsonl files")


def _lessons_of_lines(name: str, names: bool) -> Iterator[Lesson]:
    """Lessons of a file of reviews or of pairs."""
    from despin.cli.apply import saved_review
    from despin.learning.lessons import of_review, of_texts
    from despin.learning.sources import lines, record_pair

    for where, line in lines(name):
        pair = record_pair(line, where)
        if pair:
            yield of_texts(*pair, names=names)
        else:
            yield from of_review(saved_review(line, where), names=names)


def _tell(learnt: Learnt, out: Path | None) -> None:
    """One line of what came of it, and one of words that nobody wants replaced."""
    from despin.cli.errors import complain

    old, new, tally = learnt.old, learnt.new, learnt.tally
    rows, waiting = (_pairs(new, used=used) for used in (True, False))
    added, dropped = rows - _pairs(old, used=True), _pairs(old, used=True) - rows
    parts = [f"{_of(len(added), 'new row')} from {_of(len(tally.documents), 'new document')}"]
    if out:
        parts.append(f"{len(rows)} in {out}")
    if dropped:
        parts.append(f"put aside: {', '.join(f'{p.spun} → {p.original}' for p in sorted(dropped))}")
    if waiting:
        parts.append(f"{len(waiting)} counted, not used")
    complain("; ".join(parts))
    left = tally.always_left()
    if left:
        words = ", ".join(left[:MOST_WORDS]) + (", …" if len(left) > MOST_WORDS else "")
        complain(f"never replaced by anybody; allow = […] would spare them: {words}")


def _pairs(table: Table, *, used: bool) -> set[Pair]:
    return {line.pair for line in table.rows(used=used)}


def _of(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
