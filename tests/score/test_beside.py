"""What is read beside the language model: the fast scorer's evidence, and a large encoder's."""

from __future__ import annotations

import numpy as np
import pytest

from despin.document import Document
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score.beside import BESIDE_COLUMNS, LARGE_COLUMNS, BesideReader
from despin.score.collocations import Collocations
from despin.score.encoder import Encoder
from despin.score.near import NEAR_COLUMNS, NearReader
from despin.score.repaired import moved

TEXT = (
    "The firm sent its big invoices to the town. Nobody in the town had seen such invoices "
    "before, and the mayor mentioned that the invoices would be paid."
)


@pytest.fixture(scope="module")
def near() -> NearReader:
    return NearReader(Collocations.load(), Encoder())


@pytest.fixture(scope="module")
def places(table: Substitutions) -> Slots:
    return slots(table, Document("-", TEXT))


def test_one_encoder_in_both_places_says_the_same_twice(near: NearReader, places: Slots) -> None:
    found = BesideReader(near, Encoder()).evidence(Document("-", TEXT), places)
    assert found.shape == (len(places.form), len(BESIDE_COLUMNS))
    small = [name.replace("large_", "") for name in LARGE_COLUMNS]
    at = [NEAR_COLUMNS.index(name if "elsewhere" in name else f"encoder_{name}") for name in small]
    assert np.array_equal(found[:, len(NEAR_COLUMNS) :], found[:, at])


def test_what_was_read_before_is_not_read_again(near: NearReader, places: Slots) -> None:
    document = Document("-", TEXT)
    before = np.full((len(places.form), len(NEAR_COLUMNS)), 7, np.float32)
    found = BesideReader(near, Encoder()).evidence(document, places, before)
    assert np.array_equal(found[:, : len(NEAR_COLUMNS)], before)


def test_some_slots_are_judged_in_the_company_of_all(near: NearReader, places: Slots) -> None:
    reader, document = BesideReader(near, Encoder()), Document("-", TEXT)
    whole = reader.evidence(document, places)
    assert whole[:, -2:].any()
    every = np.arange(0, len(places), 3)
    some, _ = moved(places.only(every), [], document)
    found = reader.again(document, some, places, whole)
    assert np.allclose(found, whole[np.isin(places.slot_of, every)])


def test_vectors_that_are_forgotten_are_worked_out_again(places: Slots) -> None:
    kept, forgetful = Encoder(), Encoder(kept=0)
    for _ in range(2):
        assert np.array_equal(forgetful.evidence(TEXT, places), kept.evidence(TEXT, places))
