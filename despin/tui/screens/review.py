"""The screen to work in: it holds the session, hands it to the widgets and hears from them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from despin.journal import JournalError
from despin.render.summary import percent
from despin.review import Review
from despin.span import Span
from despin.tui import likes, merging, moves
from despin.tui.details import Glosses
from despin.tui.entries import Entry, Setup
from despin.tui.glosses import glosses
from despin.tui.keymap import Command, bindings
from despin.tui.loading import Arrived, Loader, Rescored, Trouble
from despin.tui.notebook import Notebook
from despin.tui.saving import Written, is_there
from despin.tui.screens.deciding import Deciding
from despin.tui.screens.moving import Moving
from despin.tui.screens.saving import Saving, decisions
from despin.tui.session import File, Phase, Session, is_open
from despin.tui.widgets.article import Article
from despin.tui.widgets.files import FileList
from despin.tui.widgets.finding import FindingPanel
from despin.tui.widgets.heading import Heading
from despin.tui.widgets.keybar import KeyBar

NEEDS_FINDING = frozenset(
    {"accept", "reject", "edit", "ignore", "allow", "copy", "candidate", "later"}
)
"""Actions that need a finding in focus."""


class ReviewScreen(Moving, Deciding, Saving):
    """Article, finding, files; every change of the session goes through `show`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#article"

    def __init__(self, setup: Setup) -> None:
        files = [_file(entry) for entry in setup.entries]
        super().__init__(Session(tuple(files), bar=setup.bar), setup.keys)
        textless = frozenset(entry.name for entry in setup.entries if entry.textless)
        self.target, self.kept, self.folders = setup.target, setup.kept, setup.folders
        given = (entry.name for entry in setup.entries if entry.review is not None)
        missing = frozenset(name for name in given if not is_there(name))
        self.written = Written(textless=textless, missing=missing)
        self.elsewhere, self.mine = {}, {}
        self.names = [entry.name for entry in setup.entries]
        if setup.target.reviews is not None:
            self.written.opened(setup.target.reviews)
        self.decided = {n: decisions(file.review) for n, file in enumerate(files) if file.review}
        self.new_here, self.explain = setup.new_here, setup.explain
        self.config = setup.config
        self._notebook = Notebook(setup.entries, setup.state, setup.target.where)
        self._notice = setup.notice
        self._loader = Loader(setup.entries, setup.pipeline, self.post_message)
        self._glosses: dict[tuple[int, int], Glosses] = {}
        self._resume = self._notebook.latest()

    def compose(self) -> ComposeResult:
        """Heading, article, finding and files, keys."""
        yield Heading(id="heading")
        with Container(id="body"):
            yield Article(id="article")
            with Vertical(id="side"):
                yield FileList(id="files")
                yield FindingPanel(id="finding")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what is there, and begin to load what is not."""
        session = moves.to_file(self.session, self._resume)
        for number, file in enumerate(session.files):
            if file.review is not None:
                session = self._notebook.restored(session, number)
        self.session = moves.settled(session)
        self.set_class(len(session.files) > 1, "-several")
        self._loader.want(self.session.at)
        self._loader.start()
        if self._notice:
            self.tell(self._notice, wrong=True)

    def on_unmount(self) -> None:
        """Let the loader go."""
        self._loader.stop()

    def show(self, session: Session) -> None:
        """Take over a session: journal what was decided, paint what has changed."""
        self._take_over(session)
        self.paint()

    def _come(self, session: Session, number: int) -> None:
        """Take over what has come of a file; whoever scrolls through another is not called back."""
        self._take_over(session)
        self.paint(follow=number == session.at)

    def _take_over(self, session: Session) -> None:
        old, self.session = self.session, session
        if old.at != session.at:
            self._loader.want(session.at)
        self._keep(lambda: self._notebook.note(old, session))

    def note_saved(self, numbers: Collection[int], where: str) -> None:
        """Keep in mind for other sessions that these files were saved."""
        self._keep(lambda: self._notebook.saved(self.session, numbers, where))

    def _keep(self, write: Callable[[], None]) -> None:
        """Write into the journals, or say that this cannot be done."""
        try:
            write()
        except JournalError as error:
            self.unkept = True
            self.tell(f"Decisions are not kept: {error}", wrong=True)

    def paint(self, *, follow: bool = True) -> None:
        """Hand the session to every widget; ``follow`` scrolls to the finding in focus."""
        if not self.query(KeyBar):
            return  # not there yet, or closing
        session = self.session
        visible = session.visible()
        self.query_one(Heading).show(session, self.view)
        article = self.query_one(Article)
        article.show(session.file.review, visible, self.view, session.focus, follow=follow)
        if len(session.files) > 1:
            self.query_one(FileList).show(session)
            self.refresh_files()
        self._paint_finding()
        self.query_one(KeyBar).show(self._works, self.remapped)

    def _paint_finding(self) -> None:
        panel, session = self.query_one(FindingPanel), self.session
        review, focus = session.file.review, session.focus
        if review is None or focus is None:
            panel.say(*_nothing(session, self.key))
            return
        cut = "sentences" in vars(review.document)
        known = self._glosses.get((session.at, focus))
        if cut:
            hint = self._first_steps() if self.new_here and not session.done else ""
            panel.show(review, focus, known or {}, hint=hint)
        else:
            panel.say("…")
        if known is None or not cut:
            self._look_up(session.at, review, focus)

    def _first_steps(self) -> str:
        steps = {
            "accept": "accepts",
            "reject": "keeps as written",
            "next": "goes on",
            "undo": "undoes",
            "help": "shows every key",
        }
        return f"New here? {', '.join(f'{self.key(name)} {what}' for name, what in steps.items())}."

    @work(thread=True, exclusive=True, group="glosses", description="glosses")
    def _look_up(self, number: int, review: Review, index: int) -> None:
        """Cut sentences and find out what the words mean, beside the screen: both can be slow."""
        cut = "sentences" in vars(review.document)
        _ = review.document.sentences  # a cached property: this is what fills it
        found = glosses(review, index) if self.explain else {}
        if found or not cut:
            self.app.call_from_thread(self._found, number, index, found)

    def _found(self, number: int, index: int, found: Glosses) -> None:
        self._glosses = {(number, index): found}
        # Libraries and articles stay till the end: looking through them for garbage, again and
        # again, costs 70 ms in the middle of a key press.
        gc.freeze()
        if number == self.session.at:
            self.paint(follow=False)

    def _works(self, command: Command) -> bool:
        """Whether a command does something now."""
        action = command.action.partition("(")[0]
        session = self.session
        several = len(session.files) > 1
        conditions = {
            "alike": likes.to_repeat(session) is not None,
            "undo": bool(session.done),
            "redo": bool(session.undone),
            "files": several,
            "file": several,
            "save": bool(self.unsaved()),
        }
        return conditions.get(action, action not in NEEDS_FINDING or session.focus is not None)

    def rescore(self, number: int, span: Span) -> None:
        """Have a sentence scored again; the answer comes as `Rescored`."""
        review = self.session.files[number].review
        if review is not None:
            self._loader.rescore(number, review, span)

    @on(Arrived)
    def _arrived(self, event: Arrived) -> None:
        number = event.number
        stay = self._stays(number)
        session = merging.arrived(self.session, number, event.review, event.phase, stay=stay)
        session = self._notebook.restored(session, number, stay=stay)
        self._glosses.clear()
        gc.freeze()
        self._come(moves.settled(session), number)

    def _stays(self, number: int) -> bool:
        """Whether the cursor of a file must not move: someone may be about to press a key."""
        session, file = self.session, self.session.files[number]
        if number in self._notebook.moved:
            return bool(file.findings)
        if self._notebook.resumes(number):
            return False
        return number == session.at and session.focus is not None and is_open(file, session.focus)

    @on(Rescored)
    def _rescored(self, event: Rescored) -> None:
        phase = self.session.files[event.number].phase
        self._glosses.clear()
        session = merging.arrived(self.session, event.number, event.review, phase)
        self._come(session, event.number)

    @on(Trouble)
    def _trouble(self, event: Trouble) -> None:
        self.tell(event.error, wrong=True)
        self._come(merging.failed(self.session, event.number, event.error), event.number)

    @on(Article.Picked)
    def _finding_picked(self, event: Article.Picked) -> None:
        self.show(moves.focus(self.session, event.index))

    @on(FindingPanel.Picked)
    def _alternative_picked(self, event: FindingPanel.Picked) -> None:
        self.action_candidate(event.number)

    @on(FileList.OptionSelected)
    def _file_picked(self, event: FileList.OptionSelected) -> None:
        self.show(moves.to_file(self.session, event.option_index))
        self.query_one(Article).focus()

    @on(FileList.Left)
    def _files_left(self) -> None:
        self.query_one(Article).focus()

    @on(Article.Resized)
    def _resized(self) -> None:
        self.paint()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay everything out for the new size, once the widgets have theirs."""
        self.call_after_refresh(self.paint)


