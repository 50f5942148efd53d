"""Converts a GGUF file into what the engine runs: weights, graphs, tokenizer, settings."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from despin.score.gguf_weights import GgufFile, rotation_frequencies, weights
from despin.score.graph import build_decoder, build_head
from despin.score.model_files import FORMAT, ModelFiles
from despin.score.model_tensors import write_tensors
from despin.score.pieces import first_piece, tokenizer_json

if TYPE_CHECKING:
    from pathlib import Path


def build(gguf: Path, folder: Path, sha256: str) -> ModelFiles:
    """Writes the converted model into `folder`, which exists and is empty.

    About 540 MB for the default model; one weight is in memory at a time.

    Raises:
        ModelError: another architecture or tokenizer than those supported.
    """
    file = GgufFile(gguf)
    shape = file.shape()
    tokenizer = tokenizer_json(file)
    files = ModelFiles(folder)
    tensors = folder / "weights-fp32.bin"
    stored = write_tensors(tensors, weights(file, shape))
    frequencies = rotation_frequencies(file, shape)
    build_decoder(files.decoder("fp32"), shape, frequencies, stored, tensors.name)
    build_head(files.head("fp32"), stored, tensors.name)
    files.pieces.write_text(tokenizer, encoding="utf-8")
    settings = {
        "format": FORMAT,
        "name": gguf.stem,
        "sha256": sha256,
        "shape": asdict(shape),
        "past": [shape.layers, 2, shape.kv_heads, shape.head_width],
        "first_piece": first_piece(file),
    }
    files.settings.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return files
