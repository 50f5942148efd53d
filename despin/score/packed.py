"""Matrices in four bits, as they are shipped; they are widened once, before anything runs.

Each column is cut into blocks of 32 inputs, and each block has a scale of its own: four and a half
bits a weight. What is to be packed has learnt to be: `despin.training.encoder_int4`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

_BLOCK = 32
LARGEST = 7
"""Weights are whole numbers from -7 to 7 times their block's scale."""
_ZERO = 8
LEAST = 1e-7
"""Of a scale: blocks of zeros are divided by it. Half precision knows no much smaller number."""


def block_size(inputs: int) -> int:
    """Inputs of a block: 32, or the largest power of 2 that divides their number."""
    return min(inputs & -inputs, _BLOCK)


def packed(matrix: FloatArray) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """A matrix [inputs, outputs] as uint8[inputs / 2, outputs], float16[blocks, outputs].

    Inputs are even in number; each byte holds two neighbours, the first one in its lower half.
    """
    inputs, outputs = matrix.shape
    blocks = matrix.reshape(-1, block_size(inputs), outputs)
    scales = np.maximum(np.abs(blocks).max(axis=1) / LARGEST, LEAST).astype(np.float16)
    whole = np.rint(blocks / scales.astype(np.float32)[:, None])
    codes = (np.clip(whole, -LARGEST, LARGEST) + _ZERO).astype(np.uint8).reshape(inputs, outputs)
    return codes[::2] | codes[1::2] << 4, scales


def widened(codes: NDArray[np.uint8], scales: NDArray[np.float16]) -> FloatArray:
    """float32[inputs, outputs]: the matrix that `packed` was given, but for what it rounded."""
    half, outputs = codes.shape
    whole = np.empty((2 * half, outputs), np.float32)
    whole[::2], whole[1::2] = codes & 15, codes >> 4
    blocks = (whole - _ZERO).reshape(len(scales), -1, outputs)
    return np.asarray((blocks * scales.astype(np.float32)[:, None]).reshape(-1, outputs))
