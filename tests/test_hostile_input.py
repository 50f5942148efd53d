"""What no article looks like, through the real command: an exit code and one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MEMORY = 2 << 30
"""Bytes of address space that a run may take."""
PROSE = "The council said on Monday that the old bridge would stay closed until the spring. "

COMMON = ("--grammar", "off", "--scorer", "fast")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to it")
posix = pytest.mark.skipif(os.name != "posix", reason="needs links that anybody may make")


def despin(folder: Path, *arguments: str, memory: int | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a process of its own."""

    def limit() -> None:
        import resource

        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    done = subprocess.run(
        [sys.executable, "-m", "despin", *arguments],
        cwd=folder,
        capture_output=True,
        preexec_fn=limit if memory else None,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@linux
@pytest.mark.parametrize(
    ("data", "report"),
    [
        (b"a" * 10_000_000, "0 findings in 1 word\n"),
        (b"\xe2\x80\x9c(" * 400_000, "0 findings in 0 words\n"),
        (PROSE.encode() * 12_000, "0 findings in 180,000 words\n"),
    ],
    ids=["one word of 10 MB", "openings never closed", "one line of prose"],
)
def test_endless_lines_stay_within_bounded_memory(data: bytes, report: str, tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_bytes(data)
    arguments = ("line.txt", "--select", "doubled-word,entity,fused-quote", *COMMON)
    assert despin(tmp_path, "check", *arguments, memory=MEMORY) == (0, "", report)


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("bytes.txt", b"\x81\x8d\xff" * 50, "neither UTF-8 (byte 0) nor Windows-1252 (byte 0)"),
        ("lone.txt", PROSE.encode() + b"\xed\xa0\x80", "holds encoded surrogates"),
        ("wide.txt", b"\xff\xfe\x00\xd8\x20\x00", "begins as UTF-16-LE but is not"),
        ("nul.txt", PROSE.encode() + b"\0", "holds NUL characters"),
    ],
    ids=["binary", "surrogates", "broken UTF-16", "NUL"],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_what_is_no_text_is_named_and_left(
    command: str, name: str, data: bytes, line: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    code, out, err = despin(tmp_path, command, name, *COMMON)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"despin: {name}: ")
    assert line in err
    assert "findings" not in out
    assert (tmp_path / name).read_bytes() == data


@posix
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    code, _, err = despin(tmp_path, "fix", "round.txt", *COMMON)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("despin: round.txt: ")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\0", b"= what", b'[select]\nx = "y"\n', b"min-confidence = 7\n"]
)
def test_a_configuration_that_is_none_is_one_line(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "despin.toml").write_bytes(data)
    (tmp_path / "a.txt").write_text(PROSE)
    code, out, err = despin(tmp_path, "check", "a.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "despin.toml" in err
    assert "internal error" not in err


@pytest.mark.parametrize("command", ["check", "fix"])
def test_an_empty_file_and_one_of_white_space_are_clean(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \r\n\t\x0b\x1c\n")
    for name in ("empty.txt", "blank.txt"):
        assert despin(tmp_path, command, name, *COMMON)[0] == 0
