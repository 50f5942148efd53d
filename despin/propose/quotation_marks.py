"""Quotation marks that lost a space or their direction: ``as”a stroke of luck”``.

Marks are paired within the paragraph. A closing mark in front of a word, with nothing open, is an
opening mark that lost space and direction; with something open it lost the space behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.run_on_leftovers import is_leftover
from despin.propose.scrape import Lines, missing_space, replacing, scrape_finding
from despin.span import Span

_SUSPECT = re.compile(r"[^\W\d_,;:.!?…][,;:.!?…]?[“”\"][^\W\d_]|[.!?…,][”\"][^\W\d_]")
_MARK = re.compile(r"[“”\"]")
_SUFFIXES = frozenset("s d t ed er ers ing ish like ism ist ness y ly es".split())
_STOPS = ".!?…,"

_OPENING = "This quotation mark opens and has lost its space."
_BEFORE = "A space is missing before the quotation mark."
_AFTER = "A space is missing after the quotation mark."


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark with its neighbours; ``open`` counts what curly marks before it left open."""

    at: int
    text: str
    before: str
    behind: str
    open: int

    @property
    def fused(self) -> bool:
        """Stands between two words, or between a word's punctuation and a word."""
        return (self.before.isalpha() or self.before in tuple(_STOPS + ";:")) and (
            self.behind.isalpha()
        )


class QuotationMarkProposer:
    """Puts back the spaces around quotation marks, and the direction of those that lost it."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Fused quotation marks and missing spaces."""
        return frozenset({Rule.FUSED_QUOTE, Rule.MISSING_SPACE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """Findings of the paragraphs that hold a mark between two words."""
        text = document.text
        lines = Lines(text)
        done = 0
        for match in _SUSPECT.finditer(text):
            if match.start() < done:
                continue
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start())
            done = end if end >= 0 else len(text)
            for finding in _of_paragraph(text, Span(start, done)):
                at = finding.span
                if not lines.code_at(at.start) and not is_leftover(text, at.end):
                    yield finding


def _of_paragraph(text: str, paragraph: Span) -> Iterator[Finding]:
    marks = _marks(text, paragraph)
    curly = [mark for mark in marks if mark.text != '"']
    straight = [mark for mark in marks if mark.text == '"']
    for number, mark in enumerate(curly):
        if mark.fused:
            last = number + 1 == len(curly)
            yield from _curly(text, mark, None if last else curly[number + 1])
    if not curly:
        yield from _straight(text, straight)


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    marks = []
    depth = 0
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        before = text[at - 1] if at > paragraph.start else ""
        if before == ":" and text[at - 2 : at - 1] == " ":
            before = " "  # “said :“We won””: `DisplacedSpaceProposer` moves the space
        behind = text[at + 1] if at + 1 < paragraph.end else ""
        mark = _Mark(at, match.group(), before, behind, depth)
        marks.append(mark)
        if mark.text == "“" or (mark.text == "”" and depth == 0 and mark.fused):
            depth += 1
        elif mark.text == "”":
            depth = max(0, depth - 1)
    return marks


def _curly(text: str, mark: _Mark, following: _Mark | None) -> Iterator[Finding]:
    closed = following is not None and following.text == "”"
    at = Span(mark.at, mark.at + 1)
    if mark.open == 0:
        # "… he left.”The next": the mark may close what an earlier paragraph opened.
        sure = closed and mark.before not in tuple(".!?…")
        if mark.text == "“":
            if closed and mark.before != "…":  # “…“unfunded” may go on with a text that was cut
                yield missing_space(text, mark.at, _BEFORE, sure=True)
        elif closed:
            yield scrape_finding(Rule.FUSED_QUOTE, replacing(text, at, " “"), _OPENING, sure=sure)
        elif mark.before in tuple(_STOPS) and mark.behind.isupper():
            yield missing_space(text, mark.at + 1, _AFTER, sure=False)
    elif mark.text == "”" and mark.open == 1 and not _suffix(text, mark.at + 1):
        balanced = not closed
        ended = mark.before in tuple(_STOPS)
        if balanced and (ended or not mark.behind.isupper()):
            yield missing_space(text, mark.at + 1, _AFTER, sure=ended)


def _straight(text: str, marks: Sequence[_Mark]) -> Iterator[Finding]:
    if len(marks) % 2:
        return
    fused = [(number, mark) for number, mark in enumerate(marks) if mark.fused]
    if not fused or not all(mark.fused or _agrees(n, mark) for n, mark in enumerate(marks)):
        return
    # With no other mark than fused ones nothing says which of them opens.
    if len(fused) == len(marks):
        return
    for number, mark in fused:
        if number % 2 == 0:
            yield missing_space(text, mark.at, _BEFORE, sure=True)
        elif not _suffix(text, mark.at + 1):
            yield missing_space(text, mark.at + 1, _AFTER, sure=mark.before in tuple(_STOPS))


def _agrees(number: int, mark: _Mark) -> bool:
    """Whether the mark plainly opens at an even number, or plainly closes at an odd one."""
    free_before = not mark.before or mark.before.isspace() or mark.before in tuple("([-–—/'‘")
    free_behind = not mark.behind or not (mark.behind.isalnum() or mark.behind in tuple("$£€#@"))
    if number % 2 == 0:
        return free_before and bool(mark.behind) and not mark.behind.isspace()
    return free_behind and bool(mark.before) and not mark.before.isspace()


def _suffix(text: str, at: int) -> bool:
    """Whether an ending is joined to the quoted word: ``“selfie”s``."""
    match = re.compile(r"[^\W\d_]+").match(text, at)
    return match is not None and match.group() in _SUFFIXES
