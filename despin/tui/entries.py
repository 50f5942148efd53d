"""What the reviewer is asked to open, and where its results go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from despin.document import Document
from despin.journal import ORIGINALS
from despin.review import Review
from despin.span import Span
from despin.tui.session import START_BAR


class Pipeline(Protocol):
    """What the reviewer needs of `despin.pipeline.Despinner`."""

    def propose(self, document: Document) -> Review:
        """What patterns alone show."""
        ...

    def check(self, document: Document) -> Review:
        """Everything."""
        ...

    def rescore(self, review: Review, span: Span) -> Review:
        """The sentences around ``span`` looked at again."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One document to open.

    Attributes:
        name: as shown.
        key: what its journal is known by.
        read: makes the document; raises ValueError with one sentence. Unused with a ``review``.
        review: a review made before, decisions included.
        saved: when that was saved, in seconds since 1970; what was decided later still counts.
        textless: the review was saved without its text, and is again.
    """

    name: str
    key: str
    read: Callable[[], Document] | None = None
    review: Review | None = None
    saved: float | None = None
    textless: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where ``ctrl+s`` saves; nothing set means that it asks.

    Attributes:
        write: into the files themselves.
        output: cleaned texts into this folder.
        text: the cleaned text of one article into this file.
        reviews: the reviews, decisions included, into this JSONL file.
    """

    write: bool = False
    output: Path | None = None
    text: Path | None = None
    reviews: Path | None = None

    @property
    def path(self) -> Path | None:
        """The folder or file that takes what is saved; None for the files themselves."""
        return self.output or self.text or self.reviews

    @property
    def where(self) -> str:
        """What a journal knows the place by; empty where none is chosen."""
        return str(self.path.resolve()) if self.path else ORIGINALS if self.write else ""

    @property
    def chosen(self) -> bool:
        """Whether saving needs no question."""
        return bool(self.where)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the reviewer is started with.

    Attributes:
        entries: what to open; at least one.
        pipeline: makes what proposes and scores, in the loader's thread; None where all reviews
            are given.
        target: where ``ctrl+s`` saves.
        folders: those that were opened whole: what lies in them is opened the next time, too.
        kept: lines of the file of reviews that could not be opened, each with the number of reviews
            before it; they are saved again as they are.
        notice: one sentence to begin with; empty for none.
        bar: the confidence from which on findings are shown at first.
        keys: the user's own keys by command id.
        state: folder for the journals; None keeps none.
        new_here: whether to say what to do first.
        explain: whether to look for what words mean.
        config: the configuration that the commands read here, or that they would if it was there;
            None where it is looked for from each article's folder.
    """

    entries: Sequence[Entry]
    pipeline: Callable[[], Pipeline] | None = None
    target: Target = field(default_factory=Target)
    folders: Sequence[Path] = ()
    kept: Sequence[tuple[int, bytes]] = ()
    notice: str = ""
    bar: float = START_BAR
    keys: Mapping[str, str] = field(default_factory=dict)
    state: Path | None = None
    new_here: bool = False
    explain: bool = True
    config: Path | None = None


def of_files(paths: Iterable[str], without: Path | None = None) -> list[Entry]:
    """Entries for files and folders, in order, each file once; ``without`` takes the results.

    Raises:
        ReadError: standard input is among them.
    """
    from despin.read import STDIN, ReadError, sources

    entries = []
    for source in sources(paths, without=without):
        if source.name == STDIN:
            raise ReadError("the reviewer needs the keyboard: save standard input to a file first")
        entries.append(Entry(source.name, str(Path(source.name).resolve()), source.read))
    return entries


def of_reviews(path: Path, reviews: Iterable[Review], *, textless: bool = False) -> list[Entry]:
    """Entries for the reviews that a JSONL file holds, with their texts or without."""
    key, saved = str(path.resolve()), path.stat().st_mtime
    return [
        Entry(r.document.id, f"{key}#{r.document.id}", review=r, saved=saved, textless=textless)
        for r in reviews
    ]


def demo_entry() -> Entry:
    """The built-in example."""
    from despin.tui import demo

    review = demo.review()
    return Entry(review.document.id, "despin:demo", review=review)
