"""Asking where to save: a kind, then a path, then whether what is there may be overwritten."""

from __future__ import annotations

import os.path
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from despin.config import expanded
from despin.read.writing import is_extracted
from despin.review import Review
from despin.tui.entries import Target
from despin.tui.saving import can_go_back, in_the_way, is_original
from despin.tui.screens.asking import Choose, Confirm, Prompt
from despin.tui.screens.base import ReviewBase

FOLDER, TEXT, REVIEWS, WRITE = "folder", "text", "reviews", "write"
TITLES = {
    FOLDER: "Folder for the cleaned text",
    TEXT: "File for the cleaned text",
    REVIEWS: "File for the review",
}
MOST_NAMED = 3
Reviews = Mapping[int, Review]
Then = Callable[[Target], None]


class AskingWhere(ReviewBase):
    """Asks where to save; nothing is written here."""

    folders: Sequence[Path]
    """Those that were opened whole."""
    names: Sequence[str]
    """All files that were opened, read or not yet."""

    def ask_where(
        self, title: str, reviews: Reviews, then: Then, *, originals: bool = True
    ) -> None:
        """Ask where these reviews go, by the numbers of their files, and hand over the answer.

        Over the originals only where that has not failed before.
        """

        def chosen(kind: str | None) -> None:
            if kind == WRITE:
                then(Target(write=True))
            elif kind is not None:
                self._ask_path(kind, self._suggested(kind, reviews), reviews, then)

        kinds = self._kinds(reviews, originals=originals)
        self.app.push_screen(Choose(title, kinds), chosen)

    def _kinds(self, reviews: Reviews, *, originals: bool) -> list[tuple[str, str]]:
        several = len(self.session.files) > 1
        this = f"Cleaned text of {Path(self._front(reviews).document.id).name}" if several else ""
        kinds = [
            (FOLDER, f"Cleaned text{'s' * several} into another folder …"),
            (TEXT, f"{this or 'Cleaned text'} into another file …"),
            (REVIEWS, "Review with all decisions as JSONL …"),
        ]
        back = [number for number, review in reviews.items() if can_go_back(review)]
        if back and originals:
            kinds.append((WRITE, self._overwriting(back, len(reviews) > len(back))))
        return kinds

    def _overwriting(self, numbers: list[int], some_cannot: bool) -> str:
        if len(self.session.files) == 1:
            return "Overwrite the file itself"
        changed = sum(self.differs(number) for number in numbers)
        rest = ", web pages left out" if some_cannot else ""
        return f"Overwrite the originals: {changed} changed file{'s' * (changed != 1)}{rest}"

    @abstractmethod
    def differs(self, number: int) -> bool:
        """Whether a file does not hold its result."""

    def _front(self, reviews: Reviews) -> Review:
        """The review of the file in front, or the first one."""
        return reviews.get(self.session.at) or next(iter(reviews.values()))

    def _suggested(self, kind: str, reviews: Reviews) -> str:
        """A path to begin with."""
        if kind == FOLDER:
            return _outside(self.folders)
        if kind == REVIEWS:
            return "reviews.jsonl"
        front = self._front(reviews)
        name = Path(front.document.id)
        suffix = ".md" if is_extracted(front.document) else name.suffix
        return f"{name.stem}.despun{suffix}"

    def _ask_path(self, kind: str, value: str, reviews: Reviews, then: Then) -> None:
        def typed(text: str | None) -> None:
            if text is None or not text.strip():
                return
            try:
                path = expanded(text.strip())
            except ValueError as error:
                self.tell(str(error), wrong=True)
                self._ask_path(kind, text, reviews, then)
                return
            if kind != FOLDER and self._is_original(path):
                self.tell(f"{path}: is an original; choose another name", wrong=True)
                self._ask_path(kind, text, reviews, then)
                return
            self._ask_over(kind, path, reviews, then)

        hint = f"enter saves · esc leaves · seen from {Path.cwd()}"
        self.app.push_screen(Prompt(TITLES[kind], value, hint), typed)

    def _is_original(self, path: Path) -> bool:
        files = (file.review.document.id for file in self.session.files if file.review)
        return is_original(path, files)

    def _ask_over(self, kind: str, path: Path, reviews: Reviews, then: Then) -> None:
        """Go on, after a question where something would be overwritten."""
        target = {
            FOLDER: Target(output=path),
            TEXT: Target(text=path),
            REVIEWS: Target(reviews=path),
        }[kind]
        there = [path] if kind != FOLDER and os.path.isfile(path) else []  # noqa: PTH113
        if kind == FOLDER:
            found = in_the_way(path, [*reviews.values()], self.names)
            there = [p for p in found if not self._is_original(p)]
        if not there:
            then(target)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                then(target)
            else:
                self._ask_path(kind, str(path), reviews, then)

        self.app.push_screen(Confirm(_overwrite(there)), answered)


def _overwrite(paths: list[Path]) -> str:
    if len(paths) == 1:
        return f"{paths[0]} is there already. Overwrite it?"
    named = ", ".join(path.name for path in paths[:MOST_NAMED])
    more = ", …" * (len(paths) > MOST_NAMED)
    return f"{len(paths)} files are there already: {named}{more}. Overwrite them?"


def _outside(folders: Iterable[Path]) -> str:
    """A folder for results, beside any of ``folders`` that it would lie in."""
    name = "despun"
    for folder in folders:
        if (Path.cwd() / name).is_relative_to(folder):
            name = os.path.relpath(folder.parent / f"{folder.name}-despun")
    return name
