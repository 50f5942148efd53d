"""Matrices in four bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from despin.score.packed import LARGEST, block_size, packed, widened

MATRICES = arrays.arrays(
    np.float32,
    st.tuples(st.sampled_from([2, 16, 48, 64, 96]), st.integers(1, 5)),
    elements=st.floats(-100, 100, width=32),
)


@given(MATRICES)
def test_no_weight_moves_by_more_than_half_a_step_of_its_block(matrix: np.ndarray) -> None:
    found = widened(*packed(matrix))
    size = block_size(len(matrix))
    largest = np.abs(matrix).reshape(-1, size, matrix.shape[1]).max(axis=1)
    step = np.repeat(largest / LARGEST, size, axis=0)
    assert found.shape == matrix.shape
    # Half precision moves a scale by 2 to the -11 of it, the largest weight by seven times that.
    assert (np.abs(found - matrix) <= step * (0.5 + 0.004) + 1e-6).all()


@given(MATRICES)
def test_what_was_packed_before_stays_as_it_is(matrix: np.ndarray) -> None:
    once = widened(*packed(matrix))
    assert np.allclose(widened(*packed(once)), once, rtol=2e-3, atol=1e-6)


def test_four_and_a_half_bits_a_weight() -> None:
    codes, scales = packed(np.ones((768, 10), np.float32))
    assert 8 * (codes.nbytes + scales.nbytes) == 4.5 * 7680


@pytest.mark.parametrize(("inputs", "size"), [(768, 32), (3072, 32), (48, 16), (2, 2)])
def test_blocks_divide_the_inputs(inputs: int, size: int) -> None:
    assert block_size(inputs) == size
