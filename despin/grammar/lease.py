"""A share in the one server of this machine; the keeper is started by the first."""

from __future__ import annotations

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from despin.grammar import state
from despin.grammar.process import START_TIMEOUT
from despin.grammar.server import ServerUnavailableError

CONNECT_TIMEOUT = 3.0
CLOSE_TIMEOUT = 8.0
"""Seconds to wait at the end until the keeper has ended Java."""

KEEPER_TIMEOUT = 20.0
"""Seconds until a started keeper listens."""

MAX_KEEPERS = 2
"""A keeper that is itself killed is replaced once."""


class LeasedServer:
    """This process's share in the local server; see `despin.grammar.keeper` for the other end."""

    local = True

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._line: socket.socket | None = None
        self._process = os.getpid()
        self._keepers = 0
        self._token = ""
        self._greeted = False  # whether "hello" was said and not answered yet

    def start(self) -> None:
        """Start the server if it is not there, without waiting for it.

        Raises:
            ServerUnavailableError: it cannot be started.
        """
        if self._process != os.getpid():
            self._hang_up()  # a fork's line is its parent's
            self._process = os.getpid()
        if self._line is None:
            self._connect()

    def url(self) -> str:
        """Where the server answers; waits until it does.

        Raises:
            ServerUnavailableError: it cannot be started, or does not answer in time.
        """
        for _ in range(MAX_KEEPERS + 1):
            self.start()
            with contextlib.suppress(OSError):
                if not self._greeted:
                    self._say(f"hello {self._token}")
                return self._answer()
            self._hang_up()  # the keeper has ended
        raise ServerUnavailableError("the keeper of the LanguageTool server hangs up")

    def renew(self, failed: str) -> str:
        """Where the server answers now that a check failed at ``failed``.

        Raises:
            ServerUnavailableError: it ended for the second time, or cannot be started.
        """
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._say(f"failed {failed}")
                return self._answer()
        self._hang_up()
        return self.url()

    def close(self) -> None:
        """Give up the share, and wait for the end of Java if it was the last."""
        line, self._line = self._line, None
        self._keepers = 0
        if line is None or self._process != os.getpid():
            return
        atexit.unregister(self.close)
        with contextlib.suppress(OSError):
            line.settimeout(CLOSE_TIMEOUT)
            line.shutdown(socket.SHUT_WR)
            while line.recv(1024):
                pass
        line.close()

    def _connect(self) -> None:
        try:
            self._join(state.folder())
        except (OSError, subprocess.SubprocessError) as error:
            raise ServerUnavailableError(
                f"the keeper of the LanguageTool server cannot be started ({error})"
            ) from error

    def _join(self, place: Path) -> None:
        patience = time.monotonic() + KEEPER_TIMEOUT
        asked = float("-inf")
        while time.monotonic() < patience:
            known = state.load(place)
            if known is not None:
                with contextlib.suppress(OSError):
                    self._line = socket.create_connection(
                        ("127.0.0.1", known.port), CONNECT_TIMEOUT
                    )
                    self._token = known.token
                    self._say(f"hello {known.token}")
                    self._greeted = True
                    atexit.register(self.close)
                    return
                self._hang_up()
            if time.monotonic() - asked > KEEPER_TIMEOUT / 2:
                asked = time.monotonic()
                self._start_keeper(place)
            time.sleep(0.05)
        raise ServerUnavailableError("the keeper of the LanguageTool server did not start")

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _start_keeper(self, place: Path) -> None:
        if self._keepers >= MAX_KEEPERS:
            raise ServerUnavailableError("the keeper of the LanguageTool server ended")
        self._keepers += 1
        path = os.pathsep.join(entry for entry in sys.path if entry)
        with (place / "keeper.log").open("wb") as log:
            how: dict[str, Any] = {
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.DEVNULL,
                "stderr": log,
                "env": {**os.environ, "PYTHONPATH": path},
                "start_new_session": True,
            }
            command = [sys.executable, "-m", "despin.grammar.keeper", str(place)]
            if hasattr(os, "fork"):
                # It forks and returns at once.
                subprocess.run(command, check=False, timeout=KEEPER_TIMEOUT, **how)  # noqa: S603
            else:
                subprocess.Popen(command, **how)  # noqa: S603 - our own module

    def _say(self, words: str) -> None:
        assert self._line is not None
        self._line.sendall(f"{words}\n".encode())

    def _answer(self) -> str:
        assert self._line is not None
        self._greeted = False
        self._line.settimeout(START_TIMEOUT + 10)
        answer = b""
        while not answer.endswith(b"\n"):
            try:
                data = self._line.recv(4096)
            except TimeoutError:
                raise ServerUnavailableError("LanguageTool did not start in time") from None
            if not data:
                raise ConnectionResetError
            answer += data
        word, _, rest = answer.decode().strip().partition(" ")
        if word != "ready":
            raise ServerUnavailableError(rest)
        return rest


def reachable(known: state.State | None) -> bool:
    """Whether the keeper that ``known`` tells of listens."""
    if known is None:
        return False
    try:
        socket.create_connection(("127.0.0.1", known.port), CONNECT_TIMEOUT).close()
    except OSError:
        return False
    return True
