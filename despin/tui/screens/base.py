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
        self._telling = False
        self._warned_until = 0.0

    @abstractmethod
    def show(self, session: Session) -> None:
        """Take over a session: journal what was decided, paint what has changed."""

    @abstractmethod
    def rescore(self, number: int, span: Span) -> None:
        """Have the sentences around ``span`` of a file scored again."""

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say one sentence in a corner, in the place of what was said before.

        What one action says stands together, and what went wrong stays for its time.
        """
        now = monotonic()
        if not self._telling and now >= self._warned_until:
            self.app.clear_notifications()
        self._telling = True
        self.call_later(self._told)
        seconds = WARNED if wrong else TOLD
        if wrong:
            self._warned_until = now + seconds
        severity: SeverityLevel = "warning" if wrong else "information"
        self.app.notify(text, severity=severity, timeout=seconds, markup=False)

    def _told(self) -> None:
        self._telling = False
