"""Standard streams that are closed, full, or read by nobody: one line at most; work is done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import CLEAN, MENDED, PATTERNS, SPOILT

COMMAND = [sys.executable, "-m", "despin"]
posix = pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a device that is always full"
)
NO_OUTPUT = b"despin: standard output is closed\n"


def shell(folder: Path, *arguments: str, streams: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a shell does that was told to rearrange its streams."""
    (folder / "a.txt").write_text(SPOILT)
    (folder / "clean.txt").write_text(CLEAN)
    script = f'exec "$@" {streams}'
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", *COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )


@posix
@pytest.mark.parametrize(
    "command",
    [
        ["check", "a.txt", *PATTERNS],
        ["check", "a.txt", "--format", "json", *PATTERNS],
        ["fix", "a.txt", *PATTERNS],
        ["fix", "a.txt", "--diff", *PATTERNS],
        ["doctor"],
        ["rules"],
        ["--version"],
        ["fix", "--help"],
    ],
    ids=" ".join,
)
def test_data_for_a_closed_output_is_an_error_in_one_line(command: list[str], folder: Path) -> None:
    done = shell(folder, *command, streams=">&-")
    assert (done.returncode, done.stderr) == (2, NO_OUTPUT)


@posix
@pytest.mark.parametrize("streams", [">&-", ">&- <&-", "<&-", ">&- 2>&- <&-", "2>&-"])
def test_what_prints_no_data_needs_no_stream(streams: str, folder: Path) -> None:
    done = shell(folder, "fix", "-w", "a.txt", *PATTERNS, streams=streams)
    assert done.returncode == 0
    assert b"error" not in done.stderr
    assert (folder / "a.txt").read_text() == MENDED


@posix
def test_a_closed_error_stream_takes_nothing_from_the_data(folder: Path) -> None:
    done = shell(folder, "fix", "a.txt", "-", *PATTERNS, "--diff", streams="2>&-")
    assert done.returncode == 0
    assert b"+They met in the harbour." in done.stdout
    assert shell(folder, "check", streams="2>&-").returncode == 2


@posix
@pytest.mark.parametrize(
    "command",
    [["check", "-", *PATTERNS], ["explain", "-"], ["diff", "a.txt", "-"]],
    ids=" ".join,
)
def test_a_closed_input_that_is_wanted_is_named(command: list[str], folder: Path) -> None:
    done = shell(folder, *command, streams="<&-")
    assert done.returncode == 2
    assert done.stderr == b"despin: -: cannot be read (it is closed)\n"


@posix
@pytest.mark.parametrize("command", [["apply", "-"], ["lexicon", "learn", "-", "a.txt"]])
def test_so_it_is_where_it_holds_lines(command: list[str], folder: Path) -> None:
    done = shell(folder, *command, streams="<&-")
    assert done.returncode == 2
    assert b": cannot be read (it is closed)\n" in done.stderr


def unread() -> int:
    """A pipe's writing end whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


TAKERS = [pytest.param(lambda: os.open("/dev/full", os.O_WRONLY), marks=full, id="full"),
          pytest.param(unread, id="gone")]  # fmt: skip


@posix
@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["check", "clean.txt", *PATTERNS], 0),
        (["check", "a.txt", *PATTERNS], 1),
        (["fix", "-w", "gone.txt", "a.txt", *PATTERNS], 2),
        (["check", "--min-confidence", "7"], 2),
        (["check", "clean.txt", "--config", "gone.toml"], 2),
    ],
    ids=["clean", "findings", "a missing file", "a wrong option", "no configuration"],
)
def test_messages_that_nobody_takes_change_neither_work_nor_exit_code(
    taker: Callable[[], int], command: list[str], code: int, folder: Path
) -> None:
    (folder / "a.txt").write_text(SPOILT)
    (folder / "clean.txt").write_text(CLEAN)
    stream = taker()
    done = subprocess.run(
        [*COMMAND, *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=stream, check=False
    )
    os.close(stream)
    assert done.returncode == code
    assert (folder / "a.txt").read_text() == (MENDED if "-w" in command else SPOILT)
