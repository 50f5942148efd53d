"""Reports for a person at a terminal, laid out by rich to the terminal's width.

Everything comes back as text (with ANSI codes when there is colour), so the same values give the
same bytes in a test and on a screen. Without colour, marks stand in: ``[words]`` in a report,
``[-before-]{+after+}`` in a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from despin.diff import Segment
from despin.document import Document
from despin.finding import Finding
from despin.render.explained import Explained
from despin.render.marked_lines import Mark, marked_lines
from despin.render.summary import count, found_spun, looks_spun, percent
from despin.render.wording import others, place, proposal, visible, why
from despin.review import Review
from despin.rules import RuleDescription
from despin.span import Span

INDENT = 2
LEAST_WIDTH = 30

_STYLES = {Mark.EQUAL: "", Mark.DELETED: "red strike", Mark.INSERTED: "green", Mark.SKIP: "dim"}
_PLAIN = {
    Mark.EQUAL: ("", ""),
    Mark.DELETED: ("[-", "-]"),
    Mark.INSERTED: ("{+", "+}"),
    Mark.SKIP: ("", ""),
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Lays out for a terminal of ``width`` columns, with or without colour."""

    width: int = 80
    color: bool = True

    def render(self, review: Review) -> str:
        """The document's findings, each with its place, context, proposal and reasons."""
        parts: list[RenderableType] = [self._heading(review)]
        for index in review.open():
            parts += self._finding(review.document, review.findings[index])
        return self._text(parts)

    def difference(self, name: str, segments: Iterable[Segment]) -> str:
        """The lines of a text that changed, word by word; empty when none did."""
        found = list(marked_lines(segments))
        if not found:
            return ""
        gutter = len(str(found[-1].number)) + INDENT
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=gutter, justify="right", style="dim")
        grid.add_column(overflow="fold")
        for line in found:
            text = Text()
            for mark, words in line.pieces:
                before, after = ("", "") if self.color else _PLAIN[mark]
                text.append(f"{before}{visible(words)}{after}", style=_STYLES[mark])
            grid.add_row(str(line.number), text)
        return self._text([Text(visible(name), style="bold"), grid])

    def explanations(self, text: str, items: Sequence[Explained]) -> str:
        """Every place that was questioned, with all its candidates, the likeliest first."""
        parts: list[RenderableType] = []
        for item in items:
            head = Text.assemble((visible(item.words), "bold"))
            head.append(f"  {percent(item.spun)} spun", style="cyan")
            parts += [head, self._indented(self._context(Document("-", text), item.span))]
            wide = max((len(visible(c.edit.after)) for c in item.candidates), default=0)
            for candidate in item.candidates:
                odds = f"{candidate.score:+z6.1f}" if candidate.score is not None else "      "
                row = Text(f"{visible(candidate.edit.after):<{wide}}  ")
                row.append(f"{percent(candidate.confidence):>5}  {odds} nats  ", style="cyan")
                row.append(visible(candidate.source), style="dim")
                parts.append(self._indented(row, 2 * INDENT))
        return self._text(parts)

    def rules(self, rules: Iterable[RuleDescription]) -> str:
        """A table of the rules, each with its example."""
        parts: list[RenderableType] = []
        for rule in rules:
            head = Text.assemble((rule.rule.value, "bold"), f"  {rule.summary}")
            after = rule.after or "(deleted)"
            example = Text.assemble((rule.before, "red"), (" → ", "dim"), (after, "green"))
            parts += [head, self._indented(example)]
        return self._text(parts)

    def _heading(self, review: Review) -> Text:
        text = Text.assemble((visible(review.document.id), "bold"))
        left = sum(1 for _ in review.open())
        facts = f"  {count(review.document.word_count, 'word')}, {count(left, 'finding')}"
        if share := found_spun(review):
            facts += f"; {looks_spun(share)}"
        return text.append(facts, style="dim")

    def _finding(self, document: Document, finding: Finding) -> list[RenderableType]:
        head = Text.assemble((place(document, finding), "cyan"), "  ")
        pair = proposal(finding)
        if pair is None:
            head.append(visible(finding.span.of(document.text)), style="red")
        else:
            head.append(pair[0] or "(nothing)", style="red").append(" → ", style="dim")
            head.append(pair[1] or "(delete)", style="green")
        head.append(f"  {percent(finding.confidence)}", style="bold")
        head.append(f"  {finding.rule}", style="dim")
        parts = [head, self._context(document, finding.span, 2 * INDENT)]
        if rest := others(finding):
            parts.append(Text(f"or {rest}", style="dim"))
        parts.append(Text(visible(why(finding)), style="dim"))
        return [self._indented(part, INDENT * (1 + (at > 0))) for at, part in enumerate(parts)]

    def _context(self, document: Document, span: Span, indent: int = INDENT) -> Text:
        """The words in their line, cut at both sides to the width."""
        room = max(LEAST_WIDTH, self.width - indent) - 4
        before, words, after = _around(document.text, span, room)
        start, end = ("", "") if self.color else ("[", "]")
        text = Text(before).append(f"{start}{words}{end}", style="bold underline")
        return text.append(after)

    def _indented(self, part: RenderableType, by: int = INDENT) -> Padding:
        return Padding(part, (0, 0, 0, by), expand=False)

    def _text(self, parts: Iterable[RenderableType]) -> str:
        out = StringIO()
        console = Console(
            file=out,
            width=max(LEAST_WIDTH, self.width),
            force_terminal=self.color,
            color_system="standard" if self.color else None,
            no_color=not self.color,
            legacy_windows=False,
            highlight=False,
            _environ={},
        )
        for part in parts:
            console.print(part, soft_wrap=False, overflow="fold")
        return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _around(text: str, span: Span, room: int) -> tuple[str, str, str]:
    """The text before, in and after ``span`` on its line, in about ``room`` characters."""
    last = span.end - len(span.of(text)) + len(span.of(text).rstrip("\r\n"))
    span = Span(span.start, last)
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    words = visible(span.of(text))
    if len(words) > room:
        return "", words[: room // 2] + " … " + words[len(words) - room // 2 + 3 :], ""
    side = (room - len(words)) // 2
    left, right = span.start - start, end - span.end
    left_room = side + max(0, side - right)
    right_room = side + max(0, side - left)
    return (
        _tail(text[start : span.start], left_room),
        words,
        _head(text[span.end : end], right_room),
    )


def _tail(text: str, room: int) -> str:
    """The end of ``text``, cut at a word's beginning."""
    if len(text) <= room:
        return visible(text)
    cut = text[len(text) - room :]
    return "… " + visible(cut[cut.find(" ") + 1 :])


def _head(text: str, room: int) -> str:
    """The beginning of ``text``, cut at a word's end."""
    if len(text) <= room:
        return visible(text)
    cut = text[:room]
    return visible(cut[: cut.rfind(" ")] if " " in cut else cut) + " …"
