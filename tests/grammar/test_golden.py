"""Golden sentences: a swap that needs its neighbours changed, on the real server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from despin.grammar.edit_check import check_edits
from despin.grammar.server import Checker
from despin.review import Review

FILE = Path(__file__).parents[1] / "golden" / "grammar" / "neighbours.txt"


@dataclass(frozen=True)
class Case:
    line: str
    result: str
    mark: str


def cases() -> list[Case]:
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [Case(line, result[2:], result[0]) for line, result in pairs]


def parameters() -> list[object]:
    """Each case; what fails is known to, and must be moved when it no longer does."""
    failing = pytest.mark.xfail(reason="LanguageTool does not see it", strict=True)
    return [
        pytest.param(case, id=case.result, marks=[failing] if case.mark == "~" else [])
        for case in cases()
    ]


def test_there_are_at_least_60_sentences() -> None:
    assert sum(case.mark == "=" for case in cases()) >= 60


@pytest.mark.languagetool
@pytest.mark.parametrize("case", parameters())
def test_the_edit_takes_its_neighbours_along(
    case: Case, checker: Checker, accepted: Callable[..., Review]
) -> None:
    review = accepted(case.line)
    checked = check_edits(review, checker)
    assert checked.result() == case.result
    assert check_edits(checked, checker) == checked
    (finding,) = checked.findings
    reopened = case.mark == "!"
    assert (finding.message != review.findings[0].message) == reopened
