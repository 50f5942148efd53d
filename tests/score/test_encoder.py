"""The encoder: every slot is read once, in its best window, whatever stands in other documents."""

from __future__ import annotations

import numpy as np
import pytest

from despin.document import Document
from despin.propose.substitutions import Substitutions, slots
from despin.score.encoder import ENCODER_COLUMNS, MARGIN, WINDOW, Encoder, window_starts

SHORT = "The firm paid its big invoices in March, and the place was joyful."
LONG = " ".join(f"Item {i}: the company sold its large surgeries to a buyer." for i in range(40))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.mark.parametrize("pieces", [0, 1, 100, WINDOW, WINDOW + 1, 500, 5000])
def test_windows_cover_the_text_and_overlap(pieces: int) -> None:
    starts = window_starts(pieces)
    size = min(WINDOW, pieces)
    covered = {place for start in starts for place in range(start, start + size)}
    assert covered == set(range(pieces))
    assert (np.diff(starts) <= WINDOW - 2 * MARGIN).all()


def test_evidence_is_the_product_of_query_and_wording(
    encoder: Encoder, table: Substitutions
) -> None:
    found = slots(table, Document("-", SHORT))
    evidence = encoder.evidence(SHORT, found)
    assert evidence.shape == (len(found.form), len(ENCODER_COLUMNS))
    encoded = encoder._tokenizer.encode(SHORT)
    ids = np.array(encoded.ids, np.int32)
    query, odds = encoder._session.run(None, {"vectors": encoder.vectors(ids[None])})
    index = [found.span(i).of(SHORT) for i in range(len(found))].index("invoices")
    begin = SHORT.index("invoices")
    inside = [i for i, (a, b) in enumerate(encoded.offsets) if begin <= a < b <= begin + 8]
    ends = [inside[0], inside[-1]]
    row = found.first[index]
    wordings = [found.forms[int(found.form[row])], "invoices"]
    means = [encoder.vectors(ids).mean(axis=0) for ids in encoder.pieces(wordings)]
    expected = query[0, ends].mean(axis=0) @ (means[0] - means[1])
    assert evidence[row, 0] == pytest.approx(float(expected), abs=2e-2)
    assert evidence[row, 1] == pytest.approx(float(odds[0, ends].mean()), abs=1e-3)


def test_the_best_candidate_is_behind_by_nothing(encoder: Encoder, table: Substitutions) -> None:
    found = slots(table, Document("-", SHORT))
    gain, _, best, behind = encoder.evidence(SHORT, found).T
    for index in range(len(found)):
        rows = slice(found.first[index], found.first[index + 1])
        assert behind[rows].min() == 0
        assert (best[rows] == gain[rows].max()).all()


def test_every_slot_of_a_long_text_is_read(encoder: Encoder, table: Substitutions) -> None:
    found = slots(table, Document("-", LONG))
    evidence = encoder.evidence(LONG, found)
    assert (evidence[:, 1] != 0).all()


def test_other_documents_change_nothing(encoder: Encoder, table: Substitutions) -> None:
    found = slots(table, Document("-", SHORT))
    alone = Encoder().evidence(SHORT, found)
    encoder.evidence(LONG, slots(table, Document("-", LONG)))
    assert (encoder.evidence(SHORT, found) == alone).all()


def test_half_a_character_pair_is_read_as_any_other(encoder: Encoder, table: Substitutions) -> None:
    text = "He mentioned \ud83d that the invoice was paid."
    found = slots(table, Document("-", text))
    whole = slots(table, Document("-", text.replace("\ud83d", "\ufffd")))
    assert (
        encoder.evidence(text, found) == encoder.evidence(text.replace("\ud83d", "\ufffd"), whole)
    ).all()


def test_no_slots_give_no_rows(encoder: Encoder, table: Substitutions) -> None:
    assert encoder.evidence("", slots(table, Document("-", ""))).shape == (0, 4)


def test_some_slots_alone_say_what_they_say_among_all(
    encoder: Encoder, table: Substitutions
) -> None:
    found = slots(table, Document("-", LONG))
    some = found.only(np.array([3, len(found) // 2, len(found) - 2]))
    rows = np.concatenate([found.rows(i) for i in (3, len(found) // 2, len(found) - 2)])
    every, alone = encoder.evidence(LONG, found), encoder.evidence(LONG, some)
    assert np.allclose(alone, every[rows], atol=0.02)
