"""The 8-bit variant: exact where it claims to be, near the full one, and blind to neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.score.engine import Engine
from despin.score.model_int8 import LEVELS, hadamard, quantise

if TYPE_CHECKING:
    from despin.score.model_files import ModelFiles


@pytest.mark.parametrize(("inputs", "size"), [(576, 64), (1536, 64), (96, 32), (7, 1), (64, 64)])
def test_turning_twice_gives_the_input_back(inputs: int, size: int) -> None:
    matrix = hadamard(inputs)
    assert matrix.shape == (size, size)
    assert np.allclose(matrix @ matrix, np.eye(size), atol=1e-6)


@given(st.integers(0, 2**32 - 1), st.sampled_from([3, 32, 96]), st.floats(0.5, 3.0))
def test_pairs_never_leave_16_bits(seed: int, inputs: int, tail: float) -> None:
    rng = np.random.default_rng(seed)
    heavy = rng.normal(size=(inputs, 5)) * np.exp(tail * rng.normal(size=(inputs, 5)))
    whole, _ = quantise(heavy.astype(np.float32))
    padded = np.pad(whole.astype(np.int64), ((0, inputs % 2), (0, 0)))
    for part in (np.maximum(padded, 0), np.maximum(-padded, 0)):
        assert (2 * LEVELS * (part[::2] + part[1::2])).max() <= 32767


def test_a_column_of_nothing_stays_nothing() -> None:
    whole, scale = quantise(np.zeros((32, 2), dtype=np.float32))
    assert not whole.any()
    assert (scale == 1).all()


@pytest.fixture(scope="module")
def small(tiny_model: ModelFiles) -> Engine:
    return Engine(tiny_model, "int8", threads=1)


def test_it_stays_near_the_full_model(small: Engine, tiny_engines: dict[int, Engine]) -> None:
    text = np.random.default_rng(2).integers(0, 300, 80).astype(np.int32)
    seen = np.arange(1, 80)
    full = tiny_engines[256]
    wanted = full.next_log_probs(full.read(text), seen, text[1:])
    found = small.next_log_probs(small.read(text), seen, text[1:])
    assert np.abs(found - wanted).mean() < 0.1
    assert np.corrcoef(found, wanted)[0, 1] > 0.995


def test_branches_do_not_see_their_neighbours(small: Engine) -> None:
    rng = np.random.default_rng(4)
    text = rng.integers(0, 300, 40).astype(np.int32)
    state = small.read(text)
    branches = [rng.integers(0, 300, 6).astype(np.int32) for _ in range(8)]
    seen = [5, 5, 12, 20, 20, 31, 40, 40]
    together = small.branches(state, seen, branches)
    for k, branch, found in zip(seen, branches, together, strict=True):
        (alone,) = small.branches(state, [k], [branch])
        # A hair's breadth of rounding may tip a whole number over: a step, not a trend.
        assert np.allclose(found, alone, atol=0.05)
