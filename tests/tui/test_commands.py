"""``despin apply`` in full, and what ``despin review`` refuses."""

import json
import subprocess
import sys

import pytest

from despin import policy
from despin.finding import Applicability
from despin.review import Review, Verdict
from despin.scored import SCORED_RULES
from despin.tui import demo
from despin.tui.details import details
from despin.tui.saving import into_reviews


def run(folder, *arguments):
    command = [sys.executable, "-m", "despin", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)


@pytest.fixture
def saved(make, tmp_path):
    """Two files, and their saved reviews: one accepted, one rejected, two undecided."""
    texts = {"a.txt": "The [site|place] was [shut|closed].", "b.txt": "A [quay|dock] [end|stop@60]"}
    reviews = [make(text, name) for name, text in texts.items()]
    for review in reviews:
        (tmp_path / review.document.id).write_text(review.document.text)
    reviews[0] = reviews[0].decide(0, Verdict.ACCEPTED).decide(1, Verdict.REJECTED)
    into_reviews(tmp_path / "r.jsonl", reviews)
    return tmp_path


def test_apply_writes_what_was_accepted_and_nothing_else(saved):
    done = run(saved, "apply", "r.jsonl", "-w")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (saved / "a.txt").read_text() == "The place was shut."
    assert (saved / "b.txt").read_text() == "A quay end"


def test_apply_accepts_the_sure_ones_when_asked(saved):
    assert (
        run(saved, "apply", "r.jsonl", "--output", "out", "--min-confidence", "0.8").returncode == 0
    )
    assert (saved / "out" / "a.txt").read_text() == "The place was shut."
    assert (saved / "out" / "b.txt").read_text() == "A dock end"
    assert (saved / "a.txt").read_text() == "The site was shut."


def test_apply_refuses_a_file_that_has_changed_and_does_the_others(saved):
    (saved / "a.txt").write_text("The site was shut again.")
    done = run(saved, "apply", "r.jsonl", "-w", "--min-confidence", "0.1")
    assert done.returncode == 2
    assert b"a.txt: has changed since it was reviewed" in done.stderr
    assert (saved / "a.txt").read_text() == "The site was shut again."
    assert (saved / "b.txt").read_text() == "A dock stop"


def test_one_review_is_printed_and_several_need_a_place(saved):
    lines = (saved / "r.jsonl").read_bytes().splitlines()
    (saved / "one.jsonl").write_bytes(lines[0])
    assert run(saved, "apply", "one.jsonl").stdout == b"The place was shut."
    assert run(saved, "apply", "r.jsonl").returncode == 2


def test_a_review_saved_without_text_takes_it_from_its_file(saved):
    wire = json.loads((saved / "r.jsonl").read_bytes().splitlines()[0])
    del wire["text"]
    (saved / "one.jsonl").write_text(json.dumps(wire))
    assert run(saved, "apply", "one.jsonl").stdout == b"The place was shut."
    (saved / "a.txt").write_text("other")
    done = run(saved, "apply", "one.jsonl")
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_line_that_is_no_review_is_named(saved):
    (saved / "bad.jsonl").write_text('{"schema": "other"}\n')
    done = run(saved, "apply", "bad.jsonl", "-w")
    assert done.returncode == 2
    assert b"bad.jsonl, line 1" in done.stderr


def without_text(line, **changes):
    wire = json.loads(line) | changes
    del wire["text"]
    return json.dumps(wire).encode()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda line: without_text(line, sha256="0"), b"a.txt: has changed since it was reviewed"),
        (lambda line: without_text(line, id="gone.txt"), b"gone.txt: there is no such file"),
        (lambda line: without_text(line, id="x" * 300), b"x: cannot be read ("),
        (lambda line: b"{}", b"r.jsonl, line 1: not a despin.review/1"),
        (lambda line: line.replace(b"shut.", b"open."), b"r.jsonl, line 1: the text of a.txt"),
        (lambda line: line.replace(b'"a.txt"', b'"%s"' % (b"x" * 300)), b"x: cannot be "),
    ],
    ids=["stale", "gone", "long-name", "no-review", "changed", "long-name-with-text"],
)
def test_apply_names_a_bad_line_and_does_the_others(saved, broken, said):
    lines = (saved / "r.jsonl").read_bytes().splitlines()
    (saved / "r.jsonl").write_bytes(b"\n".join([broken(lines[0]), b"", without_text(lines[1])]))
    done = run(saved, "apply", "r.jsonl", "-w", "--min-confidence", "0.1")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert b"internal error" not in done.stderr
    assert (saved / "a.txt").read_text() == "The site was shut."
    assert (saved / "b.txt").read_text() == "A dock stop"


@pytest.mark.parametrize("arguments", [(), ("--demo", "a.txt"), ("-w", "--output", "x", "a.txt")])
def test_review_says_how_it_is_used(saved, arguments):
    done = run(saved, "review", *arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_review_needs_a_terminal(saved):
    assert b"needs a terminal" in run(saved, "review", "a.txt").stderr


def test_the_example_is_as_real_reviews_are():
    review = demo.review()
    assert Review.from_json(review.to_json()) == review
    assert policy.resolve(review.findings) == review.findings
    for index, finding in enumerate(review.findings):
        sure = [candidate.confidence for candidate in finding.candidates]
        assert sure == sorted(sure, reverse=True)
        assert sum(sure) <= finding.confidence
        assert finding.message
        assert not finding.in_quote or finding.applicability is Applicability.DISPLAY
        if finding.applicability is Applicability.SAFE:
            assert min(sure[0], finding.confidence) >= policy.SAFE_CONFIDENCE
        said = " ".join(runs_of(details(review, index, 60, 40, {})))
        assert "nats" not in said
        if finding.rule in SCORED_RULES:
            assert f"({finding.best.source})" in finding.message
            assert [c.score for c in finding.candidates] == sorted(
                (c.score for c in finding.candidates), reverse=True
            )


def runs_of(lines):
    return (run.text for line in lines for run in line)


def test_the_example_fits_its_text_and_settles():
    review = demo.review()
    for index, finding in enumerate(review.findings):
        if finding.best:
            review = review.decide(index, Verdict.ACCEPTED)
    result = review.result()
    assert len(review.edits()) == len(review.findings)
    assert "an artificial intelligence tool" in result
    assert "Share this" not in result
