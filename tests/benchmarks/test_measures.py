"""The measures on cases counted by hand."""

from __future__ import annotations

import math

import pytest

from benchmarks.measures import (
    Counts,
    Found,
    count,
    f_half,
    hits,
    interval,
    per_thousand,
    precision,
    recall,
    total,
)
from benchmarks.restoration import Patch

TEXT = "The aged bridge crossed a broad creek where ladies sold wares at the side of it all day."


def patch(before: str, after: str) -> Patch:
    start = TEXT.index(before)
    return Patch(start, start + len(before), before, after)


def found(before: str, *afters: str, confidence: float = 0.6, safe: bool = False) -> Found:
    wordings = tuple(patch(before, after) for after in afters)
    start = TEXT.index(before)
    return Found(start, start + len(before), "synonym", confidence, safe, confidence / 2, wordings)


GOLDS = [
    patch("aged", "old"),
    patch("broad creek", "wide river"),
    patch("ladies", "women"),
    patch("at the side of it all", "beside"),
]


def test_one_document_by_hand() -> None:
    counted = count(
        TEXT,
        GOLDS,
        [
            found("aged", "old", safe=True),
            found("broad", "narrow", "wide"),
            found("creek", "river", safe=True),
            found("side", "edge", safe=True),
            found("day", "night", safe=True),
            found("wares", "goods"),
        ],
        words_read=18,
        offered=[GOLDS[0], GOLDS[2]],
    )
    assert counted == Counts(
        true=3,
        exact=2,
        false=2,
        neutral=1,
        spans=3,
        hit=2,
        first=1,
        five=2,
        long=1,
        words=18,
        safe=3,
        safe_exact=2,
        safe_within=2,
        safe_false=1,
        single=2,
        covered=2,
        covered_first=1,
        covered_five=1,
    )
    assert precision(counted) == pytest.approx(0.6)
    assert recall(counted) == pytest.approx(2 / 3)
    assert f_half(counted) == pytest.approx(1.25 * 0.6 * (2 / 3) / (0.25 * 0.6 + 2 / 3))
    assert per_thousand(counted.safe_false, counted) == pytest.approx(1000 / 18)


def test_a_safe_edit_may_put_in_a_word_of_a_span_that_does_not_pair_off() -> None:
    golds = [patch("aged bridge crossed", "old span")]
    edits = [found("bridge", "span", safe=True), found("aged", "ancient", safe=True)]
    counted = count(TEXT, golds, edits)
    assert (counted.safe, counted.safe_exact, counted.safe_within) == (2, 0, 1)


def test_a_finding_on_a_short_and_a_long_span_counts() -> None:
    wide = found("wares at the side", "goods beside")
    assert count(TEXT, [*GOLDS, patch("wares", "goods")], [wide]).true == 1


def test_a_sixth_wording_is_too_late() -> None:
    late = found("aged", "v", "w", "x", "y", "z", "old")
    assert count(TEXT, GOLDS, [late]).five == 0
    assert count(TEXT, GOLDS, [late._replace(wordings=late.wordings[1:])]).five == 1


def test_a_finding_without_wordings_still_finds() -> None:
    counted = count(TEXT, GOLDS, [found("aged")])
    assert (counted.true, counted.hit, counted.first, counted.five) == (1, 1, 0, 0)


def test_missing_words_are_found_by_what_lies_around_or_puts_in() -> None:
    at = TEXT.index("sold")
    gold = Patch(at, at, "", "often")
    assert hits(found("ladies sold", "women sold"), gold)
    assert hits(found("ladies", "ladies often"), gold)
    assert not hits(found("ladies", "women"), gold)


def test_nothing_found_and_nothing_to_find() -> None:
    empty = count(TEXT, [], [])
    assert math.isnan(precision(empty))
    assert math.isnan(recall(empty))
    assert math.isnan(f_half(empty))
    assert f_half(count(TEXT, GOLDS, [])) == 0


def test_totals_add_field_by_field() -> None:
    assert total([Counts(true=2, words=5), Counts(true=1, safe=4)]) == Counts(
        true=3, words=5, safe=4
    )
    assert total([]) == Counts()


def test_the_interval_is_the_same_every_time_and_holds_the_value() -> None:
    groups = [Counts(true=t, false=10 - t) for t in range(11)]
    low, high = interval(groups, precision)
    assert (low, high) == interval(groups, precision)
    assert low < 0.5 < high


def test_one_source_has_no_spread() -> None:
    assert interval([Counts(true=3, false=1)], precision) == (0.75, 0.75)
