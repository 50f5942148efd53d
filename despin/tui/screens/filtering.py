"""The filter: which findings are shown."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from despin.finding import Rule
from despin.review import Verdict
from despin.tui.session import Filter, Session
from despin.tui.widgets.choices import Ticks

UNDECIDED, IN_QUOTE = "undecided", "in quotes"


class FilterScreen(ModalScreen[Filter | None]):
    """Boxes to tick: undecided, in quotes, and the rules that found something here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f", "take", "Show these", priority=True),
        Binding("x", "clear", "Show everything"),
        Binding("escape,q", "leave", "Leave"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """The boxes, each with how many findings it holds."""
        now = self._session.filter
        with Vertical(classes="box"):
            yield Static("Show only", classes="question")
            boxes = _boxes(self._session)
            yield Ticks(((name, f"{name}  ({n})") for name, n in boxes.items()), _ticked(now))
            yield Static("space ticks · enter shows · x clears · esc leaves", classes="hint")

    def action_take(self) -> None:
        """Close with what is ticked."""
        ticked = self.query_one(Ticks).ticked
        rules = frozenset(Rule(name) for name in ticked - {UNDECIDED, IN_QUOTE})
        self.dismiss(Filter(rules, UNDECIDED in ticked, IN_QUOTE in ticked))

    def action_clear(self) -> None:
        """Close with nothing ticked."""
        self.dismiss(Filter())

    def action_leave(self) -> None:
        """Close and change nothing."""
        self.dismiss(None)


def _ticked(chosen: Filter) -> set[str]:
    names = {str(rule) for rule in chosen.rules}
    names |= {UNDECIDED} if chosen.undecided else set()
    return names | ({IN_QUOTE} if chosen.in_quote else set())


def _boxes(session: Session) -> dict[str, int]:
    """The names of the boxes and how many findings of the file each lets through."""
    review = session.file.review
    pairs = list(zip(review.findings, review.decisions, strict=True)) if review else []
    pairs = [(f, d) for f, d in pairs if session.counted(f, d)]
    boxes = {
        UNDECIDED: sum(decision.verdict is Verdict.OPEN for _, decision in pairs),
        IN_QUOTE: sum(finding.in_quote for finding, _ in pairs),
    }
    rules = Counter(finding.rule for finding, _ in pairs)
    rules.update(dict.fromkeys(session.filter.rules, 0))
    return boxes | {str(rule): number for rule, number in sorted(rules.items())}
