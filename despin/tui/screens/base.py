"""What the parts of the review screen share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple

from textual.notifications import SeverityLevel
from textual.screen import Screen

from despin.span import Span
from despin.tui.keymap import key_for
from despin.tui.session import Session
from despin.tui.views import View
from despin.tui.widgets.keybar import KeyBar

TOLD, WARNED = 3, 6
"""Seconds for which a sentence stands."""


class Said(NamedTuple):
    """A sentence, until when it stands, and where: in the corner or in the bottom line."""

    text: str
    end: float
    wrong: bool
    cornered: bool


class ReviewBase(Screen[None]):
    """The screen's state; `show` is the only way to change the session.

    Attributes:
        session: what is shown.
        view: how the article is shown.
        query_text: what was last searched for.
        remapped: the user's own keys by command id.
    """

    def __init__(self, session: Session, remapped: Mapping[str, str]) -> None:
        super().__init__()
        self.session = session
        self.view = View.INLINE
        self.query_text = ""
        self.remapped = remapped
        self._said: list[Said] = []
        self._to_say = False

    @abstractmethod
    def show(self, session: Session) -> None:
        """Take over a session: journal what was decided, paint what has changed."""

    @abstractmethod
    def rescore(self, number: int, span: Span) -> None:
        """Have the sentences around ``span`` of a file scored again."""

    @property
    def said(self) -> list[str]:
        """What was said and still counts, the newest last."""
        return [said.text for said in self._said]

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say one sentence in the bottom line, in the place of the last one.

        What went wrong, and what is too long, is said in a corner. What went wrong stays beside
        the next sentence, for its time.
        """
        now, before = monotonic(), self._in_the_corner()
        kept = [s for s in self._said if s.text != text and s.end > now and (wrong or s.wrong)]
        cornered = wrong or not self.query_one(KeyBar).say(text, TOLD)
        self._said = [*kept, Said(text, now + (WARNED if wrong else TOLD), wrong, cornered)]
        if self._in_the_corner() != before and not self._to_say:
            self._to_say = True
            self.app.call_later(self._say)

    def key(self, name: str) -> str:
        """The key of a command, for sentences that name it: it may be one of the user's own."""
        return key_for(name, self.remapped)

    def in_focus(self) -> bool:
        """Whether a finding is in focus; says so where there is none."""
        if self.session.focus is None:
            self.tell("No finding is in focus")
        return self.session.focus is not None

    def on_screen_suspend(self) -> None:
        """Leave the corner to the box that opens over the screen: it says the same there."""
        for rack in self.query("ToastRack"):
            rack.display = False

    def _in_the_corner(self) -> list[Said]:
        return [said for said in self._said if said.cornered]

    def _say(self) -> None:
        self._to_say = False
        self.app.clear_notifications()
        for said in self._in_the_corner():
            seconds = max(0.1, said.end - monotonic())
            severity: SeverityLevel = "warning" if said.wrong else "information"
            self.app.notify(said.text, severity=severity, timeout=seconds, markup=False)
