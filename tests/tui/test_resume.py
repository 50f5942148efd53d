"""A terminal that is killed loses nothing."""

import os
import pty
import select
import signal
import struct
import sys
import time
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from despin.cli.apply import saved_review
from despin.review import Review
from despin.tui.saving import into_reviews

ALTERNATE_SCREEN = b"\x1b[?1049h"
WAIT = 60
"""Seconds after which a screen that has not come never will."""


class Terminal:
    """`despin review` in a pseudo-terminal of 100 × 30."""

    def __init__(self, arguments, state):
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            ioctl(0, TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
            environment = os.environ | {"XDG_STATE_HOME": str(state), "TERM": "xterm-256color"}
            for name in ("COLUMNS", "LINES"):
                environment.pop(name, None)
            command = [sys.executable, "-m", "despin", "review", *map(str, arguments)]
            os.execve(sys.executable, command, environment)
        self.seen = b""

    def wait_for(self, text):
        self.wait_until(lambda: text.encode() in self.seen)

    def wait_until(self, condition):
        end = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self.handle], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.handle, 65536)
                except OSError:
                    raise AssertionError(self.seen[-2000:]) from None

    def press(self, keys, until):
        self.seen = b""
        os.write(self.handle, keys.encode())
        self.wait_for(until)

    def code(self):
        """The exit code; what was written up to the end is in `seen`."""
        with suppress(OSError):  # the end of a pseudo-terminal
            while data := os.read(self.handle, 65536):
                self.seen += data
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_after_kill_9_the_same_file_and_the_same_decisions(make, tmp_path):
    path = tmp_path / "reviews.jsonl"
    into_reviews(path, [make("[a|b] [c|d] [e|f]", "one.txt"), make("[g|h] [i|j] [k|l]", "two.txt")])
    first = Terminal([path], tmp_path / "state")
    first.wait_for("0 of 3 decided")
    first.press("n", "1 of 3 decided")
    first.press("]", "two.txt")
    first.press("y", "1 of 3 decided · 1 accepted")
    first.press("y", "2 of 3 decided · 2 accepted")
    first.kill()
    assert all(b'"accepted"' not in line for line in path.read_bytes().splitlines())
    second = Terminal([path], tmp_path / "state")
    second.wait_for("2 of 3 decided · 2 accepted")
    os.write(second.handle, b"\x13")
    second.wait_until(lambda: b'"accepted"' in path.read_bytes())
    second.kill()
    saved = [Review.from_json(line) for line in path.read_bytes().splitlines()]
    assert ["".join(str(d.verdict)[0] for d in r.decisions) for r in saved] == ["roo", "aao"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_files_that_cannot_be_read_are_named_and_open_nothing(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2" * 99)
    terminal = Terminal([tmp_path / "no.txt", tmp_path / "bad.txt"], tmp_path / "state")
    assert terminal.code() == 2
    assert b"no.txt: there is no such file" in terminal.seen
    assert b"bad.txt: " in terminal.seen
    assert terminal.seen.count(b"\n") == 2
    assert ALTERNATE_SCREEN not in terminal.seen


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_one_that_cannot_be_read_leaves_the_others_and_an_exit_code(make, tmp_path):
    into_reviews(tmp_path / "r.jsonl", [make("[a|b] [c|d]", "one.txt")])
    terminal = Terminal([tmp_path / "no.txt", tmp_path / "r.jsonl"], tmp_path / "state")
    terminal.wait_for("0 of 2 decided")
    os.write(terminal.handle, b"q")
    assert terminal.code() == 2
    assert terminal.seen.count(b"no.txt: there is no such file") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_stale_lines_are_left_out_named_and_saved_as_they_were(make, tmp_path):
    reviews = [make("[a|b] [c|d]", str(tmp_path / f"{name}.txt")) for name in ("one", "two")]
    for review in reviews:
        Path(review.document.id).write_text(review.document.text)
    stale, fresh = (review.to_json(with_text=False) for review in reviews)
    path = tmp_path / "r.jsonl"
    path.write_text(f"{stale}\nnonsense\n{fresh}\n")
    Path(reviews[0].document.id).write_text("something else")
    terminal = Terminal([path], tmp_path / "state")
    terminal.wait_for("0 of 2 decided")
    os.write(terminal.handle, b"y\x13")
    terminal.wait_until(lambda: b'"accepted"' in path.read_bytes())
    os.write(terminal.handle, b"q")
    assert terminal.code() == 2
    said = terminal.seen.decode().split(ALTERNATE_SCREEN.decode())[0]
    assert said.count("\n") == 1
    assert "r.jsonl: 2 reviews left out: " in said
    assert "one.txt: has changed since it was reviewed; line 2: not a despin.review/1" in said
    lines = path.read_text().splitlines()
    assert lines[:2] == [stale, "nonsense"]
    assert saved_review(lines[2].encode(), "line 3").document == reviews[1].document
    assert '"text":null' in lines[2]
