"""Where the language model lies on disk, and what its folder holds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Precision = Literal["fp32", "int8"]

FORMAT = 5
"""Raised whenever the converted files change; folders of another format are not used."""


class ModelError(Exception):
    """The language model cannot be had or cannot be used; the message is one line for people."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder with one converted model."""

    folder: Path

    @property
    def settings(self) -> Path:
        """JSON: format, name, SHA-256 of the GGUF, shape, first piece; written last."""
        return self.folder / "model.json"

    @property
    def pieces(self) -> Path:
        """The tokenizer, as `tokenizers` saves it."""
        return self.folder / "tokenizer.json"

    def decoder(self, precision: Precision) -> Path:
        """Graph from piece numbers to hidden states; its weights lie beside it."""
        return self.folder / f"decoder-{precision}.onnx"

    def head(self, precision: Precision) -> Path:
        """Graph from hidden states to what log-probabilities are normalised by."""
        return self.folder / f"head-{precision}.onnx"


def models_folder() -> Path:
    """The user's folder of installed models; ``DESPIN_DATA`` moves it."""
    moved = os.environ.get("DESPIN_DATA")
    if moved:
        return Path(moved) / "models"
    from platformdirs import user_data_path

    return user_data_path("despin") / "models"
