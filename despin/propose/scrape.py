"""What the proposers of scrape damage share: a finding with one edit, and what its lines are like.

A false alarm costs more than a miss, so each proposer asks for certainty first (`SAFE`), then for
strong grounds (`UNSAFE`), and stays silent otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.propose.code_lines import looks_like_code
from despin.span import Span

LOWER = r"[^\W\d_A-ZÀ-ÖØ-Þ]"
"""A small letter for patterns: of "café" the last one too."""
UPPER = "[A-ZÀ-ÖØ-Þ]"
"""A capital for patterns."""

SURE = 0.98
"""Confidence of a safe pattern: in clean text of 21 sources about one hit in fifty was wrong."""
LIKELY = 0.7
"""Confidence of an unsafe pattern."""

SOURCE = "pattern"
"""Where the candidates of patterns come from, for people."""


def replacing(text: str, span: Span, after: str) -> Edit:
    """The edit that puts ``after`` at ``span`` of ``text``."""
    return Edit(span, span.of(text), after)


def scrape_finding(rule: Rule, edit: Edit, message: str, *, sure: bool) -> Finding:
    """A finding at the place of ``edit``, its only candidate.

    Args:
        rule: what is damaged.
        edit: the repair; an insertion has an empty span.
        message: one sentence for people.
        sure: the edit may be applied unasked.
    """
    confidence = SURE if sure else LIKELY
    return Finding(
        rule=rule,
        span=edit.span,
        message=message,
        confidence=confidence,
        applicability=Applicability.SAFE if sure else Applicability.UNSAFE,
        candidates=(Candidate(edit, SOURCE, confidence=confidence),),
    )


def missing_space(text: str, at: int, message: str, *, sure: bool) -> Finding:
    """A finding that a space is missing at place ``at``; the rest as in `scrape_finding`."""
    edit = replacing(text, Span(at, at), " ")
    return scrape_finding(Rule.MISSING_SPACE, edit, message, sure=sure)


def mostly_capitals(line: str) -> bool:
    """Whether more of its letters than not are capitals, as in some headlines."""
    letters = [c for c in line if c.isalpha()]
    return sum(map(str.isupper, letters)) > len(letters) / 2


class Lines:
    """The lines of a text, looked up by place; what they are like is asked once for each."""

    def __init__(self, text: str) -> None:
        """Index nothing yet: most texts have no place to look up."""
        self._text = text
        self._known: dict[tuple[Callable[[str], bool], int], bool] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def at(self, place: int) -> Span:
        """The line that holds code point ``place``, without its line break."""
        number = bisect_right(self._starts, place) - 1
        start = self._starts[number]
        last = number + 1 == len(self._starts)
        return Span(start, len(self._text) if last else self._starts[number + 1] - 1)

    def code_at(self, place: int) -> bool:
        """Whether the line at ``place`` looks like code."""
        return self.judged(looks_like_code, place)

    def capitals_at(self, place: int) -> bool:
        """Whether the line at ``place`` is mostly in capitals."""
        return self.judged(mostly_capitals, place)

    def judged(self, judge: Callable[[str], bool], place: int) -> bool:
        """What ``judge`` says of the line at ``place``; of no line is it asked twice."""
        line = self.at(place)
        key = judge, line.start
        if key not in self._known:
            self._known[key] = judge(line.of(self._text))
        return self._known[key]
