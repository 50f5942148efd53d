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

_LONG_LINE = 900
"""Code points from which a line is looked at in parts: more than most paragraphs of prose have."""
_STEP = 200
_LONGEST_WORD = 40


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
        self._known: dict[tuple[Callable[[str], bool], Span], bool] = {}

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
        """Whether the text around ``place`` looks like code."""
        return self.judged_around(looks_like_code, place)

    def capitals_at(self, place: int) -> bool:
        """Whether the line at ``place`` is mostly in capitals."""
        return self.judged(mostly_capitals, place)

    def around(self, place: int) -> Span:
        """The line at ``place``; of a long one the words around it.

        An article may be one line, and a mark of code in it speaks of its surroundings only.
        """
        line = self.at(place)
        if len(line) <= _LONG_LINE:
            return line
        first = line.start + (place - line.start) // _STEP * _STEP
        return Span(self._cut(line, first - _STEP), self._cut(line, first + 2 * _STEP))

    def _cut(self, line: Span, place: int) -> int:
        """The end of a word of ``line`` shortly before ``place``, or its start or end."""
        if not line.start < place < line.end:
            return min(max(place, line.start), line.end)
        blank = self._text.rfind(" ", max(line.start, place - _LONGEST_WORD), place)
        return blank + 1 if blank >= 0 else place

    def judged(self, judge: Callable[[str], bool], place: int) -> bool:
        """What ``judge`` says of the line at ``place``; of no line is it asked twice."""
        return self._judged(judge, self.at(place))

    def judged_around(self, judge: Callable[[str], bool], place: int) -> bool:
        """What ``judge`` says of what stands `around` ``place``."""
        return self._judged(judge, self.around(place))

    def _judged(self, judge: Callable[[str], bool], line: Span) -> bool:
        key = judge, line
        if key not in self._known:
            self._known[key] = judge(line.of(self._text))
        return self._known[key]
