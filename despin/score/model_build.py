"""Converts a GGUF file into what the engine runs: weights, graphs, tokenizer, settings."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from despin.score.gguf_pieces import first_piece, tokenizer_json
from despin.score.gguf_weights import GgufFile, rotation_frequencies, weights
from despin.score.graph import NORMALISER, build_decoder, build_head
from despin.score.model_files import FORMAT, ModelFiles
from despin.score.model_int8 import quantise
from despin.score.model_tensors import Stored, map_tensor, write_tensors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray


def build(gguf: Path, folder: Path, sha256: str) -> ModelFiles:
    """Writes the converted model into `folder`, which exists and is empty.

    About 680 MB for the default model; one weight is in memory at a time.

    Raises:
        ModelError: another architecture or tokenizer than those supported.
    """
    file = GgufFile(gguf)
    shape = file.shape()
    tokenizer = tokenizer_json(file)
    files = ModelFiles(folder)
    stored = write_tensors(folder / "weights-fp32.bin", weights(file, shape))
    small = write_tensors(folder / "weights-int8.bin", _quantised(folder, stored))
    frequencies = rotation_frequencies(file, shape)
    build_decoder(files.decoder("fp32"), shape, frequencies, stored)
    build_decoder(files.decoder("int8"), shape, frequencies, stored | small)
    build_head(files.head("fp32"), stored)
    build_head(files.head("int8"), stored | small)
    files.pieces.write_text(tokenizer, encoding="utf-8")
    settings = {
        "format": FORMAT,
        "name": gguf.stem,
        "sha256": sha256,
        "shape": asdict(shape),
        "past": [shape.layers, 2, shape.kv_heads, shape.head_width],
        "first_piece": first_piece(file),
        "tables": {name: asdict(stored[name]) for name in ("embedding", "head") if name in stored},
    }
    files.settings.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return files


def _quantised(folder: Path, stored: Mapping[str, Stored]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Matrices in 8 bits, with their scales: the layers' and the normaliser's."""
    for name, place in stored.items():
        if name.startswith("layer") and len(place.dims) == 2:
            matrix, scale = quantise(map_tensor(folder, place))
            yield name, matrix
            yield f"{name}.scale", scale
    output = map_tensor(folder, stored["head" if "head" in stored else "embedding"])
    matrix, scale = quantise(np.ascontiguousarray(output.T))
    yield NORMALISER, matrix
    yield f"{NORMALISER}.scale", scale
