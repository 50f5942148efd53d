"""One golden file for each output; ``pytest --update-golden`` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from despin.diff import segments, segments_of
from despin.finding import Candidate
from despin.render import Renderer
from despin.render.json_lines import JsonLines
from despin.render.plain import Plain
from despin.render.terminal import Terminal
from despin.render.unified import Unified
from despin.review import Review
from despin.rules import RULES
from despin.span import Span

Golden = Callable[[str, str], None]


@dataclass(frozen=True)
class Explanation:
    span: Span
    words: str
    spun: float
    candidates: tuple[Candidate, ...]


@pytest.mark.parametrize(
    ("name", "renderer"),
    [
        ("check.txt", Plain()),
        ("check-80-color.ansi", Terminal(80, color=True)),
        ("check-80.txt", Terminal(80, color=False)),
        ("check-40.txt", Terminal(40, color=False)),
        ("check-140.txt", Terminal(140, color=False)),
        ("check.jsonl", JsonLines()),
        ("check-no-text.jsonl", JsonLines(with_text=False)),
    ],
)
def test_a_review(name: str, renderer: Renderer, review: Review, golden: Golden) -> None:
    golden(name, renderer.render(review))


def test_a_patch(fixed: Review, golden: Golden) -> None:
    golden("fix.patch", Unified().render(fixed))


@pytest.mark.parametrize("color", [True, False])
def test_a_difference(color: bool, fixed: Review, golden: Golden) -> None:
    text = Terminal(72, color).difference("harbour.txt", segments_of(fixed))
    golden(f"difference{'-color.ansi' if color else '.txt'}", text)


def test_an_explanation(review: Review, golden: Golden) -> None:
    finding = review.findings[0]
    item = Explanation(finding.span, "surgeries", finding.confidence, finding.candidates)
    golden("explain.txt", Terminal(60, color=False).explanations(review.document.text, [item]))


def test_no_difference_has_no_sign_of_its_own(review: Review) -> None:
    finding = review.findings[0]
    level = (replace(finding.candidates[0], score=-0.02),)
    item = Explanation(finding.span, "surgeries", finding.confidence, level)
    shown = Terminal(60, color=False).explanations(review.document.text, [item])
    assert "+0.0 nats" in shown


def test_rules_name_every_rule() -> None:
    text = Terminal(80, color=False).rules(RULES)
    assert all(rule.rule in text for rule in RULES)


def test_no_difference_is_nothing() -> None:
    assert Terminal().difference("x", segments("same\n", "same\n")) == ""


@pytest.mark.parametrize("width", [1, 20, 30, 41, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, review: Review) -> None:
    lines = Terminal(width, color=False).render(review).splitlines()
    assert max(len(line) for line in lines) <= max(30, width)


def test_plain_output_is_one_line_a_finding(review: Review) -> None:
    text = Plain().render(review)
    assert text.count("\n") == len(review.findings)
    assert "\x07" not in text


def test_a_decided_finding_is_not_reported(fixed: Review) -> None:
    assert Plain().render(fixed).count("\n") == 2
