"""A progress bar on standard error, only on a terminal and only when work takes its time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock, Timer
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

PATIENCE = 1.0
"""Seconds of work before a bar appears."""


class Progress:
    """Counts documents; shows a bar once `PATIENCE` is over, and hides it while data is printed."""

    def __init__(self, total: int, *, wanted: bool) -> None:
        """Nothing is shown or imported yet."""
        self._total = total
        self._wanted = wanted and sys.stderr.isatty()
        self._done = 0
        self._name = ""
        self._bar: RichProgress | None = None
        self._over = False
        # Held while data is written, so that the timer cannot put a bar into the middle of it.
        self._screen = RLock()

    def __enter__(self) -> Progress:
        """Start the clock."""
        if self._wanted:
            timer = Timer(PATIENCE, self._appear)
            timer.daemon = True
            timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        with self._screen:
            self._over = True
            if self._bar is not None:
                self._bar.stop()

    def start(self, name: str) -> None:
        """Work on document ``name`` begins."""
        self._name = name
        self._show()

    def advance(self) -> None:
        """A document is done."""
        self._done += 1
        self._show()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """No bar while data is written to the same terminal."""
        with self._screen:
            if self._bar is None or self._over:
                yield
                return
            self._bar.stop()
            try:
                yield
            finally:
                self._bar.start()

    def _appear(self) -> None:
        with self._screen:
            if not self._over:
                bar = _bar()
                bar.add_task(self._name, total=self._total, completed=self._done)
                bar.start()
                self._bar = bar

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done, description=self._name)


def _bar() -> RichProgress:
    from rich.console import Console
    from rich.progress import Progress as RichProgress
    from rich.progress import TextColumn

    # Brackets in a file's name are no markup.
    name = TextColumn("{task.description}", style="progress.description", markup=False)
    return RichProgress(
        name,
        *RichProgress.get_default_columns()[1:],
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
