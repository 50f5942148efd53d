"""The actions that save and leave."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from despin.read import WriteError
from despin.review import Decision, Review, Verdict
from despin.tui.entries import Target
from despin.tui.saving import Written, into_folder, into_text, is_there, targets
from despin.tui.screens.asking import Choose
from despin.tui.screens.places import AskingWhere
from despin.tui.session import Key, key_of

MOST_PROBLEMS = 3
Then = Callable[[], object]


class Saving(AskingWhere):
    """Nothing is overwritten unasked; what was saved can still be undone, and saved again."""

    target: Target
    """Where to save: as the command line says, then where it was saved last."""
    written: Written
    kept: Sequence[tuple[int, bytes]]
    mine: dict[Path, set[Path]]
    """By folder, the files that this session has put there or was told that it may write over."""
    elsewhere: dict[int, Target]
    """Where the files go that could not be saved there."""
    decided: dict[int, dict[Key, Decision]]
    """The decisions of each file as the file of reviews has them, if there is one."""

    unkept: bool = False
    """The journal could not be written."""

    def unsaved(self) -> tuple[int, ...]:
        """The files of which something is not saved: accepted changes, in reviews any decision."""
        if self.target.reviews is None:
            return self.session.unsaved
        return self._redecided()

    def _redecided(self) -> tuple[int, ...]:
        """The files whose decisions are not those that were opened, or saved last."""
        reviews = self._reviews().items()
        return tuple(n for n, review in reviews if decisions(review) != self.decided.get(n, {}))

    def action_save(self) -> None:
        """Save where it was saved last or the command line says, or ask where."""
        if not (self.target.chosen or self.session.unsaved or self._redecided()):
            self.tell("Nothing has been decided yet")
            return
        self._save_then(lambda: None)

    def action_save_as(self) -> None:
        """Ask where to save."""
        if self._reviews():
            self._save_elsewhere("Save as", lambda: None)
        else:
            self.tell("There is nothing to save yet")

    def action_quit(self) -> None:
        """Leave; ask first when something is not saved."""
        unsaved = self.unsaved()
        if not unsaved:
            self.app.exit()
            return
        choices = [
            ("save", "Save, then quit"),
            ("quit", f"Quit; the decisions are {'lost' if self.unkept else 'kept for next time'}"),
            ("stay", "Stay"),
        ]
        what = "Accepted changes" if self.target.reviews is None else "Decisions"
        title = f"{what} in {_files(len(unsaved))} are not saved"
        self.app.push_screen(Choose(title, choices), self._leave)

    def _leave(self, choice: str | None) -> None:
        if choice == "quit":
            self.app.exit()
        elif choice == "save":
            self._save_then(self.action_quit)  # asks again where one of several was saved

    def _save_then(self, then: Then) -> None:
        if not self._reviews():
            self.tell("There is nothing to save yet")
        elif self.target.chosen:
            self._save(self.target, then)
        else:
            self._save_elsewhere("Save", then)

    def _save_elsewhere(
        self, title: str, then: Then, only: Collection[int] = (), *, originals: bool = True
    ) -> None:
        """Ask where to save all files, or ``only`` these, and do it.

        Over the ``originals`` is no answer where that has just failed.
        """

        def chosen(target: Target) -> None:
            if not only:
                self.elsewhere.clear()
            if target.reviews is not None:
                self.written.may_change(target.reviews)
            if target.output is not None:
                asked = targets(target.output, [*self._reviews(only).values()], self.names)
                self.mine.setdefault(target.output, set()).update(asked)
            this = [self._front_of(only)] if only and target.text is not None else only
            self._save(target, then, this)

        self.ask_where(title, self._reviews(only), chosen, originals=originals)

    def _save(self, target: Target, then: Then, only: Collection[int] = ()) -> None:
        """Save all that can be saved, say what could not, and offer another place for that."""
        problems: dict[int, str] = {}
        said: list[str] = []
        for place, numbers in self._by_place(target, only).items():
            saved, failed = self._write(place, self._reviews(numbers))
            problems |= failed
            said += [saved] * bool(saved)
        if said:
            self.tell("; ".join(said))
        if problems:
            self._offer_elsewhere(problems, then, originals=not target.write)
            return
        if only:
            self.elsewhere |= dict.fromkeys(only, target)
        elif not (target.text and len(self.session.files) > 1):
            self.target = target
            self.show(self.session)  # what is unsaved may be something else now
        then()

    def _by_place(self, target: Target, only: Collection[int]) -> dict[Target, list[int]]:
        """Which files go where: those of which something failed before go where they went then."""
        if only:
            return {target: list(only)}
        places: dict[Target, list[int]] = {}
        for number in self._reviews():
            places.setdefault(self.elsewhere.get(number, target), []).append(number)
        return places

    def _offer_elsewhere(self, problems: Mapping[int, str], then: Then, *, originals: bool) -> None:
        messages = list(dict.fromkeys(problems.values()))
        shown = messages[:MOST_PROBLEMS] + ["…"] * (len(messages) > MOST_PROBLEMS)
        title = "\n".join([f"Not saved: {_files(len(problems))}", *shown])
        choices = [("elsewhere", "Save elsewhere …"), ("leave", "Leave it unsaved")]

        def chosen(choice: str | None) -> None:
            if choice == "elsewhere":
                every = len(problems) == len(self._reviews())
                only = () if every else tuple(problems)
                self._save_elsewhere("Save elsewhere", then, only, originals=originals)

        self.app.push_screen(Choose(title, choices), chosen)

    def _write(self, target: Target, reviews: dict[int, Review]) -> tuple[str, dict[int, str]]:
        """What was saved, in words, and why some files were not."""
        numbers = list(reviews)
        if target.write:
            held = [number for number in numbers if not self.differs(number)]
            unsaved = self.session.unsaved
            self._saved([number for number in held if number in unsaved], target)
            numbers = [number for number in numbers if number not in held]
            if not numbers:
                return "The files are as decided already", {}
        elif target.text is not None:
            numbers = [self._front_of(numbers)]
        problems = self._problems(target, {number: reviews[number] for number in numbers})
        self._saved([number for number in numbers if number not in problems], target)
        saved = len(numbers) - len(problems)
        return _said(target, saved) if saved else "", problems

    def _front_of(self, numbers: Collection[int]) -> int:
        """The file of these that is in front, or the first one: one is all that a file takes."""
        return self.session.at if self.session.at in numbers else min(numbers)

    def _problems(self, target: Target, reviews: dict[int, Review]) -> dict[int, str]:
        """Write, and say why what could not be written."""
        if target.output is not None:
            return self._put_into(target.output, reviews)
        if target.reviews is not None:
            try:
                self.written.reviews(target.reviews, list(reviews.values()), self.kept)
            except WriteError as error:
                return dict.fromkeys(reviews, str(error))
            return {}
        problems = {}
        for number, review in reviews.items():
            try:
                self._put(target, review)
            except WriteError as error:
                problems[number] = str(error)
        return problems

    def _put_into(self, folder: Path, reviews: dict[int, Review]) -> dict[int, str]:
        """Write into a folder, but over nobody else's files once the first were put there."""
        places = dict(zip(reviews, targets(folder, [*reviews.values()], self.names), strict=True))
        known = self.mine.setdefault(folder, set(places.values()))
        problems = {
            number: f"{path}: was there before; save elsewhere, or over it"
            for number, path in places.items()
            if path not in known and is_there(path)
        }
        rest = {number: review for number, review in reviews.items() if number not in problems}
        found = into_folder(folder, list(rest.values()), self.names)
        problems |= {list(rest)[index]: problem for index, problem in found.items()}
        known.update(path for number, path in places.items() if number not in problems)
        return problems

    def _put(self, target: Target, review: Review) -> None:
        if target.text is not None:
            into_text(target.text, review)
        else:
            self.written.back(review)

    def differs(self, number: int) -> bool:
        """Whether a file does not hold its result."""
        review = self.session.files[number].review
        return review is not None and self.written.differs(review)

    def _reviews(self, only: Collection[int] = ()) -> dict[int, Review]:
        """The reviews of all files, or ``only`` of these, as far as they have been read."""
        return {
            number: file.review
            for number, file in enumerate(self.session.files)
            if file.review is not None and (not only or number in only)
        }

    def _saved(self, numbers: list[int], target: Target) -> None:
        session = self.session
        for number in numbers:
            file = session.files[number]
            if file.review is not None:
                session = session.with_file(number, replace(file, saved=file.review.edits()))
                self.decided[number] = decisions(file.review)
        self.show(session)
        self.note_saved(numbers, target.where)

    @abstractmethod
    def note_saved(self, numbers: Collection[int], where: str) -> None:
        """Keep in mind for other sessions that these files were saved."""


def decisions(review: Review) -> dict[Key, Decision]:
    """What has been decided of a review."""
    pairs = zip(review.findings, review.decisions, strict=True)
    return {key_of(f): d for f, d in pairs if d.verdict is not Verdict.OPEN}


def _said(target: Target, saved: int) -> str:
    if target.text is not None:
        return f"Saved as {target.text}"
    what = f"the review of {_files(saved)}" if target.reviews else _files(saved)
    return f"Saved {what}" + (f" in {target.path}" if target.path else "")


def _files(number: int) -> str:
    return f"{number} file{'s' * (number != 1)}"
