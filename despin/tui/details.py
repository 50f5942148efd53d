"""The finding in focus, put into lines: wordings, alternatives, why, the sentence twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from despin.finding import Candidate, Finding
from despin.render.summary import percent
from despin.render.wording import odds
from despin.review import Decision, Review, Verdict
from despin.rules import RULES
from despin.span import Span
from despin.tui.runs import (
    Line,
    Mark,
    Run,
    cut,
    ending,
    line_width,
    printable,
    truncated,
    width,
)
from despin.tui.session import WEAK
from despin.tui.views import accepted, edit_sides, sentence
from despin.tui.wrapping import wrap

BAR_CELLS = 10
PERCENT_CELLS = len("100 %")
MARGIN = 12
"""So many cells of context are shown, even where the change has to be cut for them."""
ROOMY = 16
"""Rows from which on every alternative gets a line of its own."""
MOST = 9
"""Alternatives have the keys 1 to 9."""
NOTHING = "∅"
"""Shown for a proposal that only takes words away."""
Glosses = dict[str, str]
"""What words mean, where that is known."""


def details(review: Review, index: int, columns: int, rows: int, glosses: Glosses) -> list[Line]:
    """The lines of the finding; few ``rows`` put the alternatives side by side."""
    if rows < ROOMY:
        return _compact(review, index, columns, rows, glosses)
    lines = [*_head(review, index, columns), (), *_choices(review, index, columns), ()]
    lines += _reasons(review, index, columns)
    lines += [(), *_sentences(review, index, columns), ()]
    return lines + _meanings(glosses, columns)


def _compact(review: Review, index: int, columns: int, rows: int, glosses: Glosses) -> list[Line]:
    """The same with no line to spare: the sentence is cut about the change, long reasons too."""
    head, state = _head(review, index, columns)
    if line_width(head) + line_width(state) + 3 <= columns:
        lines: list[Line] = [(*head, Run("   "), *state)]
    else:
        lines = [head, state]
    sides = dict(_before_and_after(review, index))
    if choices := list(_row_of_choices(review, index, columns)):
        lines += _first(choices, rows - len(lines) - len(sides) - 1, columns)
    lines += _first(_reasons(review, index, columns), rows - len(lines) - len(sides), columns)
    for sign, line in zip(sides, _about(list(sides.values()), columns - 2), strict=True):
        lines.append((Run(f"{sign} ", Mark.FAINT), *line))
    return lines + _meanings(glosses, columns)


def _reasons(review: Review, index: int, columns: int) -> tuple[Line, ...]:
    """What the finding says of itself, and what it does not say."""
    summary = _summary(review.findings[index])
    reasons = [summary, *(reason for reason in why(review, index) if reason not in summary)]
    return wrap((Run(" · ".join(reasons), Mark.FAINT),), columns)


def _first(lines: Sequence[Line], number: int, columns: int) -> list[Line]:
    """The first lines, one at least, with an ellipsis where more would follow."""
    kept = list(lines[: max(1, number)])
    if len(kept) < len(lines):
        kept[-1] = cut((*kept[-1], Run(" "), *lines[len(kept)]), columns)
    return kept


def _meanings(glosses: Glosses, columns: int) -> list[Line]:
    lines: list[Line] = []
    for word, gloss in glosses.items():
        lines += wrap((Run(word, Mark.STRONG), Run(f"  {gloss}", Mark.FAINT)), columns)
    return lines


def _head(review: Review, index: int, columns: int) -> Iterator[Line]:
    """Written → proposed, and how it stands."""
    finding, decision = review.findings[index], review.decisions[index]
    edit = decision.edit or (finding.best.edit if finding.best else None)
    if edit is None:
        words = printable(finding.span.of(review.document.text))
        change: list[Run] = [Run(words, Mark.STRONG), Run("  no proposal", Mark.FAINT)]
    else:
        marks = (Mark.OLD, Mark.NEW) if decision.edit else (Mark.DOUBTED, Mark.PROPOSED)
        after = truncated(shown_words(edit.after), max(1, columns // 2))
        room = max(1, columns - width(after) - 3)
        before = truncated(shown_words(edit.before), room)
        change = [Run(before, marks[0]), Run(" → "), Run(after, marks[1])]
    yield cut(tuple(change), columns)
    weak = "  weak" if finding.confidence < WEAK else ""
    sure = f"{percent(finding.confidence)} {finding.rule}{weak}"
    yield (Run(_state(finding, decision), Mark.STRONG), Run(f"  {sure}", Mark.FAINT))


def _state(finding: Finding, decision: Decision) -> str:
    if decision.verdict is Verdict.OPEN:
        return "? undecided"
    if decision.verdict is Verdict.REJECTED:
        return "✗ rejected, stays as written"
    own = all(candidate.edit != decision.edit for candidate in finding.candidates)
    return "✓ accepted, your words" if own else "✓ accepted"


def shown_words(words: str) -> str:
    """Words on one line: line feeds and edge spaces made visible, nothing as ``∅``."""
    if not words:
        return NOTHING
    words = printable(words).replace("\n", "⏎")
    return words if words.strip() == words else words.replace(" ", "␣")


def _choices(review: Review, index: int, columns: int) -> Iterator[Line]:
    """A line for each alternative: key, wording, bar."""
    finding, decision = review.findings[index], review.decisions[index]
    for number, candidate in enumerate(finding.candidates[:MOST], start=1):
        chosen = "✓" if candidate.edit == decision.edit else " "
        room = columns - BAR_CELLS - PERCENT_CELLS - 5
        words = cut((Run(shown_words(candidate.edit.after)),), room)
        gap = " " * max(0, room - sum(width(run.text) for run in words))
        yield (
            Run(f"{number}", Mark.KEY),
            Run(chosen + " "),
            *words,
            Run(f"{gap} "),
            Run(bar(candidate.confidence), Mark.BAR),
            Run(f" {percent(candidate.confidence):>{PERCENT_CELLS}}", Mark.FAINT),
        )


def bar(confidence: float) -> str:
    """A bar of ten cells."""
    filled = round(confidence * BAR_CELLS)
    return "━" * filled + "·" * (BAR_CELLS - filled)


def _row_of_choices(review: Review, index: int, columns: int) -> Iterator[Line]:
    """The alternatives one beside the other."""
    decision = review.decisions[index]
    runs: list[Run] = []
    for number, candidate in enumerate(review.findings[index].candidates[:MOST], start=1):
        chosen = "✓" if candidate.edit == decision.edit else " "
        wording = truncated(shown_words(candidate.edit.after), max(1, columns // 2))
        words = f" {wording}".replace(" ", "\N{NO-BREAK SPACE}")
        sure = f" {percent(candidate.confidence)}".replace(" ", "\N{NO-BREAK SPACE}")
        runs += (
            Run(f"{number}", Mark.KEY),
            Run(words),
            Run(f"{sure}{chosen}  ", Mark.FAINT),
        )
    if runs:
        yield from wrap(tuple(runs), columns)


def why(review: Review, index: int) -> list[str]:
    """Why the words were questioned, as far as the message does not say it itself."""
    finding = review.findings[index]
    best = finding.best if finding.best and finding.best.source not in finding.message else None
    parts = []
    if best is not None and best.source:
        parts.append(best.source)
    if best is not None and best.score is not None:
        parts.append(odds(best.score))
    if best is not None and (times := _times(review, best)):
        parts.append(f"“{shown_words(best.edit.after)}” also occurs {times}× in this article")
    if finding.in_quote:
        parts.append("in quotation marks")
    return parts


def _summary(finding: Finding) -> str:
    if finding.message:
        return finding.message.rstrip(".")
    return next(rule.summary for rule in RULES if rule.rule is finding.rule).rstrip(".")


def _times(review: Review, candidate: Candidate) -> int:
    """How often the proposed word stands elsewhere in the article."""
    words = candidate.edit.after.casefold()
    if not words.strip() or " " in words:
        return 0
    return _vocabulary(review.document.text)[words]


@lru_cache(maxsize=8)
def _vocabulary(text: str) -> Counter[str]:
    import re

    return Counter(re.findall(r"\w+(?:['’]\w+)*", text.casefold()))


def _sentences(review: Review, index: int, columns: int) -> Iterator[Line]:
    """The sentence as written, and as it will read, in full."""
    for sign, runs in _before_and_after(review, index):
        for number, line in enumerate(wrap(runs, columns - 2)):
            yield (Run("  " if number else f"{sign} ", Mark.FAINT), *line)


def _before_and_after(review: Review, index: int) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """The sentence as written, and as it will read; once where nothing is proposed."""
    finding, decision = review.findings[index], review.decisions[index]
    span, text = sentence(review, index), review.document.text
    edit = decision.edit or (finding.best.edit if finding.best else None)
    marks = (Mark.OLD, Mark.NEW) if decision.edit else (Mark.DOUBTED, Mark.PROPOSED)
    part = edit.span if edit else finding.span
    head, tail = Span(span.start, part.start), Span(part.end, span.end)
    if edit is None:
        doubted = (Run(printable(part.of(text)), Mark.DOUBTED),)
        yield "−", _joined(head.of(text), doubted, tail.of(text))
        return
    old, new = edit_sides(edit, -1, *marks)
    yield "−", _joined(head.of(text), old, tail.of(text))
    yield "+", _joined(accepted(review, head, part), new, accepted(review, tail, part))


def _joined(before: str, change: tuple[Run, ...], after: str) -> tuple[Run, ...]:
    """A change with the rest of its sentence before and after it."""
    alone = not (before + after).strip()
    head, tail = printable(before).lstrip(), printable(after).rstrip()
    return (Run(head), *(_trimmed(change) if alone else change), Run(tail))


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A change that is all there is, without empty lines; ``∅`` where nothing is left."""
    text = tuple(run._replace(text=run.text.strip("\n")) for run in runs if run.text.strip())
    return text or (Run(NOTHING, Mark.FAINT),)


def _about(sentences: Sequence[tuple[Run, ...]], columns: int) -> list[Line]:
    """Each sentence on one line, with as much about the change as there is room for.

    Where one must be cut, all are, so that the change stands at the same place in each.
    """
    lines = [tuple(r._replace(text=r.text.replace("\n", "⏎")) for r in s) for s in sentences]
    if all(line_width(line) <= columns for line in lines):
        return lines
    room = max(MARGIN, columns - max(line_width(line[1:-1]) for line in lines))
    head = min(width(line[0].text) for line in lines)
    tail = max(width(line[-1].text) for line in lines)
    behind = min(tail, max(room // 2, room - head))
    before = min(head, room - behind)
    return [cut(_framed(line, before, behind), columns) for line in lines]


def _framed(line: Line, before: int, behind: int) -> Line:
    """The line with so many cells before and behind its change."""
    head, *change, tail = line
    head = head._replace(text=ending(head.text, before))
    return (head, *change, tail._replace(text=truncated(tail.text, behind)))
