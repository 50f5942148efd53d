"""A checker that asks a LanguageTool server through language_tool_python."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

from despin.grammar.matches import CATEGORIES, SPELLING, Match, from_library, sendable
from despin.grammar.paragraphs import SEPARATOR, paragraphs, requests, without_giants
from despin.grammar.server import ServerUnavailableError
from despin.options import ALL_CATEGORIES

CHECK_TIMEOUT = 45
"""Seconds for one request; the server itself gives up a little earlier."""

TRIES = 2

MAX_SKIPPED = 3
"""So many texts may fail on a server that is well before grammar is given up."""

_NOT_EVERYWHERE = "Grammar was not checked everywhere: LanguageTool failed on a passage."

REMEMBERED = 4_000
"""Paragraphs whose answer is kept: a fix reads the same sentences again and again."""

# Read for its spelling, English is a variant; else it is not, and no variant's rules object.
_LANGUAGE, _SPELLING_LANGUAGE = "en", "en-US"


class Server(Protocol):
    """Where the checker finds a server."""

    @property
    def local(self) -> bool:
        """Whether it runs on this machine, out of any proxy's reach."""
        ...

    def start(self) -> None:
        """See that it is being started; raises `ServerUnavailableError`."""
        ...

    def url(self) -> str:
        """Its address, started if need be; raises `ServerUnavailableError`."""
        ...

    def renew(self, failed: str) -> str:
        """The address of a healthy server after ``failed`` failed; raises the same."""
        ...

    def close(self) -> None:
        """Give up the share in it."""
        ...


class ServerChecker:
    """Checks through one server; threads take turns, since the library's offsets need it.

    The library (3.4) keeps the text of the match it made last in class variables.
    """

    def __init__(self, server: Server, categories: Sequence[str] = CATEGORIES) -> None:
        """Name the server; the first check starts or finds it."""
        self._server = server
        self._categories = tuple(categories)
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._tool: Any = None
        self._url = ""
        self._failed: set[str] = set()
        self._skipped = 0
        self._known: OrderedDict[str, tuple[Match, ...]] = OrderedDict()
        self._note: str | None = None
        self._off = False

    @property
    def note(self) -> str | None:
        """What was not checked and why, one sentence; ``None`` while nothing is left out."""
        return self._note

    def start(self) -> None:
        """Start the server if it is not there, without waiting for it; a new document comes."""
        if not self._off:
            self._note = None
        with contextlib.suppress(ServerUnavailableError):  # the first check says so
            self._server.start()

    def check(self, text: str) -> list[Match]:
        """What is wrong in ``text``; nothing once the server is given up."""
        if os.getpid() != self._process:
            # A forked worker must not wait for a lock that a thread of its parent held.
            self._process, self._lock, self._tool = os.getpid(), threading.Lock(), None
        sent = without_giants(sendable(text))
        spans = list(paragraphs(sent))
        with self._lock:
            answers = self._answers([span.of(sent) for span in spans])
        found = [m.shifted(s.start) for s, ms in zip(spans, answers, strict=True) for m in ms]
        plain = sendable(text)
        return [m for m in found if m.span.of(plain) == m.span.of(sent)]

    def close(self) -> None:
        """Give up the share in the server; the last to do so ends it."""
        self._tool = None
        self._server.close()

    def _answers(self, parts: Sequence[str]) -> list[tuple[Match, ...]]:
        fresh: dict[str, tuple[Match, ...]] = {}
        unknown = [part for part in dict.fromkeys(parts) if part not in self._known]
        if not self._off and not self._failed.isdisjoint(unknown):
            self._note = _NOT_EVERYWHERE
        for group in requests([part for part in unknown if part not in self._failed]):
            answers = None if self._off else self._ask(group)
            if answers is not None:
                fresh.update(zip(group, answers, strict=True))
        answered = [fresh.get(part) or self._known.get(part, ()) for part in parts]
        self._remember(fresh)
        return answered

    def _remember(self, fresh: dict[str, tuple[Match, ...]]) -> None:
        self._known.update(fresh)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def _ask(self, group: Sequence[str]) -> list[tuple[Match, ...]] | None:
        """The answers for one request; ``None`` when there are none to be had."""
        try:
            for _ in range(TRIES):
                try:
                    return self._asked(self._connected(), group)
                except _library_errors():
                    self._tool = None
                    self._server.renew(self._url)
        except ServerUnavailableError as error:
            self._give_up(str(error))
            return None
        # The server is well: it is this text that it cannot read.
        self._failed.update(group)
        self._skipped += 1
        if self._skipped >= MAX_SKIPPED:
            self._give_up(f"LanguageTool failed on {self._skipped} texts")
        else:
            self._note = _NOT_EVERYWHERE
        return None

    def _give_up(self, reason: str) -> None:
        self._off = True
        self._note = f"Grammar was not checked from here on: {reason.rstrip('.')}."
        self._tool = None

    def _connected(self) -> Any:
        if self._tool is None:
            self._url = self._server.url()
            self._tool = _tool(self._url, self._categories, local=self._server.local)
        return self._tool

    def _asked(self, tool: Any, group: Sequence[str]) -> list[tuple[Match, ...]]:
        text = SEPARATOR.join(group)
        matches = from_library(tool.check(text), text, self._categories)
        answers: list[tuple[Match, ...]] = []
        start = 0
        for part in group:
            end = start + len(part)
            inside = (m for m in matches if start <= m.span.start and m.span.end <= end)
            answers.append(tuple(m.shifted(-start) for m in inside))
            start = end + len(SEPARATOR)
        return answers


def _tool(url: str, categories: Sequence[str], *, local: bool) -> Any:
    from language_tool_python import LanguageTool

    spelling = not SPELLING.isdisjoint(categories)
    tool = LanguageTool(
        _SPELLING_LANGUAGE if spelling else _LANGUAGE,
        remote_server=f"{url}/",
        # An empty name keeps requests from taking the environment's proxy to this machine.
        proxies={"http": "", "https": ""} if local else None,
    )
    tool._TIMEOUT = CHECK_TIMEOUT  # the library waits five minutes
    tool.disabled_categories = set(ALL_CATEGORIES.difference(categories))
    return tool


def _library_errors() -> tuple[type[Exception], ...]:
    from language_tool_python.exceptions import LanguageToolError

    # The last four: an answer that is none of LanguageTool's, or not even JSON.
    return LanguageToolError, OSError, ValueError, KeyError, TypeError, AttributeError
