"""Judging once more with the confident repairs made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.document import Document
from despin.edit import apply
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scores
from despin.score.repaired import CONFIDENT, judged_again, moved, repairs

TEXT = (
    "The company will sell its US surgeries, an app and a big shop.\n\n"
    "Officials said the therapy of “the minority” in a camp was due to the fact that it rained. "
    "HUGE profits — and an enormous bill — utilize the identical place as before."
)

PRIOR = Prior(0.07, 0.02)


def scored(places: Slots, chosen: dict[str, float], text: str) -> Scores:
    """Scores in which some words' first candidates have a probability, all others none."""
    spun = np.zeros(len(places), np.float32)
    candidate = np.zeros(len(places.slot_of), np.float32)
    for index in range(len(places)):
        probability = chosen.get(places.span(index).of(text), 0.0)
        spun[index] = probability
        rows = places.rows(index)
        if probability and len(rows):
            candidate[rows[0]] = probability
    return Scores(spun, candidate, candidate.copy(), 0.1, PRIOR)


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(0, 10_000), max_size=12))
def test_a_moved_slot_is_the_slot_of_the_repaired_text(
    table: Substitutions, draws: set[int]
) -> None:
    document = Document("-", TEXT)
    places = slots(table, document)
    candidate = np.zeros(len(places.slot_of), np.float32)
    candidate[[draw % len(candidate) for draw in draws]] = 0.9
    scores = Scores(np.zeros(len(places), np.float32), candidate, candidate, 0.0, PRIOR)
    edits = repairs(document, places, scores)
    repaired = replace(document, text=apply(TEXT, edits))
    free = [
        index
        for index in range(len(places))
        if not any(edit.span.overlaps(places.span(index)) for edit in edits)
    ]
    there, found = moved(places.only(np.array(free, np.int_)), edits, repaired)
    fresh = slots(table, repaired)
    known = {fresh.span(index): index for index in range(len(fresh))}
    assert found.mean() > 0.5
    for index in range(len(there)):
        span = there.span(index)
        number = free[int(np.flatnonzero(found)[index])]
        assert span.of(repaired.text) == places.span(number).of(TEXT)
        assert there.forms[int(there.written[index])] == places.forms[int(places.written[number])]
        if span in known:
            assert there.token[index] == fresh.token[known[span]]


def test_the_noun_of_a_possessive_is_judged_again(table: Substitutions) -> None:
    text = "The surgeries are the planet’s biggest and the planet's oldest."
    document = Document("-", text)
    places = slots(table, document)
    edits = repairs(document, places, scored(places, {"surgeries": 0.9}, text))
    repaired = replace(document, text=apply(text, edits))
    kept = [i for i in range(len(places)) if places.span(i).of(text) == "planet"]
    there, found = moved(places.only(np.array(kept, np.int_)), edits, repaired)
    assert len(kept) == 2
    assert found.all()
    assert {there.span(i).of(repaired.text) for i in range(2)} == {"planet"}


def test_open_places_are_judged_in_the_repaired_text(table: Substitutions) -> None:
    document = Document("-", TEXT)
    places = slots(table, document)
    first = scored(places, {"surgeries": 0.9, "therapy": 0.3, "big": 0.05}, TEXT)
    asked: list[tuple[str, list[str], Prior]] = []

    def score(repaired: Document, some: Slots, prior: Prior) -> Scores:
        words = [some.span(index).of(repaired.text) for index in range(len(some))]
        asked.append((repaired.text, words, prior))
        return scored(some, {"therapy": 0.8}, repaired.text)

    both = judged_again(score, document, places, first)
    ((text, words, prior),) = asked
    assert "surgeries" not in text
    assert words == ["therapy"]  # what was repaired or looks good is not asked again
    assert prior == first.prior
    by_word = {places.span(i).of(TEXT): float(both.spun[i]) for i in range(len(places))}
    assert by_word["surgeries"] == pytest.approx(0.9)
    assert by_word["therapy"] == pytest.approx(0.8)
    assert by_word["big"] == pytest.approx(0.05)
    assert both.share > first.share


def test_wordings_as_good_as_ruled_out_are_not_asked_about_again(table: Substitutions) -> None:
    document = Document("-", TEXT)
    places = slots(table, document)
    first = scored(places, {"surgeries": 0.9, "therapy": 0.3}, TEXT)
    index = next(i for i in range(len(places)) if places.span(i).of(TEXT) == "therapy")
    rows = places.rows(index)
    first.candidate[rows[:4]] = 0.2, 0.004, 0.05, 0.0
    asked: list[list[str]] = []

    def score(_: Document, some: Slots, prior: Prior) -> Scores:
        asked.append([some.forms[number] for number in some.form.tolist()])
        values = np.array([0.1, 0.7], np.float32)
        return Scores(np.array([0.8], np.float32), values, values + 1, 0.1, prior)

    both = judged_again(score, document, places, first)
    assert asked == [[places.forms[int(places.form[row])] for row in rows[[0, 2]]]]
    assert both.candidate[rows[:4]].tolist() == pytest.approx([0.1, 0.0, 0.7, 0.0])
    assert both.odds[rows[2]] == pytest.approx(1.7)


def test_without_a_confident_repair_nothing_is_judged_again(table: Substitutions) -> None:
    document = Document("-", TEXT)
    places = slots(table, document)
    first = scored(places, {"surgeries": CONFIDENT - 0.02, "therapy": 0.3}, TEXT)

    def score(*_: object) -> Scores:
        raise AssertionError("asked again")

    assert judged_again(score, document, places, first) is first
