"""The tokenizer made from GGUF metadata, on a small vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.score.pieces import Pieces

if TYPE_CHECKING:
    from despin.score.model_files import ModelFiles


@pytest.fixture(scope="module")
def pieces(tiny_model: ModelFiles) -> Pieces:
    return Pieces.load(tiny_model.pieces)


def test_a_leading_space_belongs_to_its_piece(pieces: Pieces) -> None:
    text = "the cat the"
    found = pieces.encode(text)
    parts = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert parts == ["the", " c", "a", "t", " the"]


def test_digits_stand_alone(pieces: Pieces) -> None:
    assert len(pieces.encode("2024").ids) == 4


def test_offsets_count_code_points(pieces: Pieces) -> None:
    text = "é😀 the"
    found = pieces.encode(text)
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    assert spans == [(0, 1)] * 2 + [(1, 2)] * 4 + [(2, 6)]


def test_control_pieces_in_a_text_are_text(pieces: Pieces) -> None:
    assert 0 not in pieces.encode("<|endoftext|>").ids


@given(st.text())
def test_spans_cover_the_text_in_order(tiny_pieces: Pieces, text: str) -> None:
    found = tiny_pieces.encode(text)
    covered = {
        place for a, b in zip(found.starts, found.ends, strict=True) for place in range(a, b)
    }
    assert covered == set(range(len(text)))
    assert (found.starts[1:] >= found.starts[:-1]).all()
    assert (found.ends[1:] >= found.ends[:-1]).all()


def test_many_at_once_equal_one_by_one(pieces: Pieces) -> None:
    texts = ["the cat", "", " 12 the", "c\ud83d the"]
    for text, ids in zip(texts, pieces.encode_ids(texts), strict=True):
        assert ids.tolist() == pieces.encode(text).ids.tolist()
