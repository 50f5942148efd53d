"""Which pieces of a text are the words in question."""

from __future__ import annotations

import numpy as np

from despin.propose.slots import Slots
from despin.score.pieces import Encoded
from despin.score.places import places

TEXT = "the 2 dogs, 30 or\n4 cats"
PIECES = ["the", " ", "2", " dogs", ",", " ", "3", "0", " or", "\n", "4", " cats"]


def encoded() -> Encoded:
    ends = np.cumsum([len(piece) for piece in PIECES]).astype(np.int32)
    starts = ends - np.array([len(piece) for piece in PIECES], np.int32)
    return Encoded(np.arange(len(PIECES), dtype=np.int32), starts, ends)


def slots_at(*words: str) -> Slots:
    start = np.array([TEXT.index(word) for word in words], np.int32)
    none = np.zeros(0, np.int32)
    return Slots(
        start=start,
        end=start + np.array([len(word) for word in words], np.int32),
        token=none,
        tokens=none,
        function_word=none.astype(np.bool_),
        quoted=none.astype(np.bool_),
        first=np.zeros(len(words) + 1, np.int32),
        written=none,
        form=none,
        weight=none.astype(np.float32),
        source=none.astype(np.uint8),
        user=none.astype(np.bool_),
        forms=[],
    )


def test_the_space_before_a_number_belongs_to_it_as_it_does_to_a_word() -> None:
    where = places(encoded(), slots_at("2", "dogs", "30", "4", "cats"), TEXT)
    pieces = [PIECES[a:b] for a, b in zip(where.first, where.behind, strict=True)]
    assert pieces == [[" ", "2"], [" dogs"], [" ", "3", "0"], ["4"], [" cats"]]
    assert where.space.tolist() == [True, True, True, False, True]


def test_no_slots_have_no_pieces() -> None:
    assert len(places(encoded(), slots_at(), TEXT).first) == 0
