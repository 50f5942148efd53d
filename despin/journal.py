"""The journal of a person's decisions: an append-only file, so that a killed terminal loses none.

One file of JSON lines for each document, in the user's state folder. A decision is written the
moment it is made, with the place of its finding and its fingerprint: rule, words, and two words
on either side. When the document has changed since, the decisions still hold whose fingerprints
are there and are no other finding's. Saving over the original changes it, too: then all decisions
are written down again, with their places in the new text.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from despin.edit import Edit
from despin.finding import Finding
from despin.fingerprint import Fingerprint, fingerprints
from despin.recorded import (
    After,
    Key,
    Record,
    after,
    decision_of,
    key_of,
    matching,
    records_of,
)
from despin.review import By, Decision, Review, Verdict
from despin.span import Span

ORIGINALS = "originals"
"""Where texts are saved that go back into the files they came from."""
LONGEST = 1_000_000
"""Bytes from which on a journal is rewritten when opened, with the last word on everything."""


class JournalError(OSError):
    """The journal cannot be written."""


class Saved(NamedTuple):
    """What was saved of a document."""

    sha256: str
    """Of the text as it was read."""
    where: str
    edits: tuple[Edit, ...]
    """The accepted ones."""


def state_folder() -> Path:
    """Where journals lie unless told otherwise."""
    from platformdirs import user_state_path

    return user_state_path("despin", appauthor=False) / "reviews"


@dataclass
class Journal:
    """The decisions on one document, as far as they are known from earlier sessions.

    Attributes:
        path: the file; made when the first decision comes.
        decisions: the last record of each finding of each text, in the order they were made.
        place: where the cursor was, if known, and when (seconds since 1970).
        saved: what was saved last, and where.
    """

    path: Path
    decisions: dict[Key, Record] = field(default_factory=dict)
    place: Fingerprint | None = None
    when: float = 0.0
    saved: Saved | None = None
    _of: tuple[Finding, ...] = ()
    _known: tuple[Fingerprint, ...] = ()
    _after: After | None = None

    @staticmethod
    def open(folder: Path, key: str) -> Journal:
        """The journal of the document known as ``key``: a resolved path, usually.

        Lines that were torn when a session was killed are passed over. A file that cannot be
        read counts as empty.
        """
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        journal = Journal(folder / f"{name}.jsonl")
        try:
            data = journal.path.read_bytes()
        except OSError:
            return journal
        for line in data.split(b"\n"):
            journal._take(line)
        if len(data) > LONGEST:
            journal._rewrite()
        return journal

    def restore(self, review: Review, since: float | None = None) -> Review:
        """The review with its undecided findings decided as they were, where that still fits.

        With ``since`` (seconds since 1970), when the review was saved, others are decided anew
        where that has been done later.
        """
        if not self.decisions:
            return review
        found = matching(self.decisions.values(), review, self._fingerprints(review))
        made = [
            (index, decision_of(review, index, record))
            for index, record in sorted(found.items(), key=lambda item: item[0])
            if _counts(review.decisions[index], record, since)
        ]
        return review.decide_all((index, d) for index, d in made if d is not None)

    def place_in(self, review: Review) -> int | None:
        """The finding at which the last session stood, if it is there."""
        known = self._fingerprints(review)
        return known.index(self.place) if self.place in known else None

    def record(self, review: Review, indices: Iterable[int]) -> None:
        """Write down how these findings are decided now.

        Raises:
            JournalError: it cannot be written.
        """
        self._append(self._records(review, indices))

    def stand_at(self, review: Review, index: int) -> None:
        """Write down that the cursor is at this finding.

        Raises:
            JournalError: it cannot be written.
        """
        self._append([{"at": self._fingerprints(review)[index], "time": time.time()}])

    def save(self, review: Review, where: str) -> None:
        """Write down that the accepted edits of the review have been saved ``where``.

        What goes over the original is another text from now on: the decisions get places in it.

        Raises:
            JournalError: it cannot be written.
        """
        self.saved = Saved(review.document.sha256, where, review.edits())
        records = [_saved_record(self.saved)]
        if where == ORIGINALS:
            self._after = after(review)
            records += self._records(review, range(len(review.findings)), all_of_them=False)
        self._append(records)

    def saved_edits(self, review: Review, where: str) -> tuple[Edit, ...]:
        """The edits of this very text that were last saved, if that was ``where``.

        An empty ``where`` means anywhere.
        """
        saved = self.saved
        if saved is None or saved.sha256 != review.document.sha256:
            return ()
        return saved.edits if where in ("", saved.where) else ()

    def _records(
        self, review: Review, indices: Iterable[int], *, all_of_them: bool = True
    ) -> list[Record]:
        """Records of these findings, or of those of them that a person has decided."""
        at = list(indices)
        records = []
        made = records_of(review, self._fingerprints(review), at, self._after)
        for index, record in zip(at, made, strict=True):
            key = key_of(record)
            if all_of_them or review.decisions[index].by is By.USER or key in self.decisions:
                self._learn(key, record)
                records.append(record)
        return records

    def _learn(self, key: Key, record: Record) -> None:
        """Take in the last word on something, which comes last."""
        self.decisions.pop(key, None)
        self.decisions[key] = record

    def _fingerprints(self, review: Review) -> tuple[Fingerprint, ...]:
        if self._of is not review.findings:
            self._of, self._known = review.findings, fingerprints(review)
        return self._known

    def _append(self, records: list[dict[str, Any]]) -> None:
        lines = "".join(json.dumps(record) + "\n" for record in records)
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A line feed first: the line before may be torn.
            with self.path.open("ab") as file:
                file.write(b"\n" + lines.encode("ascii"))
        except OSError as error:
            raise JournalError(f"{self.path}: {error.strerror}") from error

    def _take(self, line: bytes) -> None:
        """Learn from one line, if it is whole."""
        try:
            record = json.loads(line)
            if "at" in record:
                self.place, self.when = Fingerprint(*record["at"]), float(record["time"])
            elif "saved" in record:
                self.saved = _saved(record["saved"])
            else:
                self._learn(key_of(record), record)
        except (ValueError, TypeError, KeyError):
            return

    def _rewrite(self) -> None:
        from despin.read import WriteError, write_atomically

        records = [*self.decisions.values()]
        if self.place:
            records.append({"at": self.place, "time": self.when})
        if self.saved:
            records.append(_saved_record(self.saved))
        lines = "".join(json.dumps(record) + "\n" for record in records)
        try:
            write_atomically(self.path, lines.encode("ascii"))
        except WriteError:
            return  # the long one serves as well


def _counts(decision: Decision, record: Record, since: float | None) -> bool:
    """Whether a record says more than the decision that a review came with."""
    if decision.verdict is Verdict.OPEN:
        return True
    when = record.get("time")
    return since is not None and isinstance(when, int | float) and when > since


def _saved_record(saved: Saved) -> dict[str, Any]:
    edits = [(edit.span.start, edit.before, edit.after) for edit in saved.edits]
    return {"saved": {"of": saved.sha256, "where": saved.where, "edits": edits}}


def _saved(record: dict[str, Any]) -> Saved:
    edits = [
        Edit(Span(int(start), int(start) + len(before)), str(before), str(after))
        for start, before, after in record["edits"]
    ]
    return Saved(str(record["of"]), str(record["where"]), tuple(edits))
