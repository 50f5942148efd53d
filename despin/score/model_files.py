"""Where the language model lies on disk, and what its folder holds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

Precision = Literal["fp32", "int8"]

INSTALL = 'pip install "despin[lm]"'
"""The command that brings what a language model needs."""
RUNNING = ("onnxruntime", "tokenizers")
"""The libraries that run one."""
CONVERTING = ("gguf", "onnx", *RUNNING)
"""The libraries that make one ready to run."""
WIDENING = ("onnx",)
"""The library that makes an encoder ready to run."""

FORMAT = 6
"""Raised whenever the converted files change; folders of another format are not used."""


class ModelError(Exception):
    """The language model cannot be had or cannot be used; the message is one line for people."""


def missing(libraries: Iterable[str]) -> list[str]:
    """Those of the libraries that are not installed; none is imported."""
    return [name for name in libraries if find_spec(name) is None]


def lacks(error: ImportError) -> ModelError:
    """What to raise when a library turns out to be missing: it names the command that brings it."""
    return ModelError(f"{error.name} is missing; run: {INSTALL}")


def need(libraries: Iterable[str]) -> None:
    """Refuse to go on without these libraries.

    Raises:
        ModelError: some are not installed; the message names the command that brings them.
    """
    names = missing(libraries)
    if names:
        raise ModelError(f"a language model needs {', '.join(names)}; run: {INSTALL}")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder with one converted model."""

    folder: Path

    @property
    def settings(self) -> Path:
        """JSON: format, name, SHA-256 of the GGUF, shape, first piece; written last."""
        return self.folder / "model.json"

    @property
    def sha256(self) -> str:
        """Of the GGUF file it was made of."""
        return str(json.loads(self.settings.read_text(encoding="utf-8"))["sha256"])

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
