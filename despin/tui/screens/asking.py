"""Small screens over the other: a question, a line to type, a list to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from despin.tui.widgets.choices import Choices

ESCAPE = Binding("escape", "dismiss_nothing", "Close", show=False)


class Confirm(ModalScreen[bool]):
    """A question answered with y or n."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes"),
        Binding("n,q,escape", "answer(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and how to answer it."""
        with Vertical(classes="box"):
            yield Static(Content(self._question), classes="question")
            yield Static(
                "[@click=screen.answer(True)][b $accent]y[/] yes[/]   "
                "[@click=screen.answer(False)][b $accent]n[/] no[/]"
            )

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class Prompt(ModalScreen[str | None]):
    """One line to type; enter takes it, escape leaves everything as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [ESCAPE]

    def __init__(
        self,
        title: str,
        value: str = "",
        hint: str = "enter takes it · esc leaves",
        *,
        select: bool = False,
    ) -> None:
        """A line with a ``value`` to begin with; typing goes on from it, or replaces it.

        Args:
            title: what is asked for.
            value: what stands there.
            hint: what the keys do.
            select: whether typing replaces the value.
        """
        super().__init__()
        self._title, self._value, self._hint, self._select = title, value, hint, select

    def compose(self) -> ComposeResult:
        """The line under its title."""
        with Vertical(classes="box"):
            yield Static(Content(self._title), classes="question")
            yield Input(self._value, select_on_focus=self._select)
            yield Static(Content(self._hint), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with what was typed."""
        event.stop()
        self.dismiss(event.value)

    def action_dismiss_nothing(self) -> None:
        """Close with nothing."""
        self.dismiss(None)


class Choose(ModalScreen[str | None]):
    """A list to choose one thing from."""

    BINDINGS: ClassVar[list[BindingType]] = [ESCAPE, Binding("q", "dismiss_nothing", show=False)]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str | Content]], at: int = 0
    ) -> None:
        super().__init__()
        self._title, self._choices, self._at = title, choices, at

    def compose(self) -> ComposeResult:
        """The choices under the title."""
        with Vertical(classes="box"):
            yield Static(Content(self._title), classes="question")
            options = (Option(_content(text), id=name) for name, text in self._choices)
            yield Choices(*options, at=self._at)
            yield Static("enter chooses · j k move · esc leaves", classes="hint")

    def show(self, texts: Iterable[str | Content]) -> None:
        """Show other texts for the same choices; the one in hand stays in hand."""
        if not self.is_mounted:
            return
        choices = self.query_one(Choices)
        for number, text in enumerate(texts):
            content = _content(text)
            if choices.get_option_at_index(number).prompt != content:
                choices.replace_option_prompt_at_index(number, content)

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        """Close with the choice."""
        event.stop()
        self.dismiss(event.option_id)

    def action_dismiss_nothing(self) -> None:
        """Close with nothing."""
        self.dismiss(None)


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else Content(text)
