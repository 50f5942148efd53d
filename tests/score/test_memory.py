"""What the other places of a word say of a swap."""

from __future__ import annotations

import math

import numpy as np
import pytest

from despin.document import Document
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score.collocations import Collocations
from despin.score.encoder import Encoder
from despin.score.memory import MEMORY_COLUMNS, Memory
from despin.score.near import NEAR_COLUMNS, NearReader, remembered
from despin.score.repaired import moved

TEXT = (
    "The firm sent its big invoices to the town. Nobody in the town had seen such invoices "
    "before, and the mayor mentioned that the invoices would be paid."
)


@pytest.fixture(scope="module")
def places(table: Substitutions) -> Slots:
    return slots(table, Document("-", TEXT))


def rows_of(places: Slots, words: str, candidate: str) -> list[int]:
    return [
        row
        for slot in range(len(places))
        if TEXT[places.start[slot] : places.end[slot]] == words
        for row in places.candidates(slot)
        if places.forms[int(places.form[row])] == candidate
    ]


def test_a_swap_is_set_beside_the_same_swap_elsewhere(places: Slots) -> None:
    rows = rows_of(places, "invoices", "bills")
    assert len(rows) == 3
    gain = np.zeros(len(places.form), np.float32)
    gain[rows] = 1.0, 2.0, 6.0
    spun = np.zeros(len(places.form), np.float32)
    slot = places.slot_of
    for row, odds in zip(rows, (-1.0, 0.0, 4.0), strict=True):
        spun[slot == slot[row]] = odds
    found = Memory.of(places, gain, spun).evidence(places, gain, spun)[rows]
    times, spun_elsewhere, gain_elsewhere = found.T
    assert times == pytest.approx([math.log(3)] * 3)
    assert spun_elsewhere == pytest.approx([2.0, 1.0, -3.0])
    assert gain_elsewhere == pytest.approx([2.0, 1.0, -3.0])


def test_a_word_that_stands_there_once_has_nothing_elsewhere(places: Slots) -> None:
    (row,) = rows_of(places, "big", "large")
    gain = np.ones(len(places.form), np.float32)
    assert not Memory.of(places, gain, gain).evidence(places, gain, gain)[row].any()


def test_some_slots_are_judged_in_the_company_of_all(places: Slots) -> None:
    near = NearReader(Collocations.load(), Encoder())
    document = Document("-", TEXT)
    whole = near.evidence(document, places)
    first = len(NEAR_COLUMNS) - len(MEMORY_COLUMNS)
    assert whole[:, first:].any()
    some, _ = moved(places.only(np.arange(0, len(places), 3)), [], document)
    kept = np.isin(places.slot_of, np.arange(0, len(places), 3))
    assert np.allclose(near.evidence(document, some, remembered(places, whole)), whole[kept])


def test_without_an_encoder_nothing_is_remembered(places: Slots) -> None:
    near = NearReader(Collocations.load()).evidence(Document("-", TEXT), places)
    assert remembered(places, near) is None


def test_no_slots_have_no_memory(table: Substitutions) -> None:
    none = slots(table, Document("-", ""))
    empty = np.zeros(0, np.float32)
    assert Memory.of(none, empty, empty).evidence(none, empty, empty).shape == (0, 3)
