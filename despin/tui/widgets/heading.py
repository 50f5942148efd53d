"""The line at the top: file, position, how much is decided, bar, view, progress."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from despin.render.summary import percent
from despin.text.language import UNCHECKED
from despin.tui.runs import ending, width
from despin.tui.session import Counts, File, Phase, Session, counts
from despin.tui.views import View

CELLS = 8
GAP = "   "
NAME = 18
"""Room that a file's name is given at least, its gap included."""


class Heading(Static):
    """Keeps what matters most when there is little room."""

    _shown: Content | None = None

    def show(self, session: Session, view: View) -> None:
        """Show where the session stands."""
        content = _content(session, view, self.size.width)
        if content != self._shown:
            self._shown = content
            self.update(content, layout=False)


def _content(session: Session, view: View, columns: int) -> Content:
    """The name on the left; position and progress always, the rest as there is room for it."""
    room = columns - min(NAME, width(session.file.name) + len(GAP))
    ways = list(_ways(session))
    parts = next((way for way in ways if width(GAP.join(way)) <= room), ways[-1][:2])
    for part in _extras(session, view):
        if part and width(GAP.join([*parts, part])) <= room:
            parts.append(part)
    right = GAP.join(parts)
    name = ending(session.file.name, max(NAME - len(GAP), columns - width(right) - len(GAP)))
    gap = " " * max(1, columns - width(name) - width(right))
    return Content.assemble((name, "bold"), gap, right)


def _ways(session: Session) -> Iterator[list[str]]:
    """Position, progress, what is unsaved and what is still loading, in fewer and fewer words."""
    done = counts(session, session.file)
    place = position(session, done)
    if done.total:
        full, short = progress(done), decided(done)
    else:
        full = short = standing(session.file, done)
    unsaved = "unsaved" if session.file.unsaved else ""
    bar, number = loading(session), loading(session, cells=0)
    for way in (
        (place, full, unsaved, bar),
        (place, full, unsaved, number),
        (place, short, unsaved, number),
        (place, short, unsaved),
        (place, short, number),
    ):
        yield [part for part in way if part]


def position(session: Session, done: Counts) -> str:
    """Where the cursor is among the findings shown, and the file among the files."""
    visible = session.visible()
    number = visible.index(session.file.cursor) + 1 if session.focus is not None else 0
    parts = [f"{number}/{len(visible)}"] if done.total else []
    if len(session.files) > 1:
        parts.insert(0, f"file {session.at + 1}/{len(session.files)}")
    return GAP.join(parts)


def standing(file: File, done: Counts) -> str:
    """Decided of all in short, or why there is nothing to decide."""
    if file.phase is Phase.FAILED:
        return "failed"
    if file.unchecked:
        return UNCHECKED
    if file.review is None:
        return "waiting"
    if done.total:
        return f"{done.decided}/{done.total}"
    return "scoring" if file.phase is Phase.PATTERNS else "clean"


def progress(done: Counts) -> str:
    """How much is decided, and how much of that accepted."""
    return f"{decided(done)} · {done.accepted} accepted"


def decided(done: Counts) -> str:
    """How much is decided."""
    return f"{done.decided} of {done.total} decided"


def loading(session: Session, cells: int = CELLS) -> str:
    """How many files are scored, with a bar of so many ``cells``; empty when all are."""
    busy = [f for f in session.files if f.phase in (Phase.WAITING, Phase.PATTERNS)]
    if not busy:
        return ""
    done = len(session.files) - len(busy)
    filled = round(cells * done / len(session.files))
    bar = f"{'▰' * filled}{'▱' * (cells - filled)} " if cells else ""
    return f"scoring {bar}{done}/{len(session.files)}"


def _extras(session: Session, view: View) -> tuple[str, ...]:
    described = session.filter.describe()
    return (
        f"only {described}" if described else "",
        "" if view is View.INLINE else view,
        f"≥{percent(session.bar)}",
    )
