"""What a run came to, in numbers and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from despin.review import Review, Verdict
from despin.rules import is_scored


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals over reviews.

    Attributes:
        documents: how many were reviewed.
        words: their words.
        fixed: findings with an accepted edit.
        left: findings that are still open.
        spun_words: estimated number of substituted words.
        scored_words: words of the documents for which that was estimated.
    """

    documents: int = 0
    words: int = 0
    fixed: int = 0
    left: int = 0
    spun_words: float = 0.0
    scored_words: int = 0

    def plus(self, review: Review) -> Summary:
        """The totals with one more review."""
        verdicts = [decision.verdict for decision in review.decisions]
        words, share = review.document.word_count, found_spun(review)
        return Summary(
            documents=self.documents + 1,
            words=self.words + words,
            fixed=self.fixed + verdicts.count(Verdict.ACCEPTED),
            left=self.left + verdicts.count(Verdict.OPEN),
            spun_words=self.spun_words + (share or 0.0) * words,
            scored_words=self.scored_words + (words if share is not None else 0),
        )

    def undelivered(self, review: Review) -> Summary:
        """The totals when the repaired text of this review got nowhere: all of it is left."""
        lost = [decision.verdict for decision in review.decisions].count(Verdict.ACCEPTED)
        return replace(self, fixed=self.fixed - lost, left=self.left + lost)

    @property
    def spun_share(self) -> float | None:
        """Estimated share of the words that were substituted; ``None`` when not estimated."""
        return self.spun_words / self.scored_words if self.scored_words else None

    def of_check(self) -> str:
        """One line about what was found."""
        parts = [count(self.left, "finding"), f"in {self._size()}"]
        share = self.spun_share
        return " ".join(parts) + (f"; {looks_spun(share)}" if share else "")

    def of_fix(self) -> str:
        """One line about what was fixed and what is left.

        One edit may mend several findings, and show others: the two need not come to as many as
        `of_check` would count.
        """
        return f"{self.fixed:,} fixed, {self.left:,} left in {self._size()}"

    def _size(self) -> str:
        words = count(self.words, "word")
        return words if self.documents == 1 else f"{words}, {count(self.documents, 'document')}"


def found_spun(review: Review) -> float | None:
    """The share of substituted words; 0 where no such word was found, ``None`` when not estimated.

    Before a text is read some of its words are thought to be spun (`despin.score.judge.HOLD` says
    how many), and a short one changes that little.
    """
    found = any(is_scored(finding.rule) for finding in review.findings)
    return review.spun_share if found or review.spun_share is None else 0.0


def count(number: int, noun: str) -> str:
    """``1 word``, ``1,200 words``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def looks_spun(share: float) -> str:
    """``looks spun: 9 % of words``."""
    return f"looks spun: {percent(share)} of words"


def percent(share: float) -> str:
    """A whole percentage; what is not nothing is at least ``<1 %``, and never ``100 %`` early."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 <= share < 1:
        return ">99 %"
    return f"{share:.0%}".replace("%", " %")
