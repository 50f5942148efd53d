"""The actions that move, look and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from despin.edit import Edit, apply
from despin.render.summary import percent
from despin.tui import moves
from despin.tui.screens.asking import Choose, Prompt
from despin.tui.screens.base import ReviewBase
from despin.tui.screens.filtering import FilterScreen
from despin.tui.screens.helping import HelpScreen
from despin.tui.session import Filter, Phase, Session
from despin.tui.views import sentence
from despin.tui.widgets.files import FileList, file_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.content import Content

ROOM, BORDERS = 52, 12
"""Cells of a line in a box, and what frames it."""


class Moving(ReviewBase):
    """Actions that decide nothing."""

    _files: Choose | None = None
    """The list of files while it lies over the article."""

    def action_undecided(self, step: int) -> None:
        """Next or previous undecided finding."""
        busy = sum(file.phase in {Phase.WAITING, Phase.PATTERNS} for file in self.session.files)
        wait = f"Nothing else is undecided yet; {_are(busy)} still being read"
        nothing = wait if busy else "Nothing else is undecided"
        self._move(lambda session: moves.undecided(session, step), nothing)

    def action_any(self, step: int) -> None:
        """Next or previous finding."""
        self._move(lambda session: moves.by(session, step), "No finding beyond this one")

    def action_end(self, which: str) -> None:
        """First or last finding."""
        if not self.session.visible():
            self.tell("No finding is shown")
        self.show(moves.to_end(self.session, last=which == "last"))

    def action_file(self, step: int) -> None:
        """Next or previous file."""
        if len(self.session.files) == 1:
            self.tell("There is no other file")
        self.show(moves.to_file(self.session, self.session.at + step))

    def action_files(self) -> None:
        """The list of files: the one beside the article, or one over it where that is narrow."""
        files = self.query_one(FileList)
        if files.display:
            files.focus()
            return
        choices = [(str(number), line) for number, line in enumerate(self._file_lines())]
        self._files = Choose("Files", choices, self.session.at)
        self.app.push_screen(self._files, self._file_chosen)

    def _file_lines(self) -> Iterable[Content]:
        columns = max(20, min(ROOM, self.app.size.width * 19 // 20 - BORDERS))
        return file_lines(self.session, columns)

    def refresh_files(self) -> None:
        """Show how the files stand now in the list over the article, while it is open."""
        if self._files is not None:
            self._files.show(self._file_lines())

    def _file_chosen(self, number: str | None) -> None:
        self._files = None
        if number is not None:
            self.show(moves.to_file(self.session, int(number)))

    def action_bar(self, steps: int) -> None:
        """Move the confidence bar."""
        self.show(moves.move_bar(self.session, steps))
        shown = len(self.session.visible())
        bar = percent(self.session.bar)
        self.tell(f"Showing {shown} finding{'s' * (shown != 1)} at {bar} or surer")

    def action_view(self) -> None:
        """Next view."""
        self.view = self.view.next()
        self.show(self.session)

    def action_filter(self) -> None:
        """Choose what is shown."""
        self.app.push_screen(FilterScreen(self.session), self._filtered)

    def _filtered(self, chosen: Filter | None) -> None:
        if chosen is not None:
            self.show(moves.with_filter(self.session, chosen))

    def action_search(self) -> None:
        """Ask what to look for."""
        again = self.key("search-next")
        hint = f"enter finds · esc leaves · {again} then finds the next"
        prompt = Prompt("Search sentences and wordings", self.query_text, hint, select=True)
        self.app.push_screen(prompt, self._searched)

    def _searched(self, query: str | None) -> None:
        if query is not None:
            again = query == self.query_text
            self.query_text = query
            self._find(beyond=again)

    def action_search_next(self) -> None:
        """The next match of the last search."""
        self._find(beyond=True)

    def _find(self, *, beyond: bool) -> None:
        query = moves.compared(self.query_text)
        if not query:
            self.tell(f"Search for something first: {self.key('search')} asks")
            return
        before, found = self.session, moves.search(self.session, query, beyond=beyond)
        review, focus = found.file.review, found.focus
        if review is None or focus is None or not moves.matches(review, focus, query):
            self.tell(f"No finding near “{self.query_text}”{self._where()}")
            return
        self.show(found)
        if found.at != before.at:
            self.tell(f"Next match: {found.file.name}")
        elif beyond and found.file.cursor <= before.file.cursor:
            only = found.file.cursor == before.file.cursor
            self.tell("No other match" if only else "Began again at the top")

    def _where(self) -> str:
        """Where nothing was found."""
        unread = sum(file.review is None for file in self.session.files)
        if unread:
            return f" so far; {_are(unread)} still to be read"
        return " in any file" if len(self.session.files) > 1 else ""

    def action_copy(self) -> None:
        """Copy the sentence in focus as it reads now."""
        review, focus = self.session.file.review, self.session.focus
        if not self.in_focus() or review is None or focus is None:
            return
        span = sentence(review, focus)
        edits = [edit for edit in review.edits() if span.contains(edit.span)]
        moved = [Edit(edit.span.shifted(-span.start), edit.before, edit.after) for edit in edits]
        self.app.copy_to_clipboard(apply(span.of(review.document.text), moved).strip())
        self.tell("Sentence copied")

    def action_help(self) -> None:
        """Every key."""
        self.app.push_screen(HelpScreen(self.remapped))

    def _move(self, move: Callable[[Session], Session], otherwise: str) -> None:
        """Move, or say why that cannot be done."""
        moved = move(self.session)
        if moved is self.session:
            self.tell(otherwise)
        self.show(moved)


def _are(files: int) -> str:
    return "1 file is" if files == 1 else f"{files} files are"
