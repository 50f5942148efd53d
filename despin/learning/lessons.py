"""Lessons: what one source says of pairs, and how the same lesson is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from despin.document import Document
from despin.edit import Edit
from despin.finding import Rule
from despin.learning.alignment import differing, parted, substitutions, words
from despin.learning.pairs import Pair, pair_of
from despin.review import By, Decision, Review, Verdict
from despin.span import Span
from despin.text.tokens import normal

WORDING = frozenset({Rule.SYNONYM, Rule.FUNCTION_WORD, Rule.PHRASE, Rule.LEXICON})
"""The rules whose findings put one wording for another; the others mend damage."""


class Sighting(StrEnum):
    """How a pair was met."""

    SEEN = "seen"
    """A spun text has the one where its original has the other."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs that were met together: in two texts, or in one decision on one finding.

    Attributes:
        key: tells this lesson from every other; learning it twice teaches nothing.
        document: tells its document from every other.
        name: the document's name, for people.
        how: how all its pairs were met.
        pairs: as often as they were met.
        words: what stood there, where a person decided.
    """

    key: str
    document: str
    name: str
    how: Sighting
    pairs: tuple[Pair, ...]
    words: str = ""


def of_texts(spun: Document, original: Document, *, names: bool = False) -> Lesson:
    """What two texts teach; ``names`` are left out unless asked for."""
    met = (
        pair_of(
            _form(spun, part.spun, capitals=False),
            _form(original, part.original, capitals=original.protected.in_name(part.original)),
        )
        for part in substitutions(spun, original, names=names)
    )
    key = digest("texts", spun.sha256, original.sha256)
    return Lesson(key, key, _name(spun), Sighting.SEEN, tuple(pair for pair in met if pair))


def of_review(review: Review, *, names: bool = False) -> Iterator[Lesson]:
    """One lesson for each finding that a person decided and that is about wording.

    An accepted edit counts for its pairs, a rejected finding against those of the wording that
    was proposed first.
    """
    document = review.document
    for finding, decision in zip(review.findings, review.decisions, strict=True):
        edit = decision.edit or (finding.best.edit if finding.best else None)
        if edit is None or not _is_meant(finding.rule, decision):
            continue
        if document.protected.in_name(finding.span) and not names:
            continue
        yield Lesson(
            key=digest(decision.verdict, document.sha256, str(edit.span.start), edit.after),
            document=digest("review", document.sha256),
            name=_name(document),
            how=Sighting(decision.verdict),
            pairs=tuple(_pairs_of(edit, names)),
            words=_form(document, finding.span, capitals=False),
        )


def digest(*parts: str) -> str:
    """Twelve hex digits that stand for ``parts``."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_meant(rule: Rule, decision: Decision) -> bool:
    return rule in WORDING and decision.by is By.USER and decision.verdict is not Verdict.OPEN


def _pairs_of(edit: Edit, names: bool) -> Iterator[Pair]:
    """The pairs of an edit, what it leaves as it was cut off: the article, most often."""
    before, after = Document("-", edit.before), Document("-", edit.after)
    a, b = words(before.text), words(after.text)
    small = before.text.islower()
    for a1, a2, b1, b2 in differing(a, b):
        for part in parted(before.text, after.text, a[a1:a2], b[b1:b2]):
            own = small and not part.original.of(after.text).islower()
            if own and not names:
                continue
            form = _form(after, part.original, capitals=own)
            if pair := pair_of(_form(before, part.spun, capitals=False), form):
                yield pair


def _form(document: Document, span: Span, *, capitals: bool) -> str:
    """The words at ``span`` as lexicons have them; an article as "a"."""
    words = span.of(document.text).replace("’", "'").split()
    form = " ".join(words if capitals else map(normal, words))
    return "a" if form == "an" else form


def _name(document: Document) -> str:
    """The last part of a path: what a person knows the document by."""
    return " ".join((PurePath(document.id).name or document.id).split())
