"""What was found in each document, one line of JSON each, so that an interrupted run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from benchmarks.measures import Found
from benchmarks.restoration import Patch
from despin.finding import Applicability, Finding
from despin.lexicon.location import packaged
from despin.score.loading import CALIBRATOR

FOLDER = Path("work-data/quality")


@dataclass(frozen=True)
class Record:
    """One document of a section.

    Attributes:
        key: unique in its section.
        group: the table's row: a genre, a thesaurus and rate.
        source: what the bootstrap draws.
        words: words read.
        text: as judged; empty for clean text.
        golds: its gold spans.
        offered: those whose original the lexicon offers, one word for one word.
        found: system to its findings, settled at a very low bar.
    """

    key: str
    group: str
    source: str
    words: int
    text: str = ""
    golds: tuple[Patch, ...] = ()
    offered: tuple[Patch, ...] = ()
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    def line(self) -> str:
        """As a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"

    @staticmethod
    def of(line: str) -> Record:
        """From such a line."""
        row = json.loads(line)
        for name in ("golds", "offered"):
            row[name] = tuple(Patch(*patch) for patch in row[name])
        row["found"] = {
            system: tuple(Found._make([*f[:-1], tuple(Patch(*w) for w in f[-1])]) for f in found)
            for system, found in row["found"].items()
        }
        return Record(**row)


def found(findings: Iterable[Finding], floor: float, most: int = 5) -> tuple[Found, ...]:
    """Findings as plain data, those surer than ``floor``, with ``most`` wordings each."""
    return tuple(
        Found(
            f.span.start,
            f.span.end,
            f.rule.value,
            round(f.confidence, 5),
            f.applicability is Applicability.SAFE,
            round(f.best.confidence, 5) if f.best else 0.0,
            tuple(
                Patch(c.edit.span.start, c.edit.span.end, c.edit.before, c.edit.after)
                for c in f.candidates[:most]
            ),
        )
        for f in findings
        if f.confidence >= floor
    )


def stamp(*files: Path) -> str:
    """Eight hex digits for calibrator, lexicon and other files that decide what is found."""
    digest = sha256()
    compiled = sorted((packaged() / "compiled").glob("*.npy"))
    for file in (CALIBRATOR, *compiled, *files):
        digest.update(file.read_bytes() if file.exists() else b"-")
    return digest.hexdigest()[:8]


class Store:
    """The records of one section, scorer, calibrator and lexicon; changed code is not noticed."""

    def __init__(self, section: str, scorer: str, stamped: str, *, afresh: bool = False) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.path = FOLDER / f"{section}-{scorer}-{stamped}.jsonl"
        if afresh:
            self.path.unlink(missing_ok=True)
        self.records: dict[str, Record] = {}
        if self.path.exists():
            # What is behind the last line end was interrupted. Texts may hold U+2028 and the like.
            whole = self.path.read_text("utf-8").split("\n")[:-1]
            self.path.write_text("".join(f"{line}\n" for line in whole), "utf-8")
            self.records = {record.key: record for record in map(Record.of, whole)}

    def add(self, record: Record) -> None:
        """Keep a record, here and on disk."""
        self.records[record.key] = record
        with self.path.open("a", encoding="utf-8") as file:
            file.write(record.line())
