"""The thread that reads, proposes and scores, so that the screen never waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread

from textual.message import Message

from despin.document import Document
from despin.review import Review
from despin.span import Span
from despin.tui.entries import Entry, Pipeline
from despin.tui.session import Phase


class Arrived(Message):
    """A file's review is there, or a newer one of it."""

    def __init__(self, number: int, review: Review, phase: Phase) -> None:
        super().__init__()
        self.number = number
        self.review = review
        self.phase = phase


class Rescored(Message):
    """A sentence was scored again."""

    def __init__(self, number: int, review: Review) -> None:
        super().__init__()
        self.number = number
        self.review = review


class Trouble(Message):
    """A file could not be read, or not be scored."""

    def __init__(self, number: int, error: str) -> None:
        super().__init__()
        self.number = number
        self.error = error


class Loader(Thread):
    """Works through the entries: first the wanted one, then patterns of all, then scores.

    It is a daemon: quitting does not wait for a model.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        pipeline: Callable[[], Pipeline] | None,
        post: Callable[[Message], object],
    ) -> None:
        super().__init__(name="despin-loader", daemon=True)
        self._entries = entries
        self._make = pipeline
        self._pipeline: Pipeline | None = None
        self._post = post
        self._wanted = 0
        self._stopped = False
        self._wake = Condition()
        self._unread = deque(i for i, entry in enumerate(entries) if entry.review is None)
        self._unscored: dict[int, Document] = {}
        self._again: deque[tuple[int, Review, Span]] = deque()

    def want(self, number: int) -> None:
        """Do this file before the others."""
        with self._wake:
            self._wanted = number
            self._wake.notify()

    def rescore(self, number: int, review: Review, span: Span) -> None:
        """Score the sentences around ``span`` again; comes as `Rescored`."""
        with self._wake:
            self._again.append((number, review, span))
            self._wake.notify()

    def stop(self) -> None:
        """Begin nothing new."""
        with self._wake:
            self._stopped = True
            self._wake.notify()

    def run(self) -> None:
        """Do one job after the other, and wait when there is none."""
        while True:
            with self._wake:
                self._wake.wait_for(self._has_work)
                if self._stopped:
                    return
                job = self._next()
            job()

    def _has_work(self) -> bool:
        return bool(self._stopped or self._again or self._unread or self._unscored)

    def _next(self) -> Callable[[], None]:
        """The most urgent job, taken off its list."""
        if self._again:
            again = self._again.popleft()
            return lambda: self._rescore(*again)
        wanted = self._wanted
        if wanted in self._unread:
            self._unread.remove(wanted)
            return lambda: self._read(wanted)
        if wanted not in self._unscored and self._unread:
            number = self._unread.popleft()
            return lambda: self._read(number)
        chosen = wanted if wanted in self._unscored else next(iter(self._unscored))
        document = self._unscored.pop(chosen)
        return lambda: self._score(chosen, document)

    def _read(self, number: int) -> None:
        read = self._entries[number].read
        assert read is not None
        document = None
        try:
            document = read()
            _ = document.sentences  # a cached property, filled here and not in a key press
            pipeline = self._loaded()
            review = pipeline.propose(document) if pipeline else Review(document)
        except Exception as error:  # the thread must outlive what any file does to it
            if document is not None:  # it can still be read on the screen
                self._post(Arrived(number, Review(document), Phase.PATTERNS))
            self._post(Trouble(number, _sentence(error)))
            return
        if pipeline is None:
            self._post(Arrived(number, review, Phase.SCORED))
            return
        self._unscored[number] = document
        self._post(Arrived(number, review, Phase.PATTERNS))

    def _score(self, number: int, document: Document) -> None:
        pipeline = self._loaded()
        assert pipeline is not None
        try:
            review = pipeline.check(document)
        except Exception as error:  # see above
            self._post(Trouble(number, _sentence(error)))
            return
        self._post(Arrived(number, review, Phase.SCORED))

    def _rescore(self, number: int, review: Review, span: Span) -> None:
        try:
            pipeline = self._loaded()
            if pipeline is None:
                return
            newer = pipeline.rescore(review, span)
        except Exception as error:  # see above
            self._post(Trouble(number, _sentence(error)))
            return
        self._post(Rescored(number, newer))

    def _loaded(self) -> Pipeline | None:
        if self._pipeline is None and self._make is not None:
            self._pipeline = self._make()
        return self._pipeline


def _sentence(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
