"""What the parts of the review screen share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from textual.screen import Screen

from despin.span import Span
from despin.tui.session import Session
from despin.tui.views import View


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

    @abstractmethod
    def show(self, session: Session) -> None:
        """Take over a session: journal what was decided, paint what has changed."""

    @abstractmethod
    def rescore(self, number: int, span: Span) -> None:
        """Have the sentences around ``span`` of a file scored again."""

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say one sentence in a corner."""
        self.app.notify(
            text, severity="warning" if wrong else "information", timeout=3, markup=False
        )
