"""The files of an encoder that can run, and its pieces' vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.arrays import stored

FloatArray = NDArray[np.float32]

GRAPH, TOKENIZER = "encoder.onnx", "tokenizer.json"
VECTORS, SCALES = "vectors.npy", "scales.npy"


def save_vectors(table: FloatArray, folder: Path) -> None:
    """Write the pieces' vectors, float32[pieces, D], in eight bits with a scale for each."""
    # A row of zeros, as padding has, is divided by anything.
    scales = np.maximum(np.abs(table).max(axis=1) / 127, 1e-7)
    np.save(folder / VECTORS, np.round(table / scales[:, None]).astype(np.int8))
    np.save(folder / SCALES, scales.astype(np.float16))


def loaded_vectors(folder: Path) -> tuple[NDArray[np.int8], FloatArray]:
    """What `save_vectors` wrote: int8[pieces, D], mapped, and float32[pieces]."""
    table: NDArray[np.int8] = stored(folder / VECTORS, mapped=True)
    return table, stored(folder / SCALES).astype(np.float32)
