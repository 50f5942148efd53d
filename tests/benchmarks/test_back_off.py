"""Counts alone: which word reads better between its neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.back_off import log_odds, neighbours
from despin.score.collocations import BORDER, Collocations


@pytest.fixture(scope="module")
def table() -> Collocations:
    return Collocations.load()


def test_neighbours_end_at_borders(table: Collocations) -> None:
    ids = np.array([5, 6, 7, BORDER, 8], dtype=np.int32)
    expected = [
        [BORDER, BORDER, 6, 7],
        [BORDER, 5, 7, BORDER],
        [5, 6, BORDER, BORDER],
        [6, 7, 8, BORDER],
        [BORDER, BORDER, BORDER, BORDER],
    ]
    assert neighbours(ids).tolist() == expected
    assert neighbours(ids[:0]).shape == (0, 4)


@pytest.mark.parametrize(
    ("text", "written", "original"),
    [
        ("they * on the government", "predicted", "called"),
        ("at the end * the day", "from", "of"),
        ("for the first * since then", "season", "time"),
        ("a * official said on", "elderly", "senior"),
    ],
)
def test_log_odds_prefer_the_usual_word(
    table: Collocations, text: str, written: str, original: str
) -> None:
    words = text.split()
    at = words.index("*")
    context = neighbours(table.word_ids(words))[[at]]
    odds = log_odds(
        table, context, table.word_ids([written]), table.word_ids([original, written])[None]
    )
    assert odds.shape == (1, 2)
    assert odds[0, 0] > 1
    assert odds[0, 1] == pytest.approx(0, abs=1e-5)


ids = st.lists(st.integers(0, 50_000), min_size=4, max_size=4)


@given(ids, st.integers(0, 50_000), st.integers(0, 50_000))
def test_log_odds_are_finite_and_turn_sign_when_the_words_change_places(
    table: Collocations, context: list[int], a: int, b: int
) -> None:
    around = np.array([context], dtype=np.int32)
    one = log_odds(table, around, np.array([a]), np.array([[b]]))
    back = log_odds(table, around, np.array([b]), np.array([[a]]))
    assert np.isfinite(one).all()
    assert one[0, 0] == pytest.approx(-back[0, 0], abs=1e-3)
