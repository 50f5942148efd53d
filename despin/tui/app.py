"""The reviewer's app: one screen, its styles, its themes, its palette."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from despin.tui.entries import Setup
from despin.tui.keymap import COMMANDS, checked, keys_of
from despin.tui.screens.review import ReviewScreen
from despin.tui.themes import THEMES, name_of

__all__ = ["ReviewerApp", "Setup"]


class ReviewerApp(App[None]):
    """Opens what its setup names; everything else is the screen's."""

    TITLE = "despin review"
    CSS_PATH: ClassVar[list[str]] = ["styles/app.tcss", "styles/marks.tcss", "styles/asking.tcss"]  # type: ignore[assignment]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False, priority=True)]
    """Textual's own would leave without a word, whatever is unsaved."""

    def __init__(self, setup: Setup, *, theme: str | None = None) -> None:
        super().__init__()
        self._setup = setup
        self._review: ReviewScreen | None = None
        self._theme_name = name_of(theme)
        for each in THEMES:
            self.register_theme(each)

    def on_mount(self) -> None:
        """Put on theme and keys, and open the screen."""
        self.theme = self._theme_name
        self.set_keymap(checked(self._setup.keys))
        self._review = ReviewScreen(self._setup)
        self.push_screen(self._review)

    async def action_leave(self) -> None:
        """Leave, whatever box is open; ask first when something is not saved."""
        if self._review is None:
            return
        while self.screen is not self._review:
            await self.pop_screen()
        self._review.action_quit()

    @property
    def unread(self) -> tuple[str, ...]:
        """Why files could not be read, one sentence each."""
        files = self._review.session.files if self._review else ()
        return tuple(file.error for file in files if file.error and file.review is None)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the reviewer, then Textual's own."""
        if isinstance(screen, ReviewScreen):
            for command in COMMANDS:
                if not command.id.startswith("candidate."):
                    yield SystemCommand(
                        command.help,
                        f"{command.group} · {keys_of(command, self._setup.keys)}",
                        _runner(self, screen, command.action),
                    )
        for each in super().get_system_commands(screen):
            if each.title not in ("Quit", "Keys", "Maximize", "Minimize"):
                yield each


def _runner(app: ReviewerApp, screen: ReviewScreen, action: str):  # type: ignore[no-untyped-def]
    async def run() -> None:
        await app.run_action(action, screen)

    return run
