"""All journals of a session: what is decided goes in at once, what was decided comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from despin.journal import Journal
from despin.tui.entries import Entry
from despin.tui.moves import start
from despin.tui.session import File, Phase, Session, is_open


class Notebook:
    """The journals of the entries, opened when first needed.

    Attributes:
        moved: files in which the user has moved or decided already, so that the old place no
            longer counts.
    """

    def __init__(self, entries: Sequence[Entry], folder: Path | None, where: str = "") -> None:
        """Open nothing yet.

        Args:
            entries: what is reviewed.
            folder: where the journals lie; None keeps none.
            where: what was saved elsewhere counts as unsaved; empty for nothing.
        """
        self._entries = entries
        self._where = where
        self._folder = folder
        self._journals: dict[int, Journal] = {}
        self.moved: set[int] = set()

    def journal(self, number: int) -> Journal | None:
        """The journal of a file; None when nothing is to be kept."""
        if self._folder is None:
            return None
        if number not in self._journals:
            self._journals[number] = Journal.open(self._folder, self._entries[number].key)
        return self._journals[number]

    def latest(self) -> int:
        """The file in which the last session stood, or the first one."""
        times = {}
        for number in range(len(self._entries)):
            journal = self.journal(number)
            times[number] = journal.when if journal else 0.0
        return max(times, key=lambda number: (times[number], -number), default=0)

    def resumes(self, number: int) -> bool:
        """Whether an earlier session stood somewhere in this file."""
        journal = self.journal(number)
        return journal is not None and journal.place is not None

    def restored(self, session: Session, number: int, *, stay: bool = False) -> Session:
        """The session with a file decided as it was.

        The cursor is where it was unless it is to ``stay``, or at what is still to be decided.
        """
        journal, file = self.journal(number), session.files[number]
        if journal is None or file.review is None:
            return session
        file = replace(file, review=journal.restore(file.review, self._entries[number].saved))
        if not stay and file.review is not None:
            place = journal.place_in(file.review)
            if place is None or not is_open(file, place):
                place = start(session, file)
            file = replace(file, cursor=place)
        return session.with_file(number, self._with_saved(journal, file))

    def _with_saved(self, journal: Journal, file: File) -> File:
        """The file with what earlier sessions have saved of it; less may have been found so far."""
        if file.review is None or not (saved := journal.saved_edits(file.review, self._where)):
            return file
        edits = file.review.edits()
        early = file.phase is Phase.PATTERNS and set(edits) <= set(saved)
        return replace(file, saved=edits) if early or edits == saved else file

    def saved(self, session: Session, numbers: Iterable[int], where: str) -> None:
        """Write down that these files were saved.

        Raises:
            JournalError: it cannot be written.
        """
        for number in numbers:
            journal, review = self.journal(number), session.files[number].review
            if journal is not None and review is not None:
                journal.save(review, where)

    def note(self, old: Session, new: Session) -> None:
        """Write down what has been decided between two sessions, and where the cursor is.

        Raises:
            JournalError: it cannot be written.
        """
        if self._stands_elsewhere(old, new) or old.done is not new.done:
            self.moved |= {old.at, new.at}
        if self._folder is None:
            return
        for number, (before, after) in enumerate(zip(old.files, new.files, strict=True)):
            if before.review is not after.review:
                self._note_file(number, before, after)
        file = new.file
        if file.review is not None and file.findings and self._stands_elsewhere(old, new):
            journal = self.journal(new.at)
            assert journal is not None
            journal.stand_at(file.review, file.cursor)

    def _note_file(self, number: int, before: File, after: File) -> None:
        journal = self.journal(number)
        if journal is None or before.review is None or after.review is None:
            return
        if before.review.findings is not after.review.findings:
            return  # it has arrived, nobody has decided anything
        pairs = zip(before.review.decisions, after.review.decisions, strict=True)
        changed = [index for index, (old, new) in enumerate(pairs) if old != new]
        if changed:
            journal.record(after.review, changed)

    def _stands_elsewhere(self, old: Session, new: Session) -> bool:
        return old.at != new.at or (
            old.file.findings is new.file.findings and old.file.cursor != new.file.cursor
        )
