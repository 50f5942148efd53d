"""Repairs by several rules at once: each space is put in once, and then all is well."""

from __future__ import annotations

import pytest

from despin import policy
from despin.document import Document
from despin.edit import apply
from despin.finding import Applicability, Finding
from despin.options import Options
from despin.propose.registry import pattern_proposers

PROPOSERS = pattern_proposers(Options())

CASES = [
    (
        'The keeper said :"We saw it." The sign read"closed" all week.',
        'The keeper said: "We saw it." The sign read "closed" all week.',
    ),
    (
        "The keeper said :“We saw it.” It was as”a stroke of luck” that they had.",
        "The keeper said: “We saw it.” It was as “a stroke of luck” that they had.",
    ),
    (
        "The ferry ( it was the last ,and the crew knew ) had left , they said .",
        "The ferry (it was the last, and the crew knew) had left, they said.",
    ),
    (
        "The crew ( was it the the crew ?) had gone. What a day ! Press ! to go on.",
        "The crew (was it the crew?) had gone. What a day! Press ! to go on.",
    ),
    (
        "The ferry sank at noon.Also Read: Island waits for its ship",
        "The ferry sank at noon.",
    ),
    (
        "The keeper said: “The ferry sank.”Advertisement",
        "The keeper said: “The ferry sank.”",
    ),
]


def safe(text: str) -> list[Finding]:
    document = Document("-", text)
    found = policy.resolve([f for p in PROPOSERS for f in p.propose(document)])
    return [f for f in found if f.applicability is Applicability.SAFE]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_one_round_mends_all(before: str, after: str) -> None:
    assert apply(before, [f.best.edit for f in safe(before) if f.best]) == after
    assert safe(after) == []
