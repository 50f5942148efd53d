"""The three views of an article: inline, side by side, changes only; lines of runs, no Textual."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from despin.diff import Kind, segments
from despin.edit import Edit, apply
from despin.render.summary import percent
from despin.review import Review, Verdict
from despin.span import Span
from despin.tui.runs import Line, Mark, Run, line_width, printable, width
from despin.tui.session import WEAK
from despin.tui.wrapping import split, wrap

REJECTED_SIGN = "✗"
NOTHING_SIGN = "‸"
"""Stands where a finding has no words of its own to mark."""
BECOMES = "→"
"""Between taken and new words: clear even where nothing can be struck or coloured."""
GUTTER = " │ "
Sides = tuple[tuple[Run, ...], tuple[Run, ...]]


class View(StrEnum):
    """How the article is shown; ``|`` goes through them in this order."""

    INLINE = "inline"
    SIDE_BY_SIDE = "side by side"
    CHANGES = "changes only"

    def next(self) -> View:
        """The view that ``|`` shows after this one."""
        views = list(View)
        return views[(views.index(self) + 1) % len(views)]


def inline(
    review: Review, shown: Collection[int], span: Span, *, propose: bool = False
) -> list[Run]:
    """The text of ``span`` as runs: taken words and new ones in one flow.

    ``propose`` shows what the undecided ones would change, too.
    """
    return [run for sides in _sides(review, shown, span, propose=propose) for run in _flow(*sides)]


def _flow(left: tuple[Run, ...], right: tuple[Run, ...]) -> Iterator[Run]:
    """Both sides in one flow: what they share once, then what goes, then what comes."""
    if left == right:
        yield from left
        return
    for old, new in zip(left, right, strict=True):
        if old == new:
            yield old
            continue
        yield old
        if old.text and new.text:
            yield Run(BECOMES, Mark.FAINT, old.finding)
        yield new


def _sides(review: Review, shown: Collection[int], span: Span, *, propose: bool) -> Iterator[Sides]:
    """The text of ``span`` in stretches, each as it was and as it will be, run against run."""
    text = review.document.text
    at = span.start
    for index, part, edit in _marked(review, shown, span):
        if part.start < at or part.end > span.end:
            continue
        yield _plain(text[at : part.start])
        yield _finding(review, index, part, edit, propose=propose)
        at = part.end
    yield _plain(text[at : span.end])


def _plain(text: str) -> Sides:
    runs = (Run(printable(text)),) if text else ()
    return runs, runs


def _marked(
    review: Review, shown: Collection[int], span: Span
) -> Iterator[tuple[int, Span, Edit | None]]:
    """Findings to mark within ``span`` in text order: index, extent, accepted edit."""
    marked: list[tuple[int, Span, Edit | None]] = []
    for index in near(review, span):
        finding, decision = review.findings[index], review.decisions[index]
        if decision.edit is not None:
            marked.append((index, decision.edit.span, decision.edit))
        elif index in shown:
            marked.append((index, finding.span, None))
    return iter(sorted(marked, key=lambda item: (item[1], item[0])))


def near(review: Review, span: Span) -> range:
    """The findings that may reach into ``span``; those of a review hardly ever overlap."""
    findings = review.findings
    first = bisect_left(findings, span.start, key=lambda finding: finding.span.start)
    while first and findings[first - 1].span.end >= span.start:
        first -= 1
    last = bisect_right(findings, span.end, key=lambda finding: finding.span.start)
    return range(first, last)


def accepted(review: Review, span: Span, change: Span) -> str:
    """The text of ``span``, beside a ``change``, with the accepted edits made."""
    edits = {
        edit
        for index in near(review, span)
        if (edit := review.decisions[index].edit) is not None
        and edit.span != change
        and span.start <= edit.span.start
        and edit.span.end <= span.end
    }
    moved = [Edit(edit.span.shifted(-span.start), edit.before, edit.after) for edit in edits]
    return apply(span.of(review.document.text), moved)


def _finding(review: Review, index: int, part: Span, edit: Edit | None, *, propose: bool) -> Sides:
    finding, decision = review.findings[index], review.decisions[index]
    words = printable(part.of(review.document.text))
    if edit is not None:
        return edit_sides(edit, index, Mark.OLD, Mark.NEW)
    if decision.verdict is Verdict.REJECTED:
        runs = (Run(words + REJECTED_SIGN, Mark.KEPT, index),)
        return runs, runs
    best = finding.best
    if propose and best is not None and best.edit.span == part:
        return edit_sides(best.edit, index, Mark.DOUBTED, Mark.PROPOSED)
    mark = Mark.WEAK if finding.confidence < WEAK else Mark.OPEN
    runs = (Run(words or NOTHING_SIGN, mark, index),)
    return runs, runs


@lru_cache(maxsize=4096)
def edit_sides(edit: Edit, index: int, old: Mark, new: Mark) -> Sides:
    """An edit as runs before and after, word by word; both sides have as many runs.

    Kept, for every finding is asked for anew at every key.
    """
    if edit.before.isalnum() and edit.after.isalnum():  # most are: there is nothing to compare
        return (Run(edit.before, old, index),), (Run(edit.after, new, index),)
    left: list[Run] = []
    right: list[Run] = []
    for segment in segments(edit.before, edit.after):
        equal = segment.kind is Kind.EQUAL
        left.append(Run(printable(segment.before), Mark.PLAIN if equal else old, index))
        right.append(Run(printable(segment.after), Mark.PLAIN if equal else new, index))
    return tuple(left), tuple(right)


def change(review: Review, index: int, number: int, total: int, columns: int) -> Iterator[Line]:
    r"""A finding under a line that says how it stands, the ``number``\ th, with its sentence."""
    finding, decision = review.findings[index], review.decisions[index]
    state = {Verdict.ACCEPTED: "✓ accepted", Verdict.REJECTED: "✗ rejected"}.get(
        decision.verdict, f"? {percent(finding.confidence)}"
    )
    head = f"{number}/{total}  {state}  {finding.rule}"
    yield from wrap((Run(head, Mark.FAINT, index),), columns)
    runs = inline(review, {index}, sentence(review, index), propose=True)
    # Its neighbours have places of their own.
    own = (run if run.finding == index else run._replace(finding=-1) for run in runs)
    yield from wrap(tuple(own), columns)
    yield ()


def sentence(review: Review, index: int) -> Span:
    """The sentence, or sentences, that hold a finding and its edit."""
    finding, decision = review.findings[index], review.decisions[index]
    span = finding.span
    edit = decision.edit or (finding.best.edit if finding.best else None)
    start = min(span.start, edit.span.start) if edit else span.start
    end = max(span.end, edit.span.end) if edit else span.end
    first = review.document.sentence_at(start)
    last = review.document.sentence_at(max(start, end - 1))
    return Span(min(first.start, start), max(last.end, first.end, end))


def beside(review: Review, shown: Collection[int], span: Span, columns: int) -> Iterator[Line]:
    """The text as it was on the left, as it will be on the right, paragraph by paragraph."""
    half = max(2, (columns - len(GUTTER)) // 2)
    for left, right in _paragraphs(review, shown, span):
        # Between wide characters the article puts brackets about the focus.
        room = half - 2 if any(width(run.text) > len(run.text) for run in left) else half
        for old, new in zip_longest(wrap(left, room), wrap(right, room), fillvalue=()):
            gap = Run(" " * (half - line_width(old)))
            yield (*old, gap, Run(GUTTER, Mark.FAINT), *new)


def _paragraphs(review: Review, shown: Collection[int], span: Span) -> Iterator[Sides]:
    """Both sides line by line; where an edit adds or takes lines, the other side waits."""
    left: list[Run] = []
    right: list[Run] = []
    for old, new in _sides(review, shown, span, propose=False):
        *old_lines, old_rest = split(old)
        *new_lines, new_rest = split(new)
        nothing: list[Run] = []
        for old_line, new_line in zip_longest(old_lines, new_lines, fillvalue=nothing):
            yield (*left, *old_line), (*right, *new_line)
            left, right = [], []
        left += old_rest
        right += new_rest
    yield tuple(left), tuple(right)
