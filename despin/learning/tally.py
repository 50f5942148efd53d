"""How often pairs were met, and what follows: whether a row is used, and its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from despin.learning.lessons import Lesson, Sighting, digest
from despin.learning.pairs import Pair


@dataclass(frozen=True, slots=True)
class Counts:
    """How a pair was met.

    Attributes:
        seen: times in spun texts beside their originals.
        documents: texts in which it was seen or accepted.
        accepted: times a person took the original.
        rejected: times a person left the words as they were.
    """

    seen: int = 0
    documents: int = 0
    accepted: int = 0
    rejected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.seen + other.seen,
            self.documents + other.documents,
            self.accepted + other.accepted,
            self.rejected + other.rejected,
        )

    @property
    def support(self) -> int:
        """How often it was met as a pair, by whatever way."""
        return self.seen + self.accepted

    @property
    def is_refused(self) -> bool:
        """Whether people rejected it more often than it was met."""
        return self.rejected > self.support


@dataclass(frozen=True, slots=True)
class Bars:
    """What a row must reach before it is used: times met, and documents it was met in."""

    count: int = 1
    documents: int = 1

    def admit(self, counts: Counts) -> bool:
        """Whether a row with these counts is used."""
        enough = counts.support >= self.count and counts.documents >= self.documents
        return enough and not counts.is_refused


@dataclass
class Tally:
    """Counts of pairs over many lessons, each counted once.

    Attributes:
        known: keys of the lessons that were learnt before or are learnt by now.
        counts: what was met.
        first: the document in which a pair was met first, for people.
        documents: those that taught something new.
        verdicts: for words that people decided on, how often they took a wording for them, and
            how often they left them.
    """

    known: set[str] = field(default_factory=set)
    counts: dict[Pair, Counts] = field(default_factory=dict)
    first: dict[Pair, str] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    verdicts: dict[str, Counter[Sighting]] = field(default_factory=dict)

    def take(self, lessons: Iterable[Lesson]) -> None:
        """Count lessons that are not known."""
        for lesson in lessons:
            if lesson.key not in self.known:
                self.known.add(lesson.key)
                self.documents.add(lesson.document)
                if lesson.words:
                    self.verdicts.setdefault(lesson.words, Counter())[lesson.how] += 1
                for pair, times in Counter(lesson.pairs).items():
                    self._count(lesson, pair, times)

    def always_left(self, least: int = 2) -> list[str]:
        """Words that people left as they were ``least`` times or more and never replaced."""
        return sorted(
            words
            for words, verdicts in self.verdicts.items()
            if verdicts[Sighting.REJECTED] >= least and not verdicts[Sighting.ACCEPTED]
        )

    def _count(self, lesson: Lesson, pair: Pair, times: int) -> None:
        new = Counts(**{lesson.how.value: times})
        if lesson.how is not Sighting.REJECTED:
            new += Counts(documents=self._is_new(lesson, pair))
        self.counts[pair] = self.counts.get(pair, Counts()) + new
        self.first.setdefault(pair, lesson.name)

    def _is_new(self, lesson: Lesson, pair: Pair) -> bool:
        """Whether this pair was not yet met in this document."""
        if lesson.key == lesson.document:
            return True  # all there is of it
        key = digest(lesson.document, pair.spun, pair.original, pair.kind)
        new = key not in self.known
        self.known.add(key)
        return new


def weights(counts: Mapping[Pair, Counts]) -> dict[Pair, float]:
    """Odds that a spinner who swaps the original takes this wording, from counts.

    One is added to either side (Laplace); a rejection counts for the other side. Between 0.1
    and 10.
    """
    totals: Counter[str] = Counter()
    for pair, count in counts.items():
        totals[pair.original] += count.support
    out = {}
    for pair, count in counts.items():
        others = totals[pair.original] - count.support + count.rejected
        out[pair] = min(max((count.support + 1) / (others + 1), 0.1), 10.0)
    return out


def ordered(counts: Mapping[Pair, Counts]) -> list[Pair]:
    """The pairs, those met most often first, then by alphabet."""
    return sorted(counts, key=lambda pair: (-counts[pair].support, pair))
