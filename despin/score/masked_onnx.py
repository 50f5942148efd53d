"""A masked language model as ONNX: ``model.onnx`` and ``tokenizer.json`` in one folder.

That is how Hugging Face's exporters lay a model out; the graph may lie in a subfolder ``onnx``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from despin.score.engine_session import open_session
from despin.score.masked_pieces import MaskedPieces, longest
from despin.score.model_files import ModelError, lacks

FloatArray = NDArray[np.float32]

_MASKS = ("[MASK]", "<mask>")
_FED = frozenset({"input_ids", "attention_mask", "token_type_ids"})


@dataclass(frozen=True)
class OnnxModel:
    """A masked language model in ONNX Runtime."""

    name: str
    pieces: MaskedPieces
    session: Any

    def scores(self, rows: NDArray[np.int64], places: NDArray[np.int64]) -> FloatArray:
        """See `despin.score.masked_reading.MaskedModel`."""
        every = {
            "input_ids": rows,
            "attention_mask": np.ones_like(rows),
            "token_type_ids": np.zeros_like(rows),
        }
        wanted = {one.name: every[one.name] for one in self.session.get_inputs()}
        logits = self.session.run(["logits"], wanted)[0]
        return np.asarray(logits[np.arange(len(rows)), places], np.float32)


def graph(folder: Path) -> Path | None:
    """The ONNX graph of a folder, if it has one."""
    found = (folder / "model.onnx", folder / "onnx" / "model.onnx")
    return next((path for path in found if path.is_file()), None)


def load(folder: Path, path: Path) -> OnnxModel:
    """The model of a folder, its graph at ``path``.

    Raises:
        ModelError: something is missing, damaged, or no masked language model.
    """
    name = f"hf:{folder}"
    if not (folder / "tokenizer.json").is_file():
        raise ModelError(f"{name}: the folder's model cannot be loaded (tokenizer.json is missing)")
    try:
        from tokenizers import Tokenizer

        session = open_session(path, None, {})
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except ImportError as error:
        raise lacks(error) from error
    except Exception as error:  # both libraries raise classes of their own
        reason = " ".join(str(error).split())[:160]
        raise ModelError(f"{name}: the folder's model cannot be loaded ({reason})") from error
    unknown = {one.name for one in session.get_inputs()} - _FED
    if unknown or "logits" not in {one.name for one in session.get_outputs()}:
        raise ModelError(f"{name}: model.onnx was not exported as a masked language model")
    mask = _mask(tokenizer, _json(folder / "tokenizer_config.json"))
    positions = _json(folder / "config.json").get("max_position_embeddings")
    pieces = MaskedPieces.of(tokenizer, mask, longest(positions), name)
    return OnnxModel(str(folder), pieces, session)


def _mask(tokenizer: Any, settings: dict[str, Any]) -> int | None:
    """Number of the mask: the one the tokenizer's settings name, or a usual one."""
    named = settings.get("mask_token")
    named = named.get("content") if isinstance(named, dict) else named
    tried = (tokenizer.token_to_id(mask) for mask in (named, *_MASKS) if isinstance(mask, str))
    return next((number for number in tried if number is not None), None)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
