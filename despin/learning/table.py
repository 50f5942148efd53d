"""A lexicon file that learns: what a person wrote there stays.

Lines keep their places and, where nothing is new, every character. Besides ordinary rows the
file holds comments of two kinds: rows that are counted but not used begin with ``#~``, and lines
that begin with ``# learnt:`` hold the keys of what was learnt, so that nothing counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from despin.learning.pairs import Pair
from despin.learning.tally import Counts
from despin.lexicon.rows import COLUMNS, COUNTS, header_of, read_rows, row_of

BOM = "\ufeff"
UNUSED = "#~ "
SOURCE = "learnt from "
"""What the source of a learnt row begins with; other rows are a person's and never put aside."""
INTRO = (
    "# Learnt by: despin lexicon learn. Yours to edit.",
    "# Rows behind #~ are counted, not used; the keys at the end say what was learnt already.",
)

_LEDGER = re.compile(r"# learnt:((?: [0-9a-f]{12})+)\s*")
_KEYS_A_LINE = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file.

    Attributes:
        text: as it stands, line end included.
        cells: by column, of a row; ``None`` for all else.
        used: the row is no comment.
    """

    text: str
    cells: Mapping[str, str] | None = None
    used: bool = True

    @property
    def pair(self) -> Pair:
        """The pair of a row."""
        assert self.cells is not None
        row = row_of(list(self.cells), list(self.cells.values()))
        return Pair(row.spun, row.original, row.kind)

    @property
    def counts(self) -> Counts:
        """The counts of a row; what is empty counts as nothing."""
        assert self.cells is not None
        return Counts(**{name: int(self.cells.get(name, "").strip() or 0) for name in COUNTS})

    @property
    def is_learnt(self) -> bool:
        """Whether the row was made here, and not by a person."""
        return self.cells is not None and self.cells.get("source", "").startswith(SOURCE)


@dataclass(frozen=True)
class Table:
    """A lexicon file.

    Attributes:
        lines: all lines but those with keys.
        header: the columns; empty where there is no header yet.
        known: keys of the lessons that are counted in it.
        end: how its lines end.
        mark: the byte order mark before them, or empty.
    """

    lines: tuple[Line, ...] = tuple(Line(f"{line}\n") for line in INTRO)
    header: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    end: str = "\n"
    mark: str = ""

    @staticmethod
    def read(path: Path) -> Table:
        """The table in a file; a new one where there is no such file.

        Raises:
            LexiconError: the file is no lexicon.
        """
        if not path.exists():
            return Table()
        read_rows(path)
        return parsed(path.read_bytes().decode("utf-8"))

    def rows(self, *, used: bool = True) -> Iterator[Line]:
        """The rows that are used, or those that are not."""
        return (line for line in self.lines if line.cells is not None and line.used == used)

    def text(self) -> str:
        """The file."""
        keys = sorted(self.known)
        ledger = (
            f"# learnt: {' '.join(keys[at : at + _KEYS_A_LINE])}{self.end}"
            for at in range(0, len(keys), _KEYS_A_LINE)
        )
        return "".join([self.mark, *(line.text for line in self.lines), *ledger])

    def rows_text(self) -> str:
        """A lexicon of the header and the rows that are used, alone."""
        return "".join([self._header_text(), *(line.text for line in self.rows())])

    def with_columns(self) -> Table:
        """The table with a column for all that is learnt; what is there stays before it."""
        header = (*self.header, *(c for c in COLUMNS + COUNTS if c not in self.header))
        if header == self.header:
            return self
        table = replace(self, header=header)
        line = Line(table._header_text())
        if not self.header:
            return replace(table, lines=(*self.lines, line))
        at = next(i for i, old in enumerate(self.lines) if _is_header(old.text))
        return replace(table, lines=(*self.lines[:at], line, *self.lines[at + 1 :]))

    def line(self, cells: Mapping[str, str], *, used: bool) -> Line:
        """The line of a row with these cells."""
        text = "\t".join(cells.get(name, "") for name in self.header).rstrip("\t")
        return Line(f"{'' if used else UNUSED}{text}{self.end}", cells, used)

    def _header_text(self) -> str:
        return "\t".join(self.header) + self.end


def parsed(text: str) -> Table:
    """The table of a file's text, of which `read_rows` has no complaint."""
    end = "\r\n" if "\r\n" in text else "\n"
    mark = BOM if text.startswith(BOM) else ""
    table = Table((), end=end, mark=mark)
    lines: list[Line] = []
    known: set[str] = set()
    for line in StringIO(text.removeprefix(mark), newline=""):  # as `read_rows` parts them
        if keys := _LEDGER.fullmatch(line):
            known.update(keys[1].split())
            continue
        if not table.header and _is_header(line):
            table = replace(table, header=tuple(header_of(line.rstrip("\r\n").split("\t"))))
            lines.append(Line(line))
        else:
            lines.append(_line(table.header, line))
    if lines and lines[-1].text == lines[-1].text.rstrip("\r\n"):
        lines[-1] = replace(lines[-1], text=lines[-1].text + end)
    return replace(table, lines=tuple(lines), known=frozenset(known))


def _is_header(line: str) -> bool:
    """Whether this is the header, of lines up to it."""
    return bool(line.strip()) and not line.startswith("#")


def _line(header: tuple[str, ...], text: str) -> Line:
    """A row, used or not, or a line that is none."""
    used = not text.startswith("#")
    if not text.strip() or not (used or (header and text.startswith(UNUSED))):
        return Line(text)
    cells = text.removeprefix(UNUSED).rstrip("\r\n").split("\t")
    try:
        row_of(header, cells)
    except ValueError:
        return Line(text)  # a comment that only looks like a row
    return Line(text, dict(zip(header, cells, strict=False)), used)
