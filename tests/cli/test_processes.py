"""The command as a process: pipes, terminals, signals."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import CLEAN, MENDED, PATTERNS, SPOILT, Spawn

COMMAND = [sys.executable, "-m", "despin"]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX terminals and signals")


def test_version(spawn: Spawn) -> None:
    assert re.fullmatch(rb"despin \d+\.\d+\.\d+\n", spawn("--version").stdout)


def test_bytes_pass_through(spawn: Spawn) -> None:
    done = spawn("fix", "-", "-q", *PATTERNS, stdin=SPOILT.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, MENDED.encode(), b"")


def test_piped_text_is_utf_8_whatever_the_locale(
    spawn: Spawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = spawn(
        "check", "-", *PATTERNS, stdin="They met in the the café and it rained all day.\n".encode()
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    done.stdout.decode("utf-8")


@posix
def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT * 3000)
    process = subprocess.Popen(
        [*COMMAND, "check", "a.txt", *PATTERNS],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux")
def test_runs_that_share_a_pipe_do_not_write_into_each_others_lines(folder: Path) -> None:
    names = ["a.txt", "b.txt", "c.txt"]
    reading, writing = os.pipe()
    runs = []
    for name in names:
        (folder / name).write_text(SPOILT + CLEAN * 2000)
        command = [*COMMAND, "check", name, "--format", "json", "--quiet", *PATTERNS]
        runs.append(subprocess.Popen(command, cwd=folder, stdout=writing))
    os.close(writing)
    time.sleep(4)  # the pipe is full by now, and all of them wait to write
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().splitlines()
    assert [run.wait() for run in runs] == [1, 1, 1]
    assert sorted(json.loads(line)["id"] for line in lines) == names


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "command",
    [
        ["check", "a.txt", "b.txt", *PATTERNS],
        ["check", "a.txt", "b.txt", "--format", "json", *PATTERNS],
        ["fix", "a.txt", "b.txt", "--diff", *PATTERNS],
        ["--version"],
        ["check", "--help"],
    ],
)
def test_a_full_disk_is_one_line(command: list[str], folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(SPOILT)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *command],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.stderr == b"despin: standard output: No space left on device\n"
    assert done.returncode == 2


@posix
@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_run_that_is_ended_is_quiet(number: str, code: int, folder: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "check", "-", *PATTERNS],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.5)
    process.send_signal(getattr(signal, number))
    out, err = process.communicate()
    assert process.returncode == code
    assert out == b""
    assert err.strip() == b""


@posix
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_with_several_documents_it_says_how_far_it_came(number: str, folder: Path) -> None:
    for name in "abcd":
        (folder / f"{name}.txt").write_text(SPOILT)
    os.mkfifo(folder / "waits")
    process = subprocess.Popen(
        [*COMMAND, "fix", "-w", "a.txt", "b.txt", "waits", "c.txt", "d.txt", *PATTERNS],
        cwd=folder,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 20
    while (folder / "b.txt").read_text() == SPOILT and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(getattr(signal, number))
    _, err = process.communicate()
    assert process.returncode == 128 + getattr(signal, number)
    assert err == b"despin: stopped after 2 of 5 documents\n"
    assert (folder / "c.txt").read_text() == SPOILT
    assert len(list(folder.iterdir())) == 5


def on_a_terminal(folder: Path, *arguments: str, **env: str) -> str:
    """What a command shows on a terminal of 60 columns."""
    import pty

    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": "60", "TERM": "xterm", **env}
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, stdout=follower, stderr=follower, env=environment
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # Linux: the other end was closed
            break
        if not data:
            break
        shown += data
    os.close(leader)
    process.wait()
    return shown.decode().replace("\r\n", "\n")


@posix
def test_a_terminal_gets_colour_and_context(folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    shown = on_a_terminal(folder, "check", "a.txt", *PATTERNS)
    assert "\x1b[" in shown
    assert shown.endswith("2 findings in 10 words\n")


@posix
def test_no_color_is_obeyed(folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    shown = on_a_terminal(folder, "check", "-q", "a.txt", *PATTERNS, NO_COLOR="1")
    assert "\x1b[" not in shown
    assert "[&amp;]" in shown
    assert max(len(line) for line in shown.splitlines()) <= 60


@posix
def test_a_difference_on_a_terminal_is_by_word(folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    shown = on_a_terminal(folder, "fix", "-q", "--diff", "a.txt", *PATTERNS, NO_COLOR="1")
    assert "[-&amp;-]{+&+}" in shown.replace("\n     ", " ")


@posix
def test_an_unreadable_folder_is_named(spawn: Spawn, folder: Path) -> None:
    (folder / "a.txt").write_text(CLEAN)
    done = spawn("fix", "a.txt", "--output", "a.txt/out", *PATTERNS)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 2
    assert b"cannot be made" in done.stderr
