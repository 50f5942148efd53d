"""``despin fix``: bytes in, bytes out, and nothing written by halves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from despin.review import Review, Verdict

from .conftest import CLEAN, MENDED, PATTERNS, SPOILT, Invoke

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


def test_output_mirrors_a_folder(despin: Invoke, folder: Path) -> None:
    (folder / "in" / "deep").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text(SPOILT)
    (folder / "in" / "deep" / "a.txt").write_text(CLEAN)
    assert despin("fix", "in", "--output", "out", *PATTERNS).exit_code == 0
    assert (folder / "out" / "a.txt").read_text() == MENDED
    assert (folder / "out" / "deep" / "a.txt").read_text() == CLEAN
    assert (folder / "in" / "a.txt").read_text() == SPOILT


def test_output_refuses_two_texts_for_one_file(despin: Invoke, folder: Path) -> None:
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text(SPOILT)
    result = despin("fix", "x/a.txt", "y/a.txt", "--output", "out", *PATTERNS)
    assert result.exit_code == 2
    assert "already holds x/a.txt" in result.stderr
    assert (folder / "out" / "a.txt").read_text() == MENDED


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
    for name, text in (("a", CLEAN), ("b", SPOILT)):
        (folder / name).mkdir()
        (folder / name / "x.txt").write_text(text)
    result = despin("fix", "b/x.txt", "a/x.txt", "--output", "a", *PATTERNS)
    assert result.exit_code == 2
    assert (folder / "a" / "x.txt").read_text() == CLEAN


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
    assert half.stderr.endswith("despin: 2 fixed, 2 left after that in 20 words, 2 documents\n")
    assert half.exit_code == 2


def test_a_web_page_is_never_written_in_place(despin: Invoke, folder: Path) -> None:
    pytest.importorskip("trafilatura")
    article = "".join(f"<p>They met in the the harbour at {n} and spoke at length.</p>"
                      for n in range(1, 9))  # fmt: skip
    page = f"<html><body><article><h1>News</h1>{article}</article></body></html>"
    (folder / "p.html").write_text(page)
    result = despin("fix", "-w", "p.html", *PATTERNS)
    assert result.exit_code == 2
    assert "use --output" in result.stderr
    assert (folder / "p.html").read_text() == page
    despin("fix", "p.html", "--output", "out", *PATTERNS)
    text = (folder / "out" / "p.md").read_text()
    assert "They met in the harbour at 3 and" in text


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
