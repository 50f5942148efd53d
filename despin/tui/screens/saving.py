"""The actions that save and leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from despin.config import expanded
from despin.read import WriteError
from despin.review import Decision, Review
from despin.tui.entries import Target
from despin.tui.saving import Written, into_folder, into_reviews
from despin.tui.screens.asking import Choose, Confirm, Prompt
from despin.tui.screens.base import ReviewBase

REVIEWS_NAME = "reviews.jsonl"
FOLDER_NAME = "despun"


class Saving(ReviewBase):
    """Nothing is overwritten unasked; what was saved can still be undone, and saved again."""

    target: Target
    written: Written
    decided: dict[int, tuple[Decision, ...]]
    """The decisions of each file as the file of reviews has them, if there is one."""

    unkept: bool = False
    """The journal could not be written."""

    def unsaved(self) -> tuple[int, ...]:
        """The files of which something is not saved: accepted changes, in reviews any decision."""
        if self.target.reviews is None:
            return self.session.unsaved
        reviews = self._reviews().items()
        return tuple(n for n, review in reviews if review.decisions != self.decided.get(n))

    def action_save(self) -> None:
        """Save where the command line says, or ask where."""
        self._save_then(lambda: None)

    def action_quit(self) -> None:
        """Leave; ask first when something is not saved."""
        unsaved = self.unsaved()
        if not unsaved:
            self.app.exit()
            return
        files = "1 file" if len(unsaved) == 1 else f"{len(unsaved)} files"
        choices = [
            ("save", "Save, then quit"),
            ("quit", f"Quit; the decisions are {'lost' if self.unkept else 'kept for next time'}"),
            ("stay", "Stay"),
        ]
        what = "Accepted changes" if self.target.reviews is None else "Decisions"
        title = f"{what} in {files} are not saved"
        self.app.push_screen(Choose(title, choices), self._leave)

    def _leave(self, choice: str | None) -> None:
        if choice == "quit":
            self.app.exit()
        elif choice == "save":
            self._save_then(self.app.exit)

    def _save_then(self, then: Callable[[], object]) -> None:
        if not self._reviews():
            self.tell("There is nothing to save yet")
        elif self.target.chosen:
            self._save(self.target, then)
        else:
            self._ask_where(then)

    def _ask_where(self, then: Callable[[], object]) -> None:
        several = len(self.session.files) > 1
        changed = _files(len(self._changed_files()), "changed ")
        files = f"the originals: {changed}" if several else "the file itself"
        choices = [
            ("folder", "Cleaned text into another folder …"),
            ("reviews", "Review with all decisions as JSONL …"),
        ]
        if any(Path(review.document.id).is_file() for review in self._reviews().values()):
            choices.append(("write", f"Overwrite {files}"))

        def chosen(choice: str | None) -> None:
            if choice == "write":
                self._save(Target(write=True), then)
            elif choice == "folder":
                self._ask_path("Folder for the cleaned text", FOLDER_NAME, "output", then)
            elif choice == "reviews":
                self._ask_path("File for the review", REVIEWS_NAME, "reviews", then)

        self.app.push_screen(Choose("Save", choices), chosen)

    def _ask_path(self, title: str, value: str, kind: str, then: Callable[[], object]) -> None:
        def typed(text: str | None) -> None:
            if not text or not text.strip():
                return
            try:
                path = expanded(text.strip())
            except ValueError as error:
                self.tell(str(error), wrong=True)
                return
            target = Target(output=path) if kind == "output" else Target(reviews=path)
            if kind == "reviews" and path.exists():
                self._ask_over(path, target, then)
            else:
                self._save(target, then)

        self.app.push_screen(Prompt(title, value), typed)

    def _ask_over(self, path: Path, target: Target, then: Callable[[], object]) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._save(target, then)

        self.app.push_screen(Confirm(f"{path} is there already. Overwrite it?"), answered)

    def _save(self, target: Target, then: Callable[[], object]) -> None:
        """Save all that can be saved, and say what could not."""
        try:
            said, failed = self._written(target)
        except WriteError as error:
            self.tell(str(error), wrong=True)
            return
        if said:
            self.tell(said)
        for message in failed.values():
            self.tell(message, wrong=True)
        if not failed:
            then()

    def _written(self, target: Target) -> tuple[str, dict[int, str]]:
        """What was saved, in words, and why some files were not."""
        reviews = self._reviews()
        if target.reviews is not None:
            into_reviews(target.reviews, list(reviews.values()))
            self._saved(list(reviews))
            return f"Saved the review of {_files(len(reviews))} in {target.reviews}", {}
        if target.output is not None:
            into_folder(target.output, list(reviews.values()))
            self._saved(list(reviews))
            return f"Saved {_files(len(reviews))} in {target.output}", {}
        changed, failed = self._changed_files(), {}
        for number in changed:
            try:
                self.written.back(reviews[number])
            except WriteError as error:
                failed[number] = str(error)
            else:
                self._saved([number])
        saved = len(changed) - len(failed)
        if saved:
            return f"Saved {_files(saved)}", failed
        return "" if failed else "The files are as decided already", failed

    def _changed_files(self) -> list[int]:
        """The files that do not hold their results."""
        return [n for n, review in self._reviews().items() if self.written.differs(review)]

    def _reviews(self) -> dict[int, Review]:
        files = enumerate(self.session.files)
        return {number: file.review for number, file in files if file.review is not None}

    def _saved(self, numbers: list[int]) -> None:
        session = self.session
        for number in numbers:
            file = session.files[number]
            if file.review is not None:
                session = session.with_file(number, replace(file, saved=file.review.edits()))
                self.decided[number] = file.review.decisions
        self.show(session)


def _files(number: int, kind: str = "") -> str:
    return f"{number} {kind}file{'s' * (number != 1)}"
