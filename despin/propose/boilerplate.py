"""Lines and blocks of the site, not of the article: ``Related Article:`` and its headline.

Only whole short lines, known from ``data/boilerplate.tsv``, and notes on the author below the
article (`author_notes`); never a sentence of the article. Lines that follow each other make one
block and one edit, which leaves exactly one of the two breaks around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.author_notes import author_notes
from despin.propose.boilerplate_patterns import Certainty, Kind, classify
from despin.propose.licences import opens_licence
from despin.propose.own_lines import own_lines
from despin.propose.scrape import replacing, scrape_finding
from despin.span import Span

MOST_HEADLINES = 3
_HEADLINE_WORDS = 25
_LINK = re.compile(r"[*•-][ \t]+\[[^\[\]\n]+\]\([^()\s]+\)")
_ITEM = re.compile(r"(?:[*•-]|\d{1,2}[.)])[ \t]")
_BREAK = re.compile(r"(?:[ \t]*\r?\n)*")
_SENTENCE_END = (".", "!", "?", "”", '"', ":", ")", "’", "…")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that is not blank: its place, and how many line breaks stand before it."""

    span: Span
    text: str
    breaks: int


class BoilerplateProposer:
    """Deletes blocks of boilerplate."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Boilerplate."""
        return frozenset({Rule.BOILERPLATE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each block."""
        text = document.text
        lines = _lines(text)
        found = _doubted(lines, _found(lines))
        found.update(dict.fromkeys(_on_authors(text, lines, found), Certainty.UNSAFE))
        for first, last in _blocks(sorted(found)):
            whole = first == 0 and last == len(lines) - 1
            above = _takes_break_above(lines, first, last)
            for start, end in _of_one_certainty(found, first, last):
                span = _with_break(text, lines, (start, end), above=above)
                yield scrape_finding(
                    Rule.BOILERPLATE,
                    replacing(text, span, ""),
                    f"“{_shown(lines[start].text)}” belongs to the site, not to the article.",
                    sure=found[start] is Certainty.SAFE and not whole,
                )


def _lines(text: str) -> list[_Line]:
    lines = []
    breaks = 0
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            lines.append(_Line(Span(start, start + len(stripped)), stripped, breaks))
            breaks = 0
        breaks += 1
        at += len(raw) + 1
    return lines


def _found(lines: Sequence[_Line]) -> dict[int, Certainty]:
    """The numbers of the lines that are boilerplate.

    A line found may show that its neighbours are boilerplate too, so the lines are gone over until
    no more is found: down and up in turn, for a chain of them may hang on its first or its last.
    """
    texts = [line.text for line in lines]
    patterns = {
        number: pattern
        for number, text in enumerate(texts)
        if (pattern := classify(text)) and not opens_licence(texts, number)
    }
    found: dict[int, Certainty] = {}
    open_numbers = list(patterns)
    before = -1
    while len(found) > before:
        before = len(found)
        for number in open_numbers:
            if number not in found and not _runs_on(lines, number, found):
                block = _block(lines, number, patterns[number].kind, found)
                found.update(dict.fromkeys(block, patterns[number].certainty))
        open_numbers = [number for number in reversed(open_numbers) if number not in found]
    return found


def _doubted(lines: Sequence[_Line], found: Mapping[int, Certainty]) -> dict[int, Certainty]:
    """The same, unsafe where the line may be the article's.

    That is a heading with a section under it, an item among others of a list, or a line that the
    text speaks of as its own.
    """
    texts = [line.text for line in lines]
    doubtful = {n for items in _lists(lines) if not found.keys() >= items for n in items}
    doubtful.update(own_lines(texts, found))
    for number in found:
        following = number + 1
        if texts[number].startswith("#") and following < len(texts) and following not in found:
            doubtful |= {number} if texts[following][0] != "#" else set()
    unsafe = dict.fromkeys(found.keys() & doubtful, Certainty.UNSAFE)
    return {**found, **unsafe}


def _lists(lines: Sequence[_Line]) -> Iterator[set[int]]:
    """The numbers of the items of each list: items in lines that follow each other."""
    items: set[int] = set()
    for number, line in enumerate(lines):
        is_item = _ITEM.match(line.text) is not None
        if items and not (is_item and line.breaks == 1):
            yield items
            items = set()
        if is_item:
            items.add(number)
    if items:
        yield items


def _on_authors(text: str, lines: Sequence[_Line], found: Mapping[int, Certainty]) -> Iterator[int]:
    """The numbers of the lines below the article that say who wrote it."""
    for note in author_notes(text, {lines[number].span.start for number in found}):
        for number, line in enumerate(lines):
            if note.contains(line.span):
                yield number


def _block(
    lines: Sequence[_Line], number: int, kind: Kind, found: Mapping[int, Certainty]
) -> Sequence[int]:
    """The numbers of the lines that a line of this kind takes with it, its own first."""
    if kind is Kind.LINE or (kind is Kind.INLINE and _is_headline(lines[number].text)):
        return (number,)
    if kind is Kind.INLINE:
        return ()
    alone = number == len(lines) - 1 or number + 1 in found
    headlines = () if kind is Kind.LABEL else _headlines(lines, number, found)
    return (number, *headlines) if headlines or alone else ()


def _runs_on(lines: Sequence[_Line], number: int, found: Mapping[int, Certainty]) -> bool:
    """Whether the line may be a part of a hard-wrapped sentence."""
    line = lines[number]
    if number and line.breaks == 1 and number - 1 not in found:
        before = lines[number - 1].text
        if len(before) > 40 and not before.endswith(_SENTENCE_END):
            return True
    following = lines[number + 1] if number + 1 < len(lines) else None
    return following is not None and following.breaks == 1 and following.text[0].islower()


def _headlines(
    lines: Sequence[_Line], number: int, found: Mapping[int, Certainty]
) -> Sequence[int]:
    """The one to three headline lines under a heading; none when what follows is an article.

    Where the heading stands alone between blank lines, one headline is taken, and only when it too
    stands alone.
    """
    if number + 1 == len(lines):
        return []
    end = number + 1
    while end < len(lines) and end not in found and _is_headline(lines[end].text):
        end += 1
        if end < len(lines) and lines[end].breaks > 1:
            break
    links = _links(lines, number)
    if links:
        return links
    apart = lines[number + 1].breaks > 1
    if apart and end < len(lines) and end not in found and lines[end].breaks == 1:
        return []
    return range(number + 1, end) if end - number - 1 <= (1 if apart else MOST_HEADLINES) else []


def _links(lines: Sequence[_Line], number: int) -> Sequence[int]:
    """The lines of a Markdown list under a heading, when each is a link and nothing else."""
    end = number + 1
    while (
        end < len(lines)
        and _LINK.fullmatch(lines[end].text)
        and (lines[end].breaks == 1 or end == number + 1)
    ):
        end += 1
    return range(number + 1, end)


def _is_headline(text: str) -> bool:
    """Whether the line may be a headline: short, begun like one, and without a full stop."""
    first = text.lstrip("*•-–—>»“\"‘' \t")[:1]
    return (
        len(text.split()) <= _HEADLINE_WORDS
        and (first.isupper() or first.isdigit() or first in "$£€")
        and not text.endswith((".", ",", ";", ":", ".”", '."', ",”", ',"'))
    )


def _blocks(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of following numbers, as first and last."""
    first = last = -1
    for number in numbers:
        if first >= 0 and number == last + 1:
            last = number
            continue
        if first >= 0:
            yield first, last
        first = last = number
    if first >= 0:
        yield first, last


def _of_one_certainty(
    found: Mapping[int, Certainty], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The parts of a block that may go unasked, and those that may not."""
    start = first
    for number in range(first + 1, last + 2):
        if number > last or found[number] is not found[start]:
            yield start, number - 1
            start = number


def _takes_break_above(lines: Sequence[_Line], first: int, last: int) -> bool:
    """Whether a block goes with the break above it, so that the better one is left.

    A break with a blank line is kept before one without; the file's final line break stays.
    """
    if first == 0:
        return False
    return last + 1 == len(lines) or (lines[first].breaks == 1 and lines[last + 1].breaks > 1)


def _with_break(text: str, lines: Sequence[_Line], part: tuple[int, int], *, above: bool) -> Span:
    """A part of a block and one of the breaks around it, so that exactly one is left."""
    first, last = part
    start, end = lines[first].span.start, lines[last].span.end
    if above:
        return Span(lines[first - 1].span.end, end)
    if first == 0:
        return Span(0, end if last + 1 == len(lines) else _behind(text, end))
    return Span(text.rfind("\n", 0, start) + 1, _behind(text, end))


def _behind(text: str, end: int) -> int:
    match = _BREAK.match(text, end)
    return match.end() if match else end


def _shown(line: str) -> str:
    return line if len(line) <= 40 else line[:39].rstrip() + "…"
