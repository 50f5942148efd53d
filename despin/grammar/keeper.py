"""The process that owns the Java process, and ends it when nobody needs it.

Every process that checks grammar holds a connection to the keeper. However such a process ends,
the kernel closes its connection; when the last is gone, the keeper ends Java and itself. Should
the keeper be killed, the kernel kills Java (Linux, `despin.grammar.launch`); elsewhere the next
keeper ends what it finds left over.

Lines on a connection: ``hello TOKEN`` and ``failed URL`` from the client, each answered by
``ready URL`` as soon as Java is ready or ``dead REASON`` when it will not be.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import signal
import socket
import sys
import time
from pathlib import Path
from typing import IO

from despin.grammar import state
from despin.grammar.process import Java, end_left_over
from despin.grammar.server import ServerUnavailableError

FIRST_LEASE_TIMEOUT = 15.0
"""Seconds after which a keeper that nobody ever spoke to ends."""

LOCK_TIMEOUT = 10.0
"""Seconds to wait for a keeper that is just ending."""

GRACE = 0.1
"""Seconds after the last lease in which another may still be on its way."""

_TICK = 0.05
_MAX_LINE = 4096


class Keeper:
    """Answers the leases of one machine; `run` returns when the last is gone."""

    def __init__(self, place: Path) -> None:
        """Listen, and tell in ``place`` where; Java is started at once."""
        self._place = place
        self._token = secrets.token_hex(16)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._heard: dict[socket.socket, bytes] = {}
        self._leases: set[socket.socket] = set()
        self._ended: set[socket.socket] = set()
        self._waiting: set[socket.socket] = set()
        self._patience = time.monotonic() + FIRST_LEASE_TIMEOUT
        self._java = Java(place)
        self._announce(None)

    def run(self) -> None:
        """Serve until the last lease is gone or a signal says to end."""
        try:
            self._look_after_java(start=True)
            while self._leases or time.monotonic() < self._patience:
                self._serve()
                self._look_after_java()
                self._answer()
        finally:
            self._stop()

    def _look_after_java(self, *, start: bool = False) -> None:
        try:
            if start:
                self._announce(self._java.start())
            elif self._java.restarted_if_gone():
                self._announce(self._java.pid)
        except ServerUnavailableError as error:
            self._java.reason = str(error)

    def _announce(self, java: int | None) -> None:
        port = self._listener.getsockname()[1]
        state.save(self._place, state.State(port, self._token, os.getpid(), java))

    def _serve(self) -> None:
        for key, _ in self._selector.select(_TICK):
            if key.fileobj is self._listener:
                line, _ = self._listener.accept()
                line.setblocking(False)
                self._selector.register(line, selectors.EVENT_READ)
                self._heard[line] = b""
            else:
                assert isinstance(key.fileobj, socket.socket)
                self._hear(key.fileobj)

    def _hear(self, line: socket.socket) -> None:
        try:
            data = line.recv(_MAX_LINE)
        except OSError:
            data = b""
        if not data or len(self._heard[line]) > _MAX_LINE:
            self._drop(line)
            return
        *said, self._heard[line] = (self._heard[line] + data).split(b"\n")
        for words in said:
            verb, _, rest = words.decode("utf-8", "replace").partition(" ")
            if verb == "hello" and secrets.compare_digest(rest.encode(), self._token.encode()):
                self._leases.add(line)
                self._let_go()
            elif verb == "failed" and line in self._leases:
                self._java.suspect(rest)
            else:
                self._drop(line)
                return
            self._waiting.add(line)

    def _answer(self) -> None:
        if self._java.reason:
            line = f"dead {self._java.reason}\n"
        elif self._java.url:
            line = f"ready {self._java.url}\n"
        else:
            return
        for lease in self._waiting:
            with contextlib.suppress(OSError):
                lease.sendall(line.encode())
        self._waiting.clear()

    def _drop(self, line: socket.socket) -> None:
        self._waiting.discard(line)
        self._selector.unregister(line)
        self._ended.add(line)
        if self._leases == {line}:
            self._patience = time.monotonic() + GRACE
        self._leases.discard(line)
        if self._leases:
            self._let_go()

    def _let_go(self) -> None:
        """Close the connections that ended.

        The last lease's stays open until Java has ended: who gave it up waits for that.
        """
        for line in self._ended:
            del self._heard[line]
            line.close()
        self._ended.clear()

    def _stop(self) -> None:
        state.clear(self._place)
        self._listener.close()
        self._java.stop()
        for line in self._heard:
            line.close()


def main(place: Path) -> None:
    """Keep the one server of this machine; return at once when another keeper does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lock = _lock(place)
    if lock is None:
        return
    with lock:
        left_over = state.load(place)
        if left_over is not None and left_over.java is not None:
            end_left_over(left_over.java, place)
        Keeper(place).run()


def _lock(place: Path) -> IO[bytes] | None:
    from despin.grammar.lease import reachable

    patience = time.monotonic() + LOCK_TIMEOUT
    while time.monotonic() < patience:
        lock = state.lock(place)
        if lock is not None:
            return lock
        if reachable(state.load(place)):
            return None
        time.sleep(0.05)
    return None


if __name__ == "__main__":
    if hasattr(os, "fork") and os.fork():
        os._exit(0)  # an orphan: whoever started it owes it no wait
    main(Path(sys.argv[1]))
