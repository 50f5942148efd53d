"""Golden cases of the pattern proposers: flags, input, ``# output``, the text after the edits.

Flags: ``safe`` applies what may be applied unasked, ``unsafe`` the questions too, ``none`` asks
that nothing is found at all. Each file lies in the folder of its rule.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from despin import policy
from despin.document import Document
from despin.edit import apply
from despin.finding import Applicability, Finding, Rule
from despin.options import Options
from despin.propose.registry import pattern_proposers

FOLDER = Path(__file__).parent.parent / "golden" / "propose"
CASES = sorted(FOLDER.glob("*/*.txt"))
BAR = {"safe": Applicability.SAFE, "unsafe": Applicability.UNSAFE, "none": Applicability.DISPLAY}


def found(text: str, rule: Rule) -> list[Finding]:
    document = Document("-", text)
    proposers = [p for p in pattern_proposers(Options()) if rule in p.rules]
    findings = [f for p in proposers for f in p.propose(document) if f.rule is rule]
    return list(policy.resolve(findings))


def fixed(text: str, rule: Rule, bar: Applicability) -> str:
    findings = [f for f in found(text, rule) if f.applicability.rank >= bar.rank]
    return apply(text, [f.best.edit for f in findings if f.best])


@pytest.mark.parametrize("path", CASES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_case(path: Path) -> None:
    flags, _, rest = path.read_text("utf-8").partition("\n")
    before, _, after = rest.partition("# output\n")
    flag = flags.removeprefix("# flags: ")
    rule = Rule(path.parent.name)
    assert fixed(before, rule, BAR[flag]) == after
    if flag == "none":
        assert before == after
        assert found(before, rule) == []
    if flag == "unsafe":
        assert fixed(before, rule, Applicability.SAFE) == before
    assert fixed(after, rule, Applicability.SAFE) == after


def test_every_pattern_rule_has_hits_and_near_misses() -> None:
    rules = {rule for p in pattern_proposers(Options()) for rule in p.rules}
    for rule in rules:
        cases = [path.read_text("utf-8") for path in CASES if path.parent.name == rule]
        assert any(case.startswith("# flags: safe") for case in cases), rule
        assert any(case.startswith("# flags: none") for case in cases), rule
