"""What the reviewer knows: files, decisions, cursor, bar, filter and the undo stack; frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from despin.edit import Edit
from despin.finding import Finding, Rule
from despin.review import Decision, Review, Verdict
from despin.text.language import UNCHECKED

if TYPE_CHECKING:
    from despin.tui.allowing import Allowed

START_BAR = 0.3
"""A person looks at weaker evidence than a program, whose bar is
`despin.options.DEFAULT_MIN_CONFIDENCE`."""
WEAK = 0.5
"""Findings less sure than this look weak: they are sooner wrong than right."""

Key = tuple[Rule, int, int]
"""A finding's identity within its document: rule, start, end. Outlives scoring and rescoring."""


class Phase(StrEnum):
    """How far a file has come."""

    WAITING = "waiting"
    PATTERNS = "patterns"
    """Read; what patterns show is there, the model's findings are not."""
    SCORED = "scored"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class File:
    """One file under review.

    Attributes:
        name: as shown.
        review: what was found and decided; ``None`` until it was read.
        phase: how far it has come.
        cursor: index of the finding in focus; 0 where there is none.
        saved: the accepted edits when it was last saved.
        error: why it failed, one sentence.
    """

    name: str
    review: Review | None = None
    phase: Phase = Phase.WAITING
    cursor: int = 0
    saved: tuple[Edit, ...] = ()
    error: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, none where nothing was read."""
        return self.review.findings if self.review else ()

    @property
    def unchecked(self) -> str:
        """Why nothing was looked for, a note of the review; empty where it was checked."""
        notes = self.review.notes if self.review and not self.findings else ()
        return next((note for note in notes if note.startswith(UNCHECKED)), "")

    @property
    def unsaved(self) -> bool:
        """Whether the accepted edits differ from those last saved."""
        return self.review is not None and self.review.edits() != self.saved


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are shown; empty ``rules`` means all."""

    rules: frozenset[Rule] = frozenset()
    undecided: bool = False
    in_quote: bool = False

    def admits(self, finding: Finding, decision: Decision) -> bool:
        """Whether the finding is shown."""
        return (
            (not self.rules or finding.rule in self.rules)
            and (not self.undecided or decision.verdict is Verdict.OPEN)
            and (not self.in_quote or finding.in_quote)
        )

    def describe(self) -> str:
        """A few words for the header, empty when everything is shown."""
        parts = [str(rule) for rule in sorted(self.rules)]
        parts += ["undecided"] * self.undecided + ["in quotes"] * self.in_quote
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that became another."""

    file: int
    key: Key
    before: Decision
    after: Decision


@dataclass(frozen=True, slots=True)
class Step:
    """What one key press changed; undone and redone as a whole.

    ``file`` and ``key`` say where the cursor was, ``allowed`` which word the project allows since.
    """

    label: str
    changes: tuple[Change, ...]
    file: int
    key: Key | None
    allowed: Allowed | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the review of some findings has come."""

    total: int = 0
    decided: int = 0
    accepted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.total + other.total,
            self.decided + other.decided,
            self.accepted + other.accepted,
        )


@dataclass(frozen=True, slots=True)
class Session:
    """Everything the reviewer shows; each key press makes the next one."""

    files: tuple[File, ...]
    at: int = 0
    bar: float = START_BAR
    filter: Filter = Filter()
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def file(self) -> File:
        """The file in front."""
        return self.files[self.at]

    @property
    def focus(self) -> int | None:
        """Index of the finding in focus, if one is shown."""
        shown = self.file.review and self.shown(self.file.cursor)
        return self.file.cursor if shown else None

    @property
    def unsaved(self) -> tuple[int, ...]:
        """The files whose accepted edits are not saved."""
        return tuple(i for i, file in enumerate(self.files) if file.unsaved)

    def shown(self, index: int, file: File | None = None) -> bool:
        """Whether finding ``index`` of a file (the one in front) passes bar and filter."""
        file = file or self.file
        if file.review is None or not index < len(file.findings):
            return False
        finding, decision = file.findings[index], file.review.decisions[index]
        return self.counted(finding, decision) and self.filter.admits(finding, decision)

    def counted(self, finding: Finding, decision: Decision) -> bool:
        """Whether the bar lets it through; what was decided stays."""
        return finding.confidence >= self.bar or decision.verdict is not Verdict.OPEN

    def visible(self, file: File | None = None) -> tuple[int, ...]:
        """Indices of the findings shown of a file (the one in front), in text order."""
        review = (file or self.file).review
        if review is None:
            return ()
        pairs = enumerate(zip(review.findings, review.decisions, strict=True))
        counted = ((i, f, d) for i, (f, d) in pairs if self.counted(f, d))
        if self.filter == Filter():
            return tuple(i for i, _, _ in counted)
        return tuple(i for i, f, d in counted if self.filter.admits(f, d))

    def with_file(self, index: int, file: File) -> Session:
        """The session with one file replaced."""
        files = (*self.files[:index], file, *self.files[index + 1 :])
        return replace(self, files=files)


def key_of(finding: Finding) -> Key:
    """The finding's identity."""
    return (finding.rule, finding.span.start, finding.span.end)


def index_of(review: Review, key: Key) -> int | None:
    """Where the finding with this identity is."""
    return next((i for i, f in enumerate(review.findings) if key_of(f) == key), None)


def is_open(file: File, index: int) -> bool:
    """Whether a finding of a file that was read is undecided."""
    return file.review is not None and file.review.decisions[index].verdict is Verdict.OPEN


def counts(session: Session, file: File) -> Counts:
    """How far a file's review has come, over what the bar lets through."""
    if file.review is None:
        return Counts()
    verdicts = list(_counted(session, file.review))
    return Counts(
        total=len(verdicts),
        decided=sum(verdict is not Verdict.OPEN for verdict in verdicts),
        accepted=sum(verdict is Verdict.ACCEPTED for verdict in verdicts),
    )


def _counted(session: Session, review: Review) -> Iterator[Verdict]:
    for finding, decision in zip(review.findings, review.decisions, strict=True):
        if session.counted(finding, decision):
            yield decision.verdict
