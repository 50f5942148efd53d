"""Patches are applied with the real ``patch`` command, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from despin.render.unified import patch

PATCH = shutil.which("patch")
GIT = shutil.which("git")

CASES = {
    "one line": ("one\n", "two\n"),
    "no final newline": ("one\ntwo", "one\nthree"),
    "final newline added": ("one", "one\n"),
    "final newline removed": ("one\n", "one"),
    "carriage returns": ("one\r\ntwo\r\nthree\r\n", "one\r\n2\r\nthree\r\n"),
    "odd line breaks": ("a\u2028b\x0bc\rd\ne\n", "a\u2028b\x0bC\rd\ne\n"),
    "far apart": ("".join(f"{n}\n" for n in range(40)), "".join(f"{n % 30}\n" for n in range(40))),
    "line deleted": ("a\nb\nc\n", "a\nc\n"),
    "first line deleted": ("a\nb\n", "b\n"),
    "inserted at front": ("b\n", "a\nb\n"),
    "byte order mark": ("\ufeffone\ntwo\n", "\ufeff1\ntwo\n"),
    "dashes": ("-- a\n++ b\n", "-- A\n++ b\n"),
    "emptied": ("a\n", ""),
}

texts = st.lists(st.sampled_from(["a", "b", "\n", "\n", "\r\n", "é "]), max_size=30).map("".join)


def applied(folder: Path, name: str, before: str, after: str, *command: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before.encode())
    change = patch(name, before, after).encode()
    subprocess.run(command, cwd=folder, input=change, check=True, capture_output=True)
    return path.read_bytes().decode() if path.exists() else ""


@pytest.mark.skipif(PATCH is None, reason="the patch command is missing: apt-get install patch")
@pytest.mark.parametrize("case", CASES)
def test_patch_applies(case: str, tmp_path: Path) -> None:
    before, after = CASES[case]
    command = ("patch", "-p1", "--binary", "--no-backup-if-mismatch", "--fuzz=0")
    assert applied(tmp_path, "text.txt", before, after, *command) == after
    assert not list(tmp_path.glob("*.rej"))


@pytest.mark.skipif(PATCH is None, reason="the patch command is missing: apt-get install patch")
@pytest.mark.parametrize("name", ["a folder/a text.txt", 'quo"te.txt', "tab\there.txt", "é.txt"])
def test_patch_finds_odd_names(name: str, tmp_path: Path) -> None:
    assert applied(tmp_path, name, "one\n", "two\n", "patch", "-p1") == "two\n"


@pytest.mark.skipif(PATCH is None, reason="the patch command is missing: apt-get install patch")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=texts.filter(bool), after=texts.filter(bool))
def test_patch_applies_to_any_text(before: str, after: str, tmp_path: Path) -> None:
    if before != after:
        assert applied(tmp_path, "t", before, after, "patch", "-p1", "--binary", "-s") == after


@pytest.mark.skipif(GIT is None, reason="the git command is missing: apt-get install git")
@pytest.mark.parametrize("case", [case for case in CASES if case != "emptied"])
def test_git_applies(case: str, tmp_path: Path) -> None:
    before, after = CASES[case]
    command = ("git", "apply", "--whitespace=nowarn", "-")
    assert applied(tmp_path, "text.txt", before, after, *command) == after


def test_no_change_is_no_patch() -> None:
    assert patch("x", "same", "same") == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [("/tmp/x.txt", "tmp/x.txt"), ("../up/x.txt", "up/x.txt"), ("./x.txt", "x.txt"), ("-", "-")],
)
def test_the_name_stays_inside_the_folder(path: str, name: str) -> None:
    assert patch(path, "a\n", "b\n").startswith(f"--- a/{name}\n+++ b/{name}\n")
