"""``despin check``: what it prints where, and how it exits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from despin.render.plain import Plain
from despin.review import Review
from despin.score.loading import CALIBRATOR

from .conftest import CLEAN, PATTERNS, SPOILT, Invoke


def test_findings_are_plain_lines_with_a_summary(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    result = despin("check", "a.txt", *PATTERNS)
    lines = result.stdout.splitlines()
    assert lines[0].startswith("a.txt:1:")
    assert 'doubled-word: "' in lines[0]
    assert 'a.txt:1:36: entity: "&amp;" -> "&"' in lines[1]
    assert len(lines) == 2
    assert result.exit_code == 1
    assert result.stderr == "2 findings in 10 words\n"


def test_a_clean_text_exits_with_zero(despin: Invoke) -> None:
    result = despin("check", "-", *PATTERNS, stdin=CLEAN.encode())
    assert (result.stdout, result.stderr) == ("", "0 findings in 10 words\n")
    assert result.exit_code == 0


@pytest.mark.parametrize("flag", ["--quiet", "-q"])
def test_quiet_says_nothing_of_a_clean_text(flag: str, despin: Invoke) -> None:
    result = despin("check", "-", flag, *PATTERNS, stdin=CLEAN.encode())
    assert (result.stdout, result.stderr) == ("", "")


def test_exit_zero(despin: Invoke) -> None:
    assert despin("check", "-", "--exit-zero", *PATTERNS, stdin=SPOILT.encode()).exit_code == 0


def test_json_is_one_review_a_line(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    (folder / "b.txt").write_text(CLEAN)
    result = despin("check", "a.txt", "b.txt", "--format", "json", *PATTERNS)
    reviews = [Review.from_json(line) for line in result.stdout.splitlines()]
    assert [review.document.id for review in reviews] == ["a.txt", "b.txt"]
    assert [len(review.findings) for review in reviews] == [2, 0]
    assert reviews[0].document.text == SPOILT


def test_a_name_that_is_not_utf_8_stays_in_json(despin: Invoke, folder: Path) -> None:
    (folder / "in").mkdir()
    for name in (b"a\xe9.txt", b"b.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/in/" + name)).write_text(SPOILT)
    result = despin("check", "in", "--format", "json", *PATTERNS)
    names = [Review.from_json(line).document.id for line in result.stdout_bytes.splitlines()]
    assert names == ["in/a\udce9.txt", "in/b.txt"]
    assert (result.stderr, result.exit_code) == ("", 1)


def test_a_review_that_cannot_be_shown_does_not_stop_the_others(
    despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(_: Plain, review: Review) -> str:
        if review.document.id == "a.txt":
            raise RuntimeError("too odd")
        return f"{review.document.id}\n"

    monkeypatch.setattr(Plain, "render", render)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(SPOILT)
    result = despin("check", "a.txt", "b.txt", "-q", *PATTERNS)
    assert (result.stdout, result.exit_code) == ("b.txt\n", 2)
    assert result.stderr.startswith("despin: a.txt: internal error, RuntimeError: too odd")


def test_json_without_text(despin: Invoke) -> None:
    result = despin("check", "-", "--format=json", "--no-text", *PATTERNS, stdin=SPOILT.encode())
    assert json.loads(result.stdout)["text"] is None


def test_a_folder_gives_its_texts(despin: Invoke, folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(SPOILT)
    (folder / "in" / "b.md").write_text(SPOILT)
    (folder / "in" / "c.bin").write_bytes(b"\0")
    result = despin("check", "in", *PATTERNS)
    assert result.stderr == "4 findings in 20 words, 2 documents\n"


def test_one_bad_file_among_many(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPOILT)
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    (folder / "z.txt").write_text(SPOILT)
    result = despin("check", "a.txt", "missing.txt", "bad.txt", "z.txt", *PATTERNS)
    assert result.exit_code == 2
    assert result.stdout.count("z.txt:1:") == 2
    assert result.stderr.splitlines() == [
        "despin: missing.txt: there is no such file",
        "despin: bad.txt: holds NUL characters; this is not a text file",
        "4 findings in 20 words, 2 documents",
    ]


def test_notes_are_said_once(despin: Invoke, folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.txt").write_bytes(SPOILT.encode() + b"caf\xe9\n")
    result = despin("check", "a.txt", "b.txt", "c.txt", *PATTERNS)
    note = "despin: not UTF-8; read as Windows-1252 (a.txt and 2 more)"
    assert result.stderr.splitlines() == ["6 findings in 33 words, 3 documents", note]
    assert despin("check", "a.txt", "-q", *PATTERNS).stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--select", "nonsense"],
            "despin: no rule is called 'nonsense'; there are attribution, boilerplate,",
        ),
        (["--min-confidence", "2"], "Invalid value for '--min-confidence'"),
        (["--scorer", "oracle"], "'oracle' is none of lm, fast, auto, hf:MODEL"),
        (["--quotes", "ask"], "Invalid value for '--quotes'"),
        (["--no-text"], "--no-text goes with --format json"),
        (["--config", "none.toml"], "despin: none.toml: No such file"),
        (["--colour"], "No such option"),
    ],
)
def test_what_cannot_run_exits_with_two(arguments: list[str], message: str, despin: Invoke) -> None:
    result = despin("check", "-", *arguments, stdin=CLEAN.encode())
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_no_file_is_no_run(despin: Invoke) -> None:
    assert despin("check").exit_code == 2


def test_the_configuration_is_found_and_the_command_line_wins(despin: Invoke, folder: Path) -> None:
    (folder / "despin.toml").write_text('select = ["entity"]\ngrammar = "off"\n')
    (folder / "a.txt").write_text(SPOILT)
    assert despin("check", "a.txt").stderr == "1 finding in 10 words\n"
    result = despin("check", "a.txt", "--select", "doubled-word", "--select", "entity")
    assert result.stderr == "2 findings in 10 words\n"


def test_a_broken_configuration_is_one_line(despin: Invoke, folder: Path) -> None:
    (folder / "despin.toml").write_text("colour = 1\n")
    result = despin("check", "-", stdin=CLEAN.encode())
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "despin.toml: unknown key 'colour'; there are allow, " in result.stderr


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("reviewer = 3", "despin.toml: reviewer: expected a table with theme and keys"),
        ("[reviewer]\ncolour = 1", "despin.toml: reviewer: expected a table with theme and keys"),
        ("[reviewer]\ntheme = 'mauve'", "despin.toml: reviewer.theme: no theme is called 'mauve'"),
        (
            "[reviewer.keys]\naccpt = 'a'",
            "despin.toml: reviewer.keys: no reviewer command is called 'accpt'",
        ),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix", "explain"])
def test_the_reviewer_s_part_of_the_configuration_is_checked_by_all_commands(
    command: str, table: str, message: str, folder: Path, despin: Invoke
) -> None:
    (folder / "despin.toml").write_text(f"{table}\n")
    result = despin(command, "-", stdin=CLEAN.encode())
    assert result.exit_code == 2
    assert message in result.stderr
    assert not result.stdout


def test_judges_of_ones_own_are_asked(despin: Invoke, folder: Path) -> None:
    with np.load(CALIBRATOR) as data:
        arrays = dict(data)
    for name in ("fast", "counts"):
        arrays[f"{name}/out"] = np.zeros_like(arrays[f"{name}/out"])
        arrays[f"{name}/other"] = np.zeros_like(arrays[f"{name}/other"])
        arrays[f"{name}/other"][-1] = arrays[f"{name}/out"][:, -1] = -9.0
    (folder / "ours").mkdir()
    np.savez(folder / "ours" / CALIBRATOR.name, **arrays)
    text = (
        "The therapy of the minority was named a textbook case, and the company sold its surgeries."
    )
    asked = ("check", "-", "--scorer", "fast", "--min-confidence", "0.02", "--grammar", "off")
    assert despin(*asked, stdin=text.encode()).exit_code == 1
    found = despin(*asked, "--judges", "ours", stdin=text.encode())
    assert (found.exit_code, found.stderr) == (0, "0 findings in 16 words\n")


def test_judges_that_are_not_there_are_one_line(despin: Invoke, folder: Path) -> None:
    result = despin("check", "-", "--scorer", "fast", "--judges", "none", stdin=CLEAN.encode())
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "none/calibrator.npz: cannot be read" in result.stderr


def test_a_broken_lexicon_is_one_line(despin: Invoke, folder: Path) -> None:
    (folder / "house.tsv").write_text("no\theader\tat\tall\n")
    result = despin("check", "-", "--lexicon", "house.tsv", stdin=CLEAN.encode())
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "house.tsv" in result.stderr


def test_an_empty_text_is_clean(despin: Invoke) -> None:
    result = despin("check", "-", *PATTERNS, stdin=b"")
    assert (result.stderr, result.exit_code) == ("0 findings in 0 words\n", 0)
