"""Collocations: the shipped table and what is read out of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.score.collocations import (
    BORDER,
    FIRST_WORD,
    NUMBER,
    UNKNOWN,
    Collocations,
    pack,
    symbol,
)

DATA = Path(__file__).parents[2] / "despin" / "score" / "data"


@pytest.fixture(scope="module")
def table() -> Collocations:
    return Collocations.load()


def test_the_table_is_small() -> None:
    assert sum(path.stat().st_size for path in DATA.glob("collocations*")) < 22_000_000


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Collocations.load(tmp_path)


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("", "<border>"),
        ("\n", "<border>"),
        ("1,200.5", "<number>"),
        ("20th", "<number>"),
        ("Don’t", "don't"),
        ("”", '"'),
        ("’", "'"),
        ("–", "—"),
        (";", ";"),
    ],
)
def test_symbols(piece: str, expected: str) -> None:
    assert symbol(piece) == expected


def test_ids_of_words_borders_numbers_and_the_unknown(table: Collocations) -> None:
    ids = table.word_ids(["The", "", "17", "qzxvkj", "the", "“", '"'])
    assert ids.dtype == np.int32
    assert list(ids[1:4]) == [BORDER, NUMBER, UNKNOWN]
    assert ids[0] == ids[4] >= FIRST_WORD
    assert ids[5] == ids[6]
    assert table.word_ids([]).shape == (0,)


def test_frequent_words_have_the_higher_log_frequency(table: Collocations) -> None:
    the, spleen, unknown = table.log_frequency(table.word_ids(["the", "spleen", "qzxvkj"]))
    assert 0 > the > spleen > unknown > -20


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("of the", "the of"),
        ("treatment of", "therapy of"),
        ("called on", "predicted on"),
        ("a lot of", "a plot of"),
        ("the united states", "the joined states"),
    ],
)
def test_usual_wordings_are_counted_more_often(table: Collocations, usual: str, odd: str) -> None:
    def count(words: str) -> float:
        ids = table.word_ids(words.split())
        return float(table.bigram(*ids) if len(ids) == 2 else table.trigram(*ids))

    assert count(usual) > count(odd)


def test_lookups_broadcast(table: Collocations) -> None:
    left, right = table.word_ids(["of", "in"]), table.word_ids(["the", "a", "qzxvkj"])
    grid = table.bigram(left[:, None], right)
    assert grid.shape == (2, 3)
    assert grid.dtype == np.float32
    assert grid[1, 0] == table.bigram(left[1], right[0]) > 0
    assert (grid[:, 2] == 0).all()


def test_fit_reads_five_counts_around_each_candidate(table: Collocations) -> None:
    l2, l1, c, other, r1, r2 = table.word_ids("as a result matter of the".split())
    context = np.array([[l2, l1, r1, r2]], dtype=np.int32)
    scores = table.fit(context, np.array([[c, other]], dtype=np.int32))
    assert scores.shape == (1, 2, 5)
    assert scores[0, 0].tolist() == [
        float(table.bigram(l1, c)),
        float(table.bigram(c, r1)),
        float(table.trigram(l2, l1, c)),
        float(table.trigram(l1, c, r1)),
        float(table.trigram(c, r1, r2)),
    ]


def test_fit_scores_the_outer_words_of_a_phrase(table: Collocations) -> None:
    context = table.word_ids("was a of people".split())[None]
    first, last = table.word_ids(["large", "number"])
    scores = table.fit(context, np.array([[first]]), np.array([[last]]))[0, 0]
    assert scores[0] == table.bigram(context[0, 1], first)
    assert scores[1] == table.bigram(last, context[0, 2])
    assert scores[3] == 0


ids = st.lists(st.integers(0, 50_000), min_size=4, max_size=4)


@given(ids)
def test_a_hash_depends_on_each_id_and_its_place(numbers: list[int]) -> None:
    a, b, c, _ = numbers
    assert pack(a, b, c) == pack(np.array([a]), b, c)[0]
    if len({a, b, c}) == 3:
        assert len({int(pack(*order)) for order in ((a, b, c), (b, a, c), (c, b, a))}) == 3