def _file(entry: Entry) -> File:
    if entry.review is None:
        return File(entry.name)
    return File(entry.name, entry.review, Phase.SCORED, saved=entry.review.edits())


def _nothing(session: Session, key: Callable[[str], str]) -> tuple[str, ...]:
    """What to say where no finding is in focus."""
    file = session.file
    if file.phase is Phase.WAITING:
        return ("Reading …",)
    if file.error:
        return (file.error,)
    notes = file.review.notes if file.review else ()
    if file.unchecked:
        rest = (note for note in notes if note != file.unchecked)
        return (f"{file.unchecked[:1].upper()}{file.unchecked[1:]}.", *rest)
    if file.phase is Phase.PATTERNS:
        return ("Nothing so far; the model is still reading this article …", *notes)
    return (*_none_shown(session, key), *notes)


def _none_shown(session: Session, key: Callable[[str], str]) -> tuple[str, ...]:
    """Why no finding of a file that was checked is shown."""
    hidden = sum(finding.confidence < session.bar for finding in session.file.findings)
    if session.filter.describe():
        return (
            f"No finding is {session.filter.describe()}.",
            f"{key('filter')} changes the filter.",
        )
    if hidden:
        return (
            f"Nothing at {percent(session.bar)} or surer.",
            f"{key('bar-down')} shows {hidden} weaker ones.",
        )
    return ("Nothing found: this article reads clean.",)
