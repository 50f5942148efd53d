"""The threads that read, propose and score, so that the screen never waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Lock, Thread

from textual.message import Message

from despin.document import Document
from despin.review import Review
from despin.span import Span
from despin.tui.entries import Entry, Pipeline
from despin.tui.session import Phase

Job = Callable[[], None]


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


class Loader:
    """Works through the entries in two threads, the wanted one first.

    One reads, and finds what patterns show; one scores. So a file can be looked at while another
    is being scored. They are daemons: quitting does not wait for a model.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        pipeline: Callable[[], Pipeline] | None,
        post: Callable[[Message], object],
    ) -> None:
        self._entries = entries
        self._make = pipeline
        self._pipeline: Pipeline | None = None
        self._making = Lock()
        self._post = post
        self._wanted = 0
        self._stopped = False
        self._wake = Condition()
        self._unread = deque(i for i, entry in enumerate(entries) if entry.review is None)
        self._unscored: dict[int, Document] = {}
        self._again: deque[tuple[int, Review, Span]] = deque()

    def start(self) -> None:
        """Begin."""
        for name, job in (("reader", self._to_read), ("scorer", self._to_score)):
            Thread(target=self._work, args=(job,), name=f"despin-{name}", daemon=True).start()

    def want(self, number: int) -> None:
        """Do this file before the others."""
        with self._wake:
            self._wanted = number
            self._wake.notify_all()

    def rescore(self, number: int, review: Review, span: Span) -> None:
        """Score the sentences around ``span`` again; comes as `Rescored`."""
        with self._wake:
            self._again.append((number, review, span))
            self._wake.notify_all()

    def stop(self) -> None:
        """Begin nothing new."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()

    def _work(self, next_job: Callable[[], Job | None]) -> None:
        """Do one job after the other, and wait when there is none."""
        while True:
            with self._wake:
                job = next_job()
                while job is None and not self._stopped:
                    self._wake.wait()
                    job = next_job()
                if job is None or self._stopped:
                    return
            job()

    def _to_read(self) -> Job | None:
        """The file to read next; it leaves its list when it has been read."""
        if not self._unread:
            return None
        number = self._wanted if self._wanted in self._unread else self._unread[0]
        return lambda: self._take_in(number)

    def _to_score(self) -> Job | None:
        """The sentence or the file to score next, taken off its list.

        The wanted file is waited for.
        """
        if self._again:
            again = self._again.popleft()
            return lambda: self._rescore(*again)
        if not self._unscored or self._wanted in self._unread:
            return None
        number = self._wanted if self._wanted in self._unscored else next(iter(self._unscored))
        document = self._unscored.pop(number)
        return lambda: self._score(number, document)

    def _take_in(self, number: int) -> None:
        document = self._read(number)
        with self._wake:
            self._unread.remove(number)
            if document is not None:
                self._unscored[number] = document
            self._wake.notify_all()

    def _read(self, number: int) -> Document | None:
        """Read a file and show what there is; its document where it is to be scored."""
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
            return None
        self._post(Arrived(number, review, Phase.PATTERNS if pipeline else Phase.SCORED))
        return document if pipeline else None

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
        with self._making:
            if self._pipeline is None and self._make is not None:
                self._pipeline = self._make()
            return self._pipeline


def _sentence(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
