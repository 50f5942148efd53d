"""One Java process after another: started, warmed up, watched, restarted once, ended."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

from despin.grammar.doctor import JAVA_NEEDED, java_version
from despin.grammar.java import command, free_port
from despin.grammar.remote import answers

START_TIMEOUT = 120.0
"""Seconds from the start of Java to its first answer; with two cores to itself it takes seven, on a
machine with seven jobs for each core it took more than 45."""

MAX_RESTARTS = 1

_STOP_TIMEOUT = 3.0
_WARM_UP = "The first check loads all rules, which takes a while, so nobody should wait for it."


class Java:
    """The LanguageTool server process.

    Attributes:
        url: where it answers; ``None`` until it is ready.
        reason: why there will be no server any more; ``None`` while there is hope.
    """

    def __init__(self, place: Path) -> None:
        """Nothing is started yet; logs go to ``place``."""
        self.url: str | None = None
        self.reason: str | None = None
        self._place = place
        self._process: subprocess.Popen[bytes] | None = None
        self._restarts = 0
        self._deadline = 0.0

    @property
    def pid(self) -> int | None:
        """Its process id, where it was started."""
        return self._process.pid if self._process else None

    def start(self) -> int:
        """Start the process; a thread waits until it answers, and then sets ``url``.

        To be called from the main thread: the kernel takes the end of the thread that starts a
        process for the end of its parent.

        Raises:
            ServerUnavailableError: LanguageTool or Java is not there.
        """
        port = free_port()
        self._deadline = time.monotonic() + START_TIMEOUT
        with (self._place / "java.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                command(self._place, port),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # it logs every request
                stderr=log,
                cwd=self._place,
            )
        arguments = (self._process, f"http://127.0.0.1:{port}")
        threading.Thread(target=self._await, args=arguments, daemon=True).start()
        return self._process.pid

    def restarted_if_gone(self) -> bool:
        """Look after the process; whether it had ended and was started again.

        Raises:
            ServerUnavailableError: it could not be started again.
        """
        process = self._process
        if process is None or self.reason:
            return False
        if self.url is None and time.monotonic() > self._deadline:
            self.stop()
            self.reason = f"LanguageTool did not start in {START_TIMEOUT:.0f} seconds"
            return False
        if process.poll() is None:
            return False
        was_ready, self.url = self.url is not None, None
        too_old = None if was_ready else _too_old()
        if too_old or self._restarts >= MAX_RESTARTS:
            self.reason = too_old or f"LanguageTool ended {self._restarts + 1} times"
            return False
        self._restarts += 1
        self.start()
        return True

    def suspect(self, url: str) -> None:
        """A check failed at ``url``: see whether that is the server's fault, and end it if so."""
        if url != self.url or self._process is None:
            return
        if self._process.poll() is not None or not answers(url, healthy=True):
            self.url = None
            self._end()

    def stop(self) -> None:
        """End the process and wait until it has ended."""
        self.url = None
        self._end()

    def _end(self) -> None:
        if self._process is None:
            return
        # It has nothing to save, and somebody waits for its end.
        self._process.kill()
        self._process.wait()

    def _await(self, process: subprocess.Popen[bytes], url: str) -> None:
        # The first check may take longer than the server allows one; then it is asked again.
        while process.poll() is None and process is self._process:
            if answers(url, timeout=2.0, healthy=True) and _warmed(url):
                self.url = url if process is self._process else self.url
                return
            time.sleep(0.2)


def _too_old() -> str | None:
    """What is wrong with a Java that cannot run LanguageTool."""
    java = shutil.which("java")
    major = java_version(java) if java else None
    if major is None or major >= JAVA_NEEDED:
        return None
    return f"LanguageTool needs Java {JAVA_NEEDED} or newer, and this is {major}"


def _warmed(url: str) -> bool:
    parts = urllib.parse.urlsplit(url)
    body = urllib.parse.urlencode({"language": "en", "text": _WARM_UP})
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=START_TIMEOUT)
    try:
        header = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/v2/check", body, header)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def end_left_over(pid: int, place: Path) -> None:
    """End the Java of a keeper that was killed where no kernel ends one with the other."""
    import psutil  # type: ignore[import-untyped,unused-ignore]

    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if any(str(place) in argument for argument in process.cmdline()):
            process.kill()
            process.wait(_STOP_TIMEOUT)
