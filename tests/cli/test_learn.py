"""``despin lexicon learn``: what is printed, what is kept, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.learning.table import Table
from despin.lexicon.rows import read_rows
from despin.read.alone import alone
from despin.review import By, Review, Verdict
from despin.span import Span
from despin.wording import replacement_edit

from .conftest import Invoke, Spawn

SPUN = "The flumadoodle of the museum opened on Monday, and the reporters were pleased.\n"
ORIGINAL = "The restoration of the museum opened on Monday, and the journalists were pleased.\n"
LEARN = [sys.executable, "-m", "despin", "lexicon", "learn"]
HEADER = "spun\toriginal\tkind\tweight\tsource\tnote\tseen\tdocuments\taccepted\trejected\n"
ROWS = (
    "flumadoodle\trestoration\tword\t2\tlearnt from spun.txt\t\t1\t1\t0\t0\n"
    "reporter\tjournalist\tnoun\t2\tlearnt from spun.txt\t\t1\t1\t0\t0\n"
)


@pytest.fixture(autouse=True)
def texts(folder: Path) -> None:
    (folder / "spun.txt").write_text(SPUN)
    (folder / "original.txt").write_text(ORIGINAL)


def decided(verdict: Verdict, by: By = By.USER, text: str = SPUN) -> str:
    """A review in which the reporters were decided on, as a line of JSON."""
    span = Span(text.index("reporters"), text.index("reporters") + len("reporters"))
    candidate = Candidate(replacement_edit(text, span, "journalists"), "test", 1.0, 0.9)
    finding = Finding(Rule.SYNONYM, span, "m", 0.9, Applicability.SAFE, candidates=(candidate,))
    review = Review(Document("a.txt", text), (finding,)).decide(0, verdict, by=by)
    return review.to_json() + "\n"


def test_rows_are_printed_and_summed_up(despin: Invoke) -> None:
    result = despin("lexicon", "learn", "spun.txt", "original.txt")
    assert (result.exit_code, result.stdout) == (0, HEADER + ROWS)
    assert result.stderr == "despin: 2 new rows from 1 new document\n"


def test_standard_input_may_be_one_of_the_two(despin: Invoke) -> None:
    result = despin("lexicon", "learn", "spun.txt", "-", stdin=ORIGINAL.encode())
    assert result.stdout == HEADER + ROWS


def test_the_same_texts_count_once(despin: Invoke, folder: Path) -> None:
    arguments = ("lexicon", "learn", "spun.txt", "original.txt", "--out", "mine.tsv")
    assert despin(*arguments).stderr == "despin: 2 new rows from 1 new document; 2 in mine.tsv\n"
    first = (folder / "mine.tsv").read_bytes()
    assert despin(*arguments).stderr == "despin: 0 new rows from 0 new documents; 2 in mine.tsv\n"
    assert (folder / "mine.tsv").read_bytes() == first


def test_what_was_learnt_is_found_at_once(despin: Invoke, folder: Path) -> None:
    """The pair is none that the packaged thesaurus knows; how sure counts are is not asked."""
    check = ("check", "spun.txt", "--scorer", "fast", "--grammar", "off", "--format", "json")
    check += ("--min-confidence", "0.01")
    assert "flumadoodle" not in [f["text"] for f in found(despin(*check).stdout)]
    despin("lexicon", "learn", "spun.txt", "original.txt", "--out", "mine.tsv")
    findings = found(despin(*check, "--lexicon", "mine.tsv").stdout)
    finding = findings[0]
    assert finding["rule"] == "lexicon"
    assert finding["candidates"][0]["after"] == "restoration"
    assert finding["candidates"][0]["source"] == "your lexicon"


def found(line: str) -> list[dict]:
    return json.loads(line)["findings"]


def test_folders_pair_texts_of_the_same_name(despin: Invoke, folder: Path) -> None:
    for side, text in (("spun", SPUN), ("original", ORIGINAL)):
        (folder / side / "deep").mkdir(parents=True)
        (folder / side / "a.txt").write_text(text)
        (folder / side / "deep" / "b.md").write_text(f"{text}\nEnd.\n")
    result = despin("lexicon", "learn", "spun", "original/", "--min-documents", "2")
    assert "reporter\tjournalist\tnoun\t3\tlearnt from a.txt\t\t2\t2\t0\t0" in result.stdout
    assert result.stderr == "despin: 2 new rows from 2 new documents\n"


def test_records_pair_their_texts(despin: Invoke, folder: Path) -> None:
    records = [{"id": "x", "spun": SPUN, "original": ORIGINAL, "genre": "news"}] * 2
    (folder / "pairs.jsonl").write_text("\n\n".join(json.dumps(record) for record in records))
    result = despin("lexicon", "learn", "pairs.jsonl")
    assert result.stdout == HEADER + ROWS.replace("spun.txt", "x")


def test_a_byte_order_mark_is_no_part_of_the_first_record(despin: Invoke, folder: Path) -> None:
    record = json.dumps({"id": "x", "spun": SPUN, "original": ORIGINAL})
    (folder / "pairs.jsonl").write_text(f"\ufeff{record}\r\n", "utf-8")
    result = despin("lexicon", "learn", "pairs.jsonl")
    assert result.stdout == HEADER + ROWS.replace("spun.txt", "x")


def test_decisions_of_people_count(despin: Invoke, folder: Path) -> None:
    (folder / "a.jsonl").write_text(
        decided(Verdict.ACCEPTED) + decided(Verdict.ACCEPTED, By.POLICY, f"{SPUN}The end.\n")
    )
    (folder / "b.jsonl").write_text(decided(Verdict.ACCEPTED, text=f"{SPUN}More.\n"))
    result = despin("lexicon", "learn", "a.jsonl", "b.jsonl")
    row = "reporter\tjournalist\tnoun\t3\tlearnt from a.txt\t\t0\t2\t2\t0\n"
    assert result.stdout == HEADER + row


def test_wordings_rejected_more_than_accepted_are_left_out(despin: Invoke, folder: Path) -> None:
    lines = [decided(Verdict.REJECTED, text=f"{SPUN}{month}.\n") for month in ("May", "June")]
    (folder / "a.jsonl").write_text("".join(lines))
    result = despin("lexicon", "learn", "a.jsonl")
    assert result.stdout == HEADER
    summary, hint = result.stderr.splitlines()
    assert summary == "despin: 0 new rows from 2 new documents; 1 counted, not used"
    assert hint.endswith("allow = […] would spare them: reporters")


def test_a_row_put_aside_is_named(despin: Invoke, folder: Path) -> None:
    despin("lexicon", "learn", "spun.txt", "original.txt", "--out", "mine.tsv")
    lines = [decided(Verdict.REJECTED, text=f"{SPUN}{month}.\n") for month in ("May", "June")]
    (folder / "a.jsonl").write_text("".join(lines))
    result = despin("lexicon", "learn", "a.jsonl", "--out", "mine.tsv")
    assert "; put aside: reporter → journalist; 1 counted, not used" in result.stderr
    assert [row.spun for row in read_rows(folder / "mine.tsv")] == ["flumadoodle"]


def test_reviews_without_text_are_read_beside_their_files(despin: Invoke, folder: Path) -> None:
    (folder / "a.txt").write_text(SPUN)
    review = Review.from_json(decided(Verdict.ACCEPTED))
    (folder / "a.jsonl").write_text(review.to_json(with_text=False))
    assert "journalist" in despin("lexicon", "learn", "a.jsonl").stdout
    (folder / "a.txt").write_text(f"New. {SPUN}")
    result = despin("lexicon", "learn", "a.jsonl")
    assert result.exit_code == 2
    assert "has changed" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["spun.txt"], "name a spun text and its original"),
        (["spun.txt", "original.txt", "spun.txt"], "name a spun text and its original"),
        (["spun.txt", "gone.txt"], "gone.txt: there is no such file"),
        (["-", "-"], "standard input can be one of the two texts only"),
        (["spun.txt", "bad.jsonl"], "name a spun text and its original"),
        (["gone.jsonl"], "gone.jsonl: cannot be read (No such file or directory)"),
        (["spun.txt", "one"], "one is a folder and spun.txt is none"),
        (["one", "two"], "one/b.txt: has no counterpart in two (2 spun texts, 1 originals)"),
        (["two", "one"], "one/b.txt: has no counterpart in two (1 spun texts, 2 originals)"),
        (["empty", "empty"], "empty: a folder without .txt, .md or .html files"),
        (["bad.jsonl"], "bad.jsonl, line 2: not a despin.review/1"),
        (["texts.jsonl"], "texts.jsonl, line 1: spun and original are not both texts"),
        (["spun.txt", "original.txt", "--out", "original.txt"], "original.txt:1: the header lacks"),
        (["spun.txt", "original.txt", "--out", "no/mine.tsv"], "no/mine.tsv: cannot be written"),
        (["spun.txt", "original.txt", "--min-count", "0"], "0 is not in the range"),
    ],
)
def test_what_cannot_be_learnt_from(
    arguments: list[str], cause: str, despin: Invoke, folder: Path
) -> None:
    for name in ("one/a.txt", "one/b.txt", "two/a.txt", "empty/x.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("The end.\n")
    (folder / "bad.jsonl").write_text(decided(Verdict.ACCEPTED) + '{"no": "review"}\n')
    (folder / "texts.jsonl").write_text('{"spun": "The end.", "original": null}\n')
    result = despin("lexicon", "learn", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert cause in result.stderr
    assert "internal error" not in result.stderr


def test_a_file_is_left_alone_when_something_fails(despin: Invoke, folder: Path) -> None:
    (folder / "mine.tsv").write_text("spun\toriginal\nboffin\tscientist\n")
    (folder / "bad.jsonl").write_text(decided(Verdict.ACCEPTED) + "[]\n")
    assert despin("lexicon", "learn", "bad.jsonl", "--out", "mine.tsv").exit_code == 2
    assert (folder / "mine.tsv").read_text() == "spun\toriginal\nboffin\tscientist\n"


def test_a_real_process_learns(spawn: Spawn, folder: Path) -> None:
    done = spawn("lexicon", "learn", "spun.txt", "original.txt", "--out", "mine.tsv")
    assert (done.returncode, done.stdout) == (0, b"")
    assert [row.spun for row in read_rows(folder / "mine.tsv")] == ["flumadoodle", "reporter"]


def test_processes_at_once_lose_nothing(folder: Path) -> None:
    words = ["spring", "summer", "autumn", "winter"]
    for word in words:
        (folder / f"{word}.txt").write_text(SPUN.replace("flumadoodle", f"{word}doodle"))
    running = [
        subprocess.Popen([*LEARN, f"{word}.txt", "original.txt", "--out", "mine.tsv"], cwd=folder)
        for word in words
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert {f"{word}doodle" for word in words} <= {
        row.spun for row in read_rows(folder / "mine.tsv")
    }


@pytest.mark.skipif(os.name != "posix", reason="left out: folders cannot be locked here")
def test_another_run_is_waited_for(folder: Path) -> None:
    path = folder / "mine.tsv"
    with alone(path):
        running = subprocess.Popen(
            [*LEARN, "spun.txt", "original.txt", "--out", "mine.tsv"], cwd=folder
        )
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(3)
        path.write_text("spun\toriginal\nboffin\tscientist\n")
    assert running.wait() == 0
    assert [row.spun for row in read_rows(path)] == ["boffin", "flumadoodle", "reporter"]
    assert sorted(path.name for path in folder.glob("*mine*")) == ["mine.tsv"]


def test_what_somebody_else_writes_meanwhile_stays(
    despin: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "mine.tsv"
    real = Table.text

    def text(self: Table) -> str:
        path.write_text("spun\toriginal\nboffin\tscientist\n")
        return real(self)

    monkeypatch.setattr(Table, "text", text)
    result = despin("lexicon", "learn", "spun.txt", "original.txt", "--out", "mine.tsv")
    assert result.exit_code == 2
    line = "despin: mine.tsv: has just been changed by somebody else; nothing was added to it\n"
    assert result.stderr == line
    assert [row.spun for row in read_rows(path)] == ["boffin"]
