"""Texts that are piped in: what they are called, and how they are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import MENDED, PAGE, PATTERNS, SPOILT, Invoke

BODY = PAGE.removeprefix("<html>")
HEADS = {
    "doctype": "<!doctype html><html>",
    "root": "\n <HTML lang=en>",
    "declared": "<?xml version='1.0'?>\n<!-- saved --><!DOCTYPE html><html>",
}
NOTE = "the article's text was taken out of a web page"


def test_it_has_the_name_it_is_given(despin: Invoke) -> None:
    named = ("-", "--stdin-filename", "new/a.txt")
    data = SPOILT.encode()
    result = despin("check", *named, *PATTERNS, stdin=data)
    assert result.stdout.startswith("new/a.txt:1:")
    review = json.loads(despin("fix", *named, "--format=json", *PATTERNS, stdin=data).stdout)
    assert review["id"] == "new/a.txt"
    patch = despin("fix", *named, "--diff", *PATTERNS, stdin=data).stdout
    assert patch.startswith("--- a/new/a.txt\n+++ b/new/a.txt\n")
    assert despin("fix", *named, *PATTERNS, stdin=data).stdout == MENDED


def test_its_name_says_how_it_is_read(despin: Invoke) -> None:
    pytest.importorskip("trafilatura")
    page = despin("check", "-", "--stdin-filename", "p.HTM", *PATTERNS, stdin=PAGE.encode())
    assert page.stdout.count("p.HTM:") == 8
    assert NOTE in page.stderr
    text = despin("check", "-", "--stdin-filename", "p.txt", *PATTERNS, stdin=PAGE.encode())
    assert NOTE not in text.stderr


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_begins_like_a_web_page_is_one(head: str, encoding: str, despin: Invoke) -> None:
    pytest.importorskip("trafilatura")
    data = (HEADS[head] + BODY).encode(encoding)
    result = despin("fix", "-", *PATTERNS, stdin=data)
    assert "They met in the harbour at 1 and spoke at length.\n\nThey met" in result.stdout
    assert "<" not in result.stdout
    assert "8 fixed" in result.stderr
    assert NOTE in result.stderr


@pytest.mark.parametrize(
    "text",
    ["<htmlish> is a word.\n", "The tag <html> opens it.\n", "<!---->" * 500, "<p>Hi.</p>\n"],
)
def test_what_does_not_is_plain_text(text: str, despin: Invoke) -> None:
    result = despin("fix", "-", *PATTERNS, stdin=text.encode())
    assert result.stdout == text
    assert NOTE not in result.stderr


def test_it_is_never_written_in_place(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    for name in ((), ("--stdin-filename", "a.txt")):
        result = despin("fix", "-w", "-", *name, *PATTERNS, stdin=SPOILT.encode())
        assert result.exit_code == 2
        line = "despin: standard input cannot be written back; use --output\n"
        assert result.stderr == line
    assert (folder / "a.txt").read_text() == SPOILT


def test_in_a_folder_it_has_its_name(despin: Invoke, folder: Path) -> None:
    given = ("--output", "out", *PATTERNS)
    data = SPOILT.encode()
    assert despin("fix", "-", *given, stdin=data).exit_code == 0
    assert despin("fix", "-", "--stdin-filename", "in/a.md", *given, stdin=data).exit_code == 0
    made = {path.name: path.read_text() for path in (folder / "out").iterdir()}
    assert made == {"stdin.txt": MENDED, "a.md": MENDED}


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.txt", "--stdin-filename", "b.txt"), "it goes with -"),
        (("-", "--stdin-filename", ""), "an empty name is no name"),
    ],
)
def test_a_name_for_nothing_is_refused(
    command: str, arguments: tuple[str, ...], message: str, despin: Invoke, folder: Path
) -> None:
    (folder / "a.txt").write_text(SPOILT)
    result = despin(command, *arguments, *PATTERNS, stdin=b"")
    assert (result.exit_code, message in result.stderr) == (2, True)
