"""The list of files with their counts; j and k work in it as in every list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets.option_list import Option

from despin.tui.naming import below_shared_folder
from despin.tui.runs import ending, width
from despin.tui.session import Counts, File, Phase, Session, counts
from despin.tui.widgets.choices import Choices
from despin.tui.widgets.heading import progress, standing


class FileList(Choices):
    """One line a file; a line is made again only when its file has changed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,o", "leave", "Leave", show=False)]

    class Left(Message):
        """No file was chosen."""

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._shown: list[tuple[File, float, int]] = []
        self._counts: list[Counts] = []
        self._names: list[str] = []
        self._front = 0

    def action_leave(self) -> None:
        """Go back to the file in front."""
        self.highlighted = self._front
        self.post_message(self.Left())

    def show(self, session: Session) -> None:
        """Show the files of a session, its file in front highlighted, and their total."""
        columns = max(20, self.scrollable_content_region.width - 2)
        if len(self._names) != len(session.files):
            self._names = _names(session)
        for number, file in enumerate(session.files):
            look = (file, session.bar, columns)
            if number < len(self._shown) and _same(self._shown[number], look):
                continue
            done = counts(session, file)
            prompt = line(file, self._names[number], done, columns)
            if number < len(self._shown):
                self._shown[number], self._counts[number] = look, done
                self.replace_option_prompt_at_index(number, prompt)
            else:
                self._shown.append(look)
                self._counts.append(done)
                self.add_option(Option(prompt))
        self._front = session.at
        if self.highlighted != session.at and not self.has_focus:
            self.highlighted = session.at
        total = sum(self._counts, Counts())
        self.border_title = f"{len(session.files)} files"
        self.border_subtitle = progress(total)


def _same(one: tuple[File, float, int], other: tuple[File, float, int]) -> bool:
    """Whether two looks are of the same values; comparing identities, for speed."""
    return (
        one[0].review is other[0].review
        and one[0].phase is other[0].phase
        and one[0].saved is other[0].saved
        and one[1:] == other[1:]
    )


def file_lines(session: Session, columns: int) -> Iterator[Content]:
    """A line for each file, as the list beside the article has it."""
    for file, name in zip(session.files, _names(session), strict=True):
        yield line(file, name, counts(session, file), columns)


def _names(session: Session) -> list[str]:
    return [str(path) for path in below_shared_folder([file.name for file in session.files])]


def line(file: File, name: str, done: Counts, columns: int) -> Content:
    """A file's line: sign, name, decided of all."""
    sign = "✓" if done.decided == done.total else " "
    if file.phase is Phase.FAILED or file.unchecked:
        sign = "!"
    elif file.phase in {Phase.WAITING, Phase.PATTERNS}:
        sign = "…"
    state = standing(file, done)
    name = ending(name, columns - width(state) - 4)
    gap = " " * max(1, columns - width(name) - width(state) - 2)
    return Content.assemble(f"{sign} ", name, gap, (state, "dim"))
