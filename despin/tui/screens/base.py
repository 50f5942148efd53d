"""What the parts of the review screen share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from time import monotonic

from textual.notifications import SeverityLevel
from textual.screen import Screen

from despin.span import Span
from despin.tui.session import Session
from despin.tui.views import View

TOLD, WARNED = 3, 6
"""Seconds for which a sentence stands."""


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
        self._said: dict[str, tuple[float, SeverityLevel]] = {}
        self._to_say = False

    @abstractmethod
    def show(self, session: Session) -> None:
        """Take over a session: journal what was decided, paint what has changed."""

    @abstractmethod
    def rescore(self, number: int, span: Span) -> None:
        """Have the sentences around ``span`` of a file scored again."""

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say one sentence in a corner, in the place of the last one.

        What went wrong stays beside it, for its time.
        """
        now = monotonic()
        self._said = {
            said: (end, severity)
            for said, (end, severity) in self._said.items()
            if said != text and end > now and (wrong or severity == "warning")
        }
        self._said[text] = (now + WARNED, "warning") if wrong else (now + TOLD, "information")
        if not self._to_say:
            self._to_say = True
            self.app.call_later(self._say)

    def _say(self) -> None:
        self._to_say = False
        self.app.clear_notifications()
        for text, (end, severity) in self._said.items():
            seconds = max(0.1, end - monotonic())
            self.app.notify(text, severity=severity, timeout=seconds, markup=False)
