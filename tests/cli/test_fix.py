"""``despin fix``: bytes in, bytes out, and nothing written by halves."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from despin.document import Document
from despin.pipeline import Despinner
from despin.review import Review, Verdict

from .conftest import CLEAN, MENDED, PAGE, PATTERNS, SPOILT, Invoke

ENCODINGS = {
    "utf-8": "They met in the the café and it rained all that day.\n",
    "utf-8-sig": "They met in the the café and it rained all that day.\n",
    "utf-16-le": "\ufeffThey met in the the café and it rained all that day.\n",
    "cp1252": "They met in the the “café” and it rained all that day.\n",
}


def test_one_input_is_printed_repaired(despin: Invoke) -> None:
    result = despin("fix", "-", *PATTERNS, stdin=SPOILT.encode())
    assert result.stdout == MENDED
    assert result.stderr == "despin: 2 fixed, 0 left in 10 words\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encoding_and_line_ends_stay(encoding: str, newline: str, despin: Invoke) -> None:
    text = ENCODINGS[encoding].replace("\n", newline)
    result = despin("fix", "-", "-q", *PATTERNS, stdin=text.encode(encoding))
    assert result.stdout_bytes == text.replace("the the", "the").encode(encoding)


def test_a_clean_text_comes_back_byte_for_byte(despin: Invoke) -> None:
    data = b"\xef\xbb\xbf" + CLEAN.encode().replace(b"\n", b"\r\n") + b"no end"
    assert despin("fix", "-", "-q", *PATTERNS, stdin=data).stdout_bytes == data


def test_several_inputs_need_a_destination(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    (folder / "b.txt").write_text(SPOILT)
    result = despin("fix", "a.txt", "b.txt", *PATTERNS)
    assert result.exit_code == 2
    assert "2 inputs: choose --write, --output DIR or --diff" in result.stderr
    assert result.stdout == ""
    assert despin("fix", "a.txt", "-w", "--diff", *PATTERNS).exit_code == 2


def test_write_changes_the_files_in_place(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    (folder / "b.txt").write_text(CLEAN)
    before = (folder / "b.txt").stat().st_mtime_ns
    result = despin("fix", "-w", "a.txt", "b.txt", *PATTERNS)
    assert (folder / "a.txt").read_text() == MENDED
    assert (folder / "b.txt").stat().st_mtime_ns == before
    assert result.stdout == ""
    assert result.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


def test_write_keeps_what_somebody_else_writes_meanwhile(
    despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(SPOILT)
    real = Despinner.fix

    def fix(self: Despinner, document: Document | str) -> Review:
        if isinstance(document, Document) and document.id == "a.txt":
            (folder / "a.txt").write_text("Theirs.\n")
        return real(self, document)

    monkeypatch.setattr(Despinner, "fix", fix)
    result = despin("fix", "-w", "a.txt", "b.txt", *PATTERNS)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "despin: a.txt: has changed since it was read, and stays as it is now",
        "despin: 2 fixed, 2 left in 20 words, 2 documents",
    ]
    assert (folder / "a.txt").read_text() == "Theirs.\n"
    assert (folder / "b.txt").read_text() == MENDED
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


def test_write_goes_through_links(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    (folder / "soft.txt").symlink_to("a.txt")
    (folder / "hard.txt").hardlink_to(folder / "a.txt")
    assert despin("fix", "-w", "soft.txt", *PATTERNS).exit_code == 0
    assert (folder / "soft.txt").is_symlink()
    assert (folder / "hard.txt").read_text() == (folder / "a.txt").read_text() == MENDED


def test_output_mirrors_a_folder(despin: Invoke, folder: Path) -> None:
    (folder / "in" / "deep").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text(SPOILT)
    (folder / "in" / "deep" / "a.txt").write_text(CLEAN)
    assert despin("fix", "in", "--output", "out", *PATTERNS).exit_code == 0
    assert (folder / "out" / "a.txt").read_text() == MENDED
    assert (folder / "out" / "deep" / "a.txt").read_text() == CLEAN
    assert (folder / "in" / "a.txt").read_text() == SPOILT


@pytest.mark.parametrize("named", [("x", "y"), ("x/a.txt", "y/a.txt"), ("x/a.txt", "y")])
def test_output_keeps_texts_of_the_same_name_apart(
    named: tuple[str, str], despin: Invoke, folder: Path
) -> None:
    for name, text in (("x", SPOILT), ("y", CLEAN)):
        (folder / "in" / name).mkdir(parents=True)
        (folder / "in" / name / "a.txt").write_text(text)
    paths = [str(folder / "in" / named[0]), f"./in/../in/{named[1]}"]
    assert despin("fix", *paths, "--output", "out", *PATTERNS).exit_code == 0
    assert (folder / "out" / "x" / "a.txt").read_text() == MENDED
    assert (folder / "out" / "y" / "a.txt").read_text() == CLEAN


def test_output_refuses_two_texts_for_one_file_before_any_is_read(
    despin: Invoke, folder: Path
) -> None:
    for name in ("a.txt", "p.html", "p.md"):
        (folder / name).write_text(SPOILT)
    result = despin("fix", "a.txt", "p.html", "p.md", "--output", "out", *PATTERNS)
    assert result.exit_code == 2
    line = "despin: out/p.md: would hold p.html and p.md; name them in separate runs\n"
    assert result.stderr == line
    assert not (folder / "out").exists()


def test_output_inside_the_input_is_not_read(despin: Invoke, folder: Path) -> None:
    (folder / "in" / "b").mkdir(parents=True)
    for name in ("a.txt", "b/a.txt"):
        (folder / "in" / name).write_text(SPOILT)
    first = despin("fix", "in", "--output", "in/out", *PATTERNS)
    again = despin("fix", "in", "--output", "in/out", *PATTERNS)
    assert (first.exit_code, again.exit_code) == (0, 0)
    said = "despin: 4 fixed, 0 left in 20 words, 2 documents\n"
    assert first.stderr == said
    assert (
        again.stderr == f"despin: in/out: takes the repaired texts and is not read itself\n{said}"
    )
    made = sorted(path.relative_to(folder).as_posix() for path in (folder / "in").rglob("*.txt"))
    assert made == ["in/a.txt", "in/b/a.txt", "in/out/a.txt", "in/out/b/a.txt"]


@pytest.mark.parametrize(("named", "output"), [("a/x.txt", "a"), ("a", "a"), ("a/x.txt", "link")])
def test_output_refuses_the_folder_of_the_original(
    named: str, output: str, despin: Invoke, folder: Path
) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "x.txt").write_text(SPOILT)
    (folder / "link").symlink_to("a")
    result = despin("fix", "-q", named, "--output", output, *PATTERNS)
    assert result.exit_code == 2
    assert result.stderr == f"despin: {output}/x.txt: is an original; choose another folder\n"
    assert (folder / "a" / "x.txt").read_text() == SPOILT


def test_output_refuses_the_original_of_another(despin: Invoke, folder: Path) -> None:
    (folder / "in" / "a").mkdir(parents=True)
    for name, text in (("x.txt", SPOILT), ("a/x.txt", CLEAN)):
        (folder / "in" / name).write_text(text)
    result = despin("fix", "in/x.txt", "in/a/x.txt", "--output", "in/a", *PATTERNS)
    assert result.stderr == "despin: in/a/x.txt: is an original; choose another folder\n"
    assert result.exit_code == 2
    assert (folder / "in" / "a" / "x.txt").read_text() == CLEAN


def test_a_folder_without_a_name_is_refused(despin: Invoke, folder: Path) -> None:
    (folder / "x.txt").write_text(SPOILT)
    result = despin("fix", "x.txt", "--output", "", *PATTERNS)
    assert result.exit_code == 2
    assert "an empty name is no folder" in result.stderr
    assert (folder / "x.txt").read_text() == SPOILT


def test_only_what_was_delivered_counts_as_fixed(despin: Invoke, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(SPOILT)
    (folder / "out").write_text("no folder")
    lost = despin("fix", "a.txt", "b.txt", "--output", "out/in", *PATTERNS)
    assert lost.stderr.endswith("despin: 0 fixed, 4 left in 20 words, 2 documents\n")
    (folder / "out").unlink()
    (folder / "out" / "in" / "b.txt").mkdir(parents=True)
    half = despin("fix", "a.txt", "b.txt", "--output", "out/in", *PATTERNS)
    assert half.stderr.endswith("despin: 2 fixed, 2 left in 20 words, 2 documents\n")
    assert half.exit_code == 2


def test_a_web_page_is_never_written_in_place(despin: Invoke, folder: Path) -> None:
    pytest.importorskip("trafilatura")
    (folder / "p.html").write_text(PAGE)
    result = despin("fix", "-w", "p.html", *PATTERNS)
    assert result.exit_code == 2
    assert result.stderr == "despin: p.html: a web page is not written in place; use --output\n"
    assert (folder / "p.html").read_text() == PAGE
    despin("fix", "p.html", "--output", "out", *PATTERNS)
    text = (folder / "out" / "p.md").read_text()
    assert "They met in the harbour at 3 and" in text


@pytest.mark.parametrize("option", ["-w", "--diff"])
def test_what_cannot_be_delivered_is_said_before_anything_is_read(
    option: str, despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in").mkdir()
    for name in ("a.txt", "p.html", "z.htm"):
        (folder / "in" / name).write_text(SPOILT if name == "a.txt" else PAGE)
    read: list[str] = []
    real = Despinner.fix

    def fix(self: Despinner, document: Document | str) -> Review:
        assert isinstance(document, Document)
        read.append(document.id)
        print("here", file=sys.stderr)
        return real(self, document)

    monkeypatch.setattr(Despinner, "fix", fix)
    result = despin("fix", option, "in", *PATTERNS)
    assert read == ["in/a.txt"]
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [line.split(":")[1] for line in lines[:2]] == [" in/p.html", " in/z.htm"]
    assert lines[2:] == ["here", "despin: 2 fixed, 0 left in 10 words"]
    assert "p.html" not in result.stdout


@pytest.mark.skipif(shutil.which("patch") is None, reason="the patch command is missing")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_piped_diff_is_a_patch(encoding: str, despin: Invoke, folder: Path) -> None:
    text = "“One”\r\nThey met in the the café.\r\nEnd"
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(text.encode(encoding))
    result = despin("fix", "a.txt", "b.txt", "--diff", *PATTERNS)
    assert "\\ No newline at end of file" in result.stdout_bytes.decode(errors="replace")
    assert (folder / "a.txt").read_bytes() == text.encode(encoding)
    subprocess.run(
        ["patch", "-p1", "--binary"], input=result.stdout_bytes, check=True, capture_output=True
    )
    for name in ("a.txt", "b.txt"):
        mended = (folder / name).read_bytes()
        assert mended == text.replace("the the", "the").encode(encoding)


def test_a_utf_16_text_has_no_patch(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_bytes("\ufeffin the the harbour\n".encode("utf-16-le"))
    result = despin("fix", "a.txt", "--diff", *PATTERNS)
    assert result.exit_code == 2
    assert "no patch can be made of UTF-16 text; use --output" in result.stderr


def test_a_text_without_a_patch_leaves_the_others_theirs(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_bytes(f"\ufeff{SPOILT}".encode("utf-16-le"))
    for name in ("b.txt", "c.txt"):
        (folder / name).write_text(SPOILT)
    result = despin("fix", "a.txt", "b.txt", "c.txt", "--diff", *PATTERNS)
    assert result.stderr.splitlines() == [
        "despin: a.txt: no patch can be made of UTF-16 text; use --output",
        "despin: 4 fixed, 2 left in 30 words, 3 documents",
    ]
    assert [f"+++ b/{name}" in result.stdout for name in ("a.txt", "b.txt", "c.txt")] == [
        False,
        True,
        True,
    ]
    assert result.exit_code == 2


def test_a_text_that_does_not_change_needs_no_patch(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_bytes(f"\ufeff{CLEAN}".encode("utf-16-le"))
    result = despin("fix", "a.txt", "--diff", "-q", *PATTERNS)
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)


def test_a_diff_is_no_json(despin: Invoke) -> None:
    result = despin("fix", "-", "--diff", "--format", "json", *PATTERNS, stdin=SPOILT.encode())
    assert result.exit_code == 2
    assert "--diff goes with --format text" in result.stderr
    assert result.stdout == ""


def test_json_holds_the_decisions(despin: Invoke) -> None:
    result = despin("fix", "-", "--format", "json", *PATTERNS, stdin=SPOILT.encode())
    review = Review.from_json(result.stdout)
    assert review.result() == MENDED
    assert {decision.verdict for decision in review.decisions} == {Verdict.ACCEPTED}


def test_fixing_twice_changes_nothing_more(despin: Invoke) -> None:
    once = despin("fix", "-", "-q", *PATTERNS, stdin=SPOILT.encode()).stdout_bytes
    assert despin("fix", "-", "-q", *PATTERNS, stdin=once).stdout_bytes == once


def test_what_is_left_exits_with_one(despin: Invoke) -> None:
    text = b"She said \xe2\x80\x9cwe met in the the harbour\xe2\x80\x9d that day.\n"
    result = despin("fix", "-", *PATTERNS, stdin=text)
    assert result.exit_code == 1
    assert result.stdout_bytes == text
    assert "0 fixed, 1 left" in result.stderr
    assert despin("fix", "-", "--exit-zero", *PATTERNS, stdin=text).exit_code == 0


@pytest.mark.parametrize("where", [("-w",), ("--output", "out")])
def test_a_full_disk_ends_the_run_in_one_line(
    where: tuple[str, ...], despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(SPOILT)

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)
    done = despin("fix", "a.txt", "b.txt", "c.txt", *where, *PATTERNS)
    target = Path("out", "a.txt") if where[0] == "--output" else "a.txt"
    assert done.stderr == f"despin: {target}: cannot be written (No space left on device)\n"
    assert done.exit_code == 2
    assert {path.read_text() for path in folder.glob("*.txt")} == {SPOILT}
    assert not list(folder.glob("out/*"))
