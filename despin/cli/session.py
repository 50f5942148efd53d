"""Documents one after the other: a bad one is named, the others are done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import TracebackType

import click

from despin.cli.choices import Inputs, Run
from despin.cli.errors import complain, ends_the_run, report, say
from despin.cli.output import OutputError
from despin.cli.progress import Progress
from despin.document import Document
from despin.read import Source, sources
from despin.render.summary import Summary, count
from despin.review import Review


class Session:
    """One run over documents: what it came to, what was noted, what failed."""

    def __init__(
        self,
        run: Run,
        inputs: Inputs,
        *,
        without: Path | None = None,
        refuse: Callable[[Source], None] = lambda _: None,
    ) -> None:
        """Find the files; none is read yet.

        Args:
            run: how the command was asked to run.
            inputs: what it was given to read.
            without: a folder that takes results: inside others it is not read.
            refuse: raises for a source that is not worth reading: nothing could be delivered.
        """
        self.run = run
        self.summary = Summary()
        self._notes: dict[str, list[str]] = {}
        self._failed = False
        self._done = 0
        found = tuple(sources(inputs.names, stdin=inputs.stdin, without=without))
        self._several = len(found) > 1
        self._progress = Progress(0, wanted=False)
        self.sources = tuple(s for s in found if self.attempt(s.name, partial(refuse, s)))
        self._progress = Progress(len(self.sources), wanted=not run.quiet)

    def __enter__(self) -> Session:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say how far the run came, where it was stopped from outside.

        Raises:
            Exit: with the code of Ctrl-C.
        """
        stopped = isinstance(error, KeyboardInterrupt | SystemExit)
        if not stopped or not self._several or self.run.quiet:
            return
        by_key = isinstance(error, KeyboardInterrupt)
        if by_key and sys.stderr.isatty():
            say("")  # behind the terminal's own ^C
        complain(f"stopped after {self._done:,} of {count(len(self.sources), 'document')}")
        if by_key:
            raise click.exceptions.Exit(130) from None

    def reviews(self, work: Callable[[Document], Review]) -> Iterator[Review]:
        """The review that ``work`` makes of each document, as soon as it is made.

        Raises:
            Exception: one of despin's own that the next document would meet too.
        """
        with self._progress:
            for source in self.sources:
                self._progress.start(source.name)
                review = self._review(source, work)
                self._progress.advance()
                if review is not None:
                    self.summary = self.summary.plus(review)
                    for note in review.notes:
                        self._notes.setdefault(note, []).append(source.name)
                    yield review
                self._done += 1

    def attempt(self, name: str, work: Callable[[], None]) -> bool:
        """Do ``work`` for document ``name``; an error is reported. Whether it went well."""
        try:
            work()
        except (BrokenPipeError, OutputError):
            raise
        except Exception as error:
            if ends_the_run(error):
                raise
            self._fail(error, name)
            return False
        return True

    def deliver(self, review: Review, work: Callable[[Review], None]) -> None:
        """Do ``work`` with the review; where that fails its edits count as not made."""
        with self.showing():
            if not self.attempt(review.document.id, partial(work, review)):
                self.summary = self.summary.undelivered(review)

    def showing(self) -> AbstractContextManager[None]:
        """While data is written to the terminal."""
        return self._progress.hidden()

    def exit_code(self) -> int:
        """Say the notes, each once, and give the exit code."""
        if not self.run.quiet:
            for note, names in self._notes.items():
                complain(f"{note}{_of(names) if self._several else ''}")
        if self._failed:
            return 2
        return 1 if self.summary.left and not self.run.exit_zero else 0

    def _review(self, source: Source, work: Callable[[Document], Review]) -> Review | None:
        try:
            return work(source.read())
        except Exception as error:
            if ends_the_run(error):
                raise
            self._fail(error, source.name)
            return None

    def _fail(self, error: Exception, name: str) -> None:
        self._failed = True
        with self._progress.hidden():
            report(error, name)


def _of(names: list[str]) -> str:
    """Which documents a note is about."""
    return f" ({names[0]})" if len(names) == 1 else f" ({names[0]} and {len(names) - 1} more)"
