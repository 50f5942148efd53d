"""The measures: pure functions on plain data.

Gold spans with at most `LONGEST` words on both sides count. A finding that touches only longer ones
(re-ordered clauses, mostly) counts neither way; how many there are is told. Precision is the share
of findings that touch a gold span, recall the share of gold spans that a finding touches.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

import numpy as np

from benchmarks.restoration import Patch, changes, exact, restores, touches, within, words

LONGEST = 3
"""Words that a gold span may have on either side."""


class Found(NamedTuple):
    """One finding.

    Attributes:
        start: first code point of the words in question.
        end: behind their last.
        rule: the name of what found it.
        confidence: that they are spun, 0 to 1.
        safe: the first wording would be put in unasked.
        sure: confidence of the first wording, 0 to 1.
        wordings: edits, the likeliest first.
    """

    start: int
    end: int
    rule: str
    confidence: float
    safe: bool
    sure: float
    wordings: tuple[Patch, ...]


class Counts(NamedTuple):
    """What is counted; documents and sources add up field by field (`total`)."""

    true: int = 0
    """Findings on a gold span."""
    exact: int = 0
    """… whose first wording is exactly right about all the words that it changes."""
    false: int = 0
    neutral: int = 0
    """Findings on long gold spans alone."""
    spans: int = 0
    """Gold spans that count."""
    hit: int = 0
    """… that a finding touches."""
    first: int = 0
    """… whose exact words the first wordings restore."""
    five: int = 0
    """… or one of the first five of each finding."""
    long: int = 0
    """Gold spans that are too long to count."""
    words: int = 0
    safe: int = 0
    """Safe edits, those on long spans alone left out."""
    safe_exact: int = 0
    """… that restore the exact original words."""
    safe_within: int = 0
    """… that do, or put in words that stand in the original of the span they touch."""
    safe_false: int = 0
    """… where nothing was spun."""
    single: int = 0
    """Gold spans of one word for one word."""
    covered: int = 0
    """… whose original the lexicon offers."""
    covered_first: int = 0
    covered_five: int = 0


def is_long(gold: Patch) -> bool:
    """Whether a gold span has too many words to count."""
    return max(len(words(gold.before)), len(words(gold.after))) > LONGEST


def is_single(gold: Patch) -> bool:
    """Whether one word stands for one word."""
    return len(words(gold.before)) == len(words(gold.after)) == 1


def hits(found: Found, gold: Patch) -> bool:
    """Whether a finding touches a gold span.

    Where words are missing (nothing stands in the gold span), the finding must lie around the
    place or put something in there.
    """
    if gold.start < gold.end:
        return found.start < gold.end and gold.start < found.end
    if found.start < gold.start < found.end:
        return True
    small = (change for wording in found.wordings[:5] for change in changes(wording))
    return any(change.start == change.end and touches(change, gold) for change in small)


class Verdict(NamedTuple):
    """One finding beside the truth: whether it is right, and whether its first wording is.

    ``within``: or it puts in words that stand in the original of the span it touches.
    """

    found: Found
    spun: bool
    exact: bool
    within: bool


def verdicts(text: str, golds: Sequence[Patch], found: Iterable[Found]) -> Iterator[Verdict]:
    """The findings that count, each with what is true of it; those on long spans are left out."""
    for one in found:
        touched = [gold for gold in golds if hits(one, gold)]
        if touched and all(map(is_long, touched)):
            continue
        first = one.wordings[0] if touched and one.wordings else None
        right = first is not None and exact(text, golds, first)
        near = right or (first is not None and within(golds, first))
        yield Verdict(one, bool(touched), right, near)


def count(  # noqa: PLR0913 - what is known of a document
    text: str,
    golds: Sequence[Patch],
    found: Iterable[Found],
    *,
    words_read: int = 0,
    offered: Collection[Patch] = (),
    restored: bool = True,
) -> Counts:
    """Count one document.

    Args:
        text: the spun text.
        golds: its gold spans, not overlapping.
        found: findings above the bar, not overlapping.
        words_read: words of the document.
        offered: gold spans whose original the lexicon offers.
        restored: whether to count what is restored too; that takes most of the time.
    """
    found = list(found)
    judged = list(verdicts(text, golds, found))
    short = [gold for gold in golds if not is_long(gold)]
    single = {gold for gold in short if is_single(gold)}
    known = single.intersection(offered)
    touching = {gold: [f for f in found if hits(f, gold)] for gold in short}
    ranks = {g: _rank(text, golds, g, touching[g]) if restored else 0 for g in short}
    safe = [v for v in judged if v.found.safe]
    return Counts(
        true=sum(v.spun for v in judged),
        exact=sum(v.exact for v in judged),
        false=sum(not v.spun for v in judged),
        neutral=len(found) - len(judged),
        spans=len(short),
        hit=sum(map(bool, touching.values())),
        first=sum(rank == 1 for rank in ranks.values()),
        five=sum(rank in {1, 5} for rank in ranks.values()),
        long=len(golds) - len(short),
        words=words_read,
        safe=len(safe),
        safe_exact=sum(v.exact for v in safe),
        safe_within=sum(v.within for v in safe),
        safe_false=sum(not v.spun for v in safe),
        single=len(single),
        covered=len(known),
        covered_first=sum(ranks[gold] == 1 for gold in known),
        covered_five=sum(ranks[gold] in {1, 5} for gold in known),
    )


def _rank(text: str, golds: Sequence[Patch], gold: Patch, found: Sequence[Found]) -> int:
    """1 if the first wordings restore a gold span, 5 if wordings among the first five, else 0."""
    found = [f for f in found if f.wordings]
    if not found:
        return 0
    if restores(text, golds, gold, [f.wordings[0] for f in found]):
        return 1
    choices = islice(product(*(f.wordings[:5] for f in found)), 625)
    return 5 if any(restores(text, golds, gold, choice) for choice in choices) else 0


def total(counts: Iterable[Counts]) -> Counts:
    """The sum, field by field."""
    return Counts(*(sum(column) for column in zip(Counts(), *counts, strict=True)))


def ratio(part: float, whole: float) -> float:
    """``part / whole``, NaN for nothing of nothing."""
    return part / whole if whole else float("nan")


def precision(c: Counts) -> float:
    """Share of the findings that touch a gold span."""
    return ratio(c.true, c.true + c.false)


def recall(c: Counts) -> float:
    """Share of the gold spans that a finding touches."""
    return ratio(c.hit, c.spans)


def f_half(c: Counts) -> float:
    """F0.5 of precision and recall: precision weighs twice."""
    p, r = precision(c), recall(c)
    if np.isnan(p) or np.isnan(r) or not p + r:
        return 0.0 if c.spans else float("nan")
    return 1.25 * p * r / (0.25 * p + r)


def per_thousand(part: int, c: Counts) -> float:
    """``part`` for each 1,000 words."""
    return ratio(1000 * part, c.words)


def interval(
    groups: Sequence[Counts],
    measure: Callable[[Counts], float],
    *,
    rounds: int = 1000,
    seed: int = 0,
) -> tuple[float, float]:
    """Bootstrap 95 % interval (percentiles), groups drawn with replacement.

    Efron 1979, Bootstrap methods: another look at the jackknife; a group is all that is from one
    source, for its documents are not independent.
    """
    if not groups:
        return float("nan"), float("nan")
    table = np.array(groups, np.int64)
    size = len(groups)
    drawn = np.random.default_rng(seed).multinomial(size, [1 / size] * size, rounds)
    values = [measure(Counts(*row)) for row in (drawn @ table).tolist()]
    known = np.array([v for v in values if not np.isnan(v)])
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
