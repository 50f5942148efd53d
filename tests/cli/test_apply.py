"""``despin apply``: saved reviews, delivered without the reviewer."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.review import Review, Verdict
from despin.span import Span

from .conftest import CLEAN, MENDED, PAGE, PATTERNS, SPOILT, Invoke, Spawn

JSON = (*PATTERNS, "--format", "json")


@pytest.fixture
def reviews(despin: Invoke, folder: Path) -> Path:
    """The reviews of two texts of the same name."""
    for name in ("in/x", "in/y"):
        (folder / name).mkdir(parents=True)
        (folder / name / "a.txt").write_text(SPOILT)
    (folder / "r.jsonl").write_text(despin("fix", "in", *JSON).stdout)
    return folder / "r.jsonl"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "so.jsonl: holds no review"),
        ("\n\n", "so.jsonl: holds no review"),
        (SPOILT * 3, "so.jsonl, line 1: not a despin.review/1: "),
    ],
)
def test_a_file_without_reviews_is_named(
    content: str, message: str, despin: Invoke, folder: Path
) -> None:
    (folder / "so.jsonl").write_text(content)
    for argument, name in (("so.jsonl", "so.jsonl"), ("-", "standard input")):
        result = despin("apply", argument, stdin=content.encode())
        assert result.exit_code == 2
        assert result.stderr.startswith(f"despin: {message.replace('so.jsonl', name)}")
        assert (result.stderr.count("\n"), result.stdout) == (1, "")


@pytest.mark.parametrize("argument", ["r.jsonl", "-"])
def test_write_changes_the_files(
    argument: str, reviews: Path, despin: Invoke, folder: Path
) -> None:
    result = despin("apply", "-w", argument, stdin=reviews.read_bytes())
    assert (result.exit_code, result.output) == (0, "")
    assert [path.read_text() for path in sorted(folder.rglob("a.txt"))] == [MENDED, MENDED]


def test_write_makes_no_file_that_was_not_there(
    reviews: Path, despin: Invoke, folder: Path
) -> None:
    (folder / "in" / "x" / "a.txt").unlink()
    result = despin("apply", "-w", "r.jsonl")
    assert result.exit_code == 2
    line = "despin: in/x/a.txt: there is no such file here to write into; use --output\n"
    assert result.stderr == line
    assert not (folder / "in" / "x" / "a.txt").exists()
    assert (folder / "in" / "y" / "a.txt").read_text() == MENDED


def test_write_from_another_folder_makes_nothing(
    reviews: Path, despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "other" / "in" / "x").mkdir(parents=True)
    monkeypatch.chdir(folder / "other")
    result = despin("apply", "-w", str(reviews))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 2)
    assert list((folder / "other").rglob("*.txt")) == []


def test_output_keeps_the_layout_and_needs_no_originals(
    reviews: Path, despin: Invoke, folder: Path
) -> None:
    (folder / "in" / "x" / "a.txt").unlink()
    assert despin("apply", "r.jsonl", "--output", "out").exit_code == 0
    made = sorted(path.relative_to(folder).as_posix() for path in (folder / "out").rglob("*.txt"))
    assert made == ["out/x/a.txt", "out/y/a.txt"]


def test_two_reviews_of_one_text_have_no_room_in_a_folder(
    reviews: Path, despin: Invoke, folder: Path
) -> None:
    result = despin("apply", "-", "--output", "out", stdin=reviews.read_bytes() * 2)
    assert result.exit_code == 2
    line = "despin: out/x/a.txt: would hold in/x/a.txt twice; name them in separate runs\n"
    assert result.stderr == line
    assert not (folder / "out").exists()


def test_originals_of_other_reviews_are_kept(despin: Invoke, folder: Path) -> None:
    (folder / "in" / "a").mkdir(parents=True)
    for name in ("in/x.txt", "in/a/x.txt"):
        (folder / name).write_text(f"{name}: They met in the the harbour.")
    (folder / "r.jsonl").write_text(despin("fix", "in", *JSON).stdout)
    result = despin("apply", "r.jsonl", "--output", "in/a")
    assert result.exit_code == 2
    assert "in/a/x.txt: is an original" in result.stderr
    assert (folder / "in" / "a" / "x.txt").read_text() == "in/a/x.txt: They met in the the harbour."


def test_a_pipe_from_fix_to_apply(spawn: Spawn, folder: Path) -> None:
    saved = spawn("fix", "-", "-q", *JSON, stdin=SPOILT.encode()).stdout
    done = spawn("apply", "-", stdin=saved)
    assert (done.returncode, done.stdout, done.stderr) == (0, MENDED.encode(), b"")


def test_a_text_that_was_piped_is_not_asked_for_again(despin: Invoke) -> None:
    saved = despin("fix", "-", "--no-text", *JSON, stdin=SPOILT.encode()).stdout
    result = despin("apply", "-", stdin=saved.encode())
    assert result.exit_code == 2
    assert "standard input, line 1: the review of - was saved without its text" in result.stderr


def test_a_web_page_does_not_spoil_the_patch(despin: Invoke, folder: Path) -> None:
    pytest.importorskip("trafilatura")
    (folder / "a.txt").write_text(SPOILT)
    (folder / "p.html").write_text(PAGE)
    saved = despin("fix", "p.html", "a.txt", *JSON).stdout
    result = despin("apply", "-", "--diff", stdin=saved.encode())
    assert result.exit_code == 2
    line = "despin: p.html: no patch can be made of a web page; use --output\n"
    assert result.stderr == line
    subprocess.run(
        ["git", "apply", "-"], input=result.stdout_bytes, check=True, cwd=folder,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
    )  # fmt: skip
    assert (folder / "a.txt").read_text() == MENDED
    assert (folder / "p.html").read_text() == PAGE


def test_a_text_without_edits_needs_its_file_too(despin: Invoke, folder: Path) -> None:
    saved = despin("check", "-", "--stdin-filename", "c.txt", *JSON, stdin=CLEAN.encode()).stdout
    result = despin("apply", "-w", "-", stdin=saved.encode())
    assert result.exit_code == 2
    assert list(folder.iterdir()) == []


def test_what_is_sure_enough_is_accepted_beside_what_a_person_decided(
    despin: Invoke,
) -> None:
    text = "We met a boffin there, and a friend too.\n"

    def found(words: str, after: str, *wider: Candidate) -> Finding:
        span = Span(text.index(words), text.index(words) + len(words))
        best = Candidate(Edit(span, words, after), "curated list", confidence=0.8)
        return Finding(Rule.SYNONYM, span, "", 0.8, Applicability.UNSAFE, candidates=(best, *wider))

    expert = Candidate(Edit(Span(7, 15), "a boffin", "an expert"), "curated list")
    findings = (found("a", "the"), found("boffin", "man", expert), found("friend", "mate"))
    review = Review(Document("a.txt", text), findings).decide(1, Verdict.ACCEPTED, expert.edit)
    for bar, end in (("0.7", "mate"), ("0.9", "friend")):
        line = review.to_json().encode()
        result = despin("apply", "-", "--min-confidence", bar, stdin=line)
        assert (result.stdout, result.exit_code) == (
            f"We met an expert there, and a {end} too.\n",
            0,
        )
