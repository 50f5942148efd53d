"""The journal of a person's decisions: an append-only file, so that a killed terminal loses none.

One file of JSON lines for each document, in the user's state folder. A decision is written the
moment it is made, under the fingerprint of its finding: rule, words, two words on either side,
and which of the equal ones it is. When the document has changed since, the decisions whose
fingerprints are still there still hold.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from despin.edit import Edit, EditError
from despin.finding import Finding
from despin.review import By, Decision, Review, Verdict
from despin.span import Span

SIDE_WORDS = 2
REACH = 120
"""Code points on either side of a finding in which the words beside it are looked for."""
LONGEST = 1_000_000
"""Bytes from which on a journal is rewritten when opened, with the last word on everything."""

_WORD = re.compile(r"\w+")


class JournalError(OSError):
    """The journal cannot be written."""


class Fingerprint(NamedTuple):
    """What of a finding survives changes elsewhere in its document."""

    rule: str
    words: str
    left: str
    right: str
    occurrence: int
    """How many findings before it have the same four."""


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


def fingerprints(review: Review) -> tuple[Fingerprint, ...]:
    """One for each finding, all different."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    out = []
    for finding in review.findings:
        look = (str(finding.rule), *_words_about(review.document.text, finding.span))
        out.append(Fingerprint(*look, seen[look]))
        seen[look] += 1
    return tuple(out)


def _words_about(text: str, span: Span) -> tuple[str, str, str]:
    left = _WORD.findall(text[max(0, span.start - REACH) : span.start])[-SIDE_WORDS:]
    right = _WORD.findall(text[span.end : span.end + REACH])[:SIDE_WORDS]
    return span.of(text), " ".join(left), " ".join(right)


@dataclass
class Journal:
    """The decisions on one document, as far as they are known from earlier sessions.

    Attributes:
        path: the file; made when the first decision comes.
        decisions: the last record of each fingerprint.
        place: where the cursor was, if known, and when (seconds since 1970).
        saved: what was saved last, and where.
    """

    path: Path
    decisions: dict[Fingerprint, dict[str, Any]] = field(default_factory=dict)
    place: Fingerprint | None = None
    when: float = 0.0
    saved: Saved | None = None
    _of: tuple[Finding, ...] = ()
    _known: tuple[Fingerprint, ...] = ()

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
        known = self._fingerprints(review)
        records = ((index, self.decisions.get(known[index])) for index in range(len(known)))
        made = [
            (index, _decision(review, index, record))
            for index, record in records
            if record is not None and _counts(review.decisions[index], record, since)
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
        known = self._fingerprints(review)
        records = [
            _record(known[index], review.findings[index], review.decisions[index])
            for index in indices
        ]
        self._append(records)

    def stand_at(self, review: Review, index: int) -> None:
        """Write down that the cursor is at this finding.

        Raises:
            JournalError: it cannot be written.
        """
        self._append([{"at": self._fingerprints(review)[index], "time": time.time()}])

    def save(self, review: Review, where: str) -> None:
        """Write down that the accepted edits of the review have been saved ``where``.

        Raises:
            JournalError: it cannot be written.
        """
        self.saved = Saved(review.document.sha256, where, review.edits())
        self._append([_saved_record(self.saved)])

    def saved_edits(self, review: Review, where: str) -> tuple[Edit, ...]:
        """The edits of this very text that were last saved, if that was ``where``.

        An empty ``where`` means anywhere.
        """
        saved = self.saved
        if saved is None or saved.sha256 != review.document.sha256:
            return ()
        return saved.edits if where in ("", saved.where) else ()

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
                Verdict(record["verdict"])
                self.decisions[Fingerprint(*record["of"])] = record
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


def _counts(decision: Decision, record: dict[str, Any], since: float | None) -> bool:
    """Whether a record says more than the decision that a review came with."""
    if decision.verdict is Verdict.OPEN:
        return True
    when = record.get("time")
    return since is not None and isinstance(when, int | float) and when > since


def _record(fingerprint: Fingerprint, finding: Finding, decision: Decision) -> dict[str, Any]:
    record: dict[str, Any] = {
        "of": fingerprint,
        "verdict": decision.verdict,
        "by": decision.by,
        "time": time.time(),
    }
    if decision.edit is not None:
        record["offset"] = decision.edit.span.start - finding.span.start
        record["before"] = decision.edit.before
        record["after"] = decision.edit.after
    return record


def _saved_record(saved: Saved) -> dict[str, Any]:
    edits = [(edit.span.start, edit.before, edit.after) for edit in saved.edits]
    return {"saved": {"of": saved.sha256, "where": saved.where, "edits": edits}}


def _saved(record: dict[str, Any]) -> Saved:
    edits = [
        Edit(Span(int(start), int(start) + len(before)), str(before), str(after))
        for start, before, after in record["edits"]
    ]
    return Saved(str(record["of"]), str(record["where"]), tuple(edits))


def _decision(review: Review, index: int, record: dict[str, Any]) -> Decision | None:
    """The record's decision, or ``None`` where that does not fit."""
    try:
        verdict, by = Verdict(record["verdict"]), By(record["by"])
        edit = None
        if verdict is Verdict.ACCEPTED:
            start = review.findings[index].span.start + int(record["offset"])
            before = str(record["before"])
            edit = Edit(Span(start, start + len(before)), before, str(record["after"]))
            edit.check_fits(review.document.text)
        return review.decision(index, verdict, edit, by)
    except (EditError, ValueError, TypeError, KeyError):
        return None
