"""Loads a masked language model: any of Hugging Face's, from a folder or from its local cache.

A folder with ``model.onnx`` runs in ONNX Runtime like the default model; all else needs torch and
transformers (the extra ``transformers``), which are imported nowhere else but in training. Nothing
is fetched but by `fetch`, which a person calls for (``despin model install --from hf:NAME``), and
code that comes with a model is never run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from despin.score.masked_pieces import MaskedPieces, longest
from despin.score.masked_reading import MaskedModel
from despin.score.model_files import ModelError

FloatArray = NDArray[np.float32]

_NAME = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)?", re.ASCII)
"""What a model of the hub may be called: ``name`` or ``owner/name``."""


@dataclass(frozen=True)
class TorchModel:
    """A masked language model of transformers, on the processor."""

    name: str
    pieces: MaskedPieces
    network: Any

    def scores(self, rows: NDArray[np.int64], places: NDArray[np.int64]) -> FloatArray:
        """See `despin.score.masked_reading.MaskedModel`."""
        import torch

        with torch.inference_mode():
            fed = torch.from_numpy(rows)
            logits = self.network(input_ids=fed, attention_mask=torch.ones_like(fed)).logits
            asked = logits[torch.arange(len(rows)), torch.from_numpy(places)]
            return np.asarray(asked.float().numpy())


def load(name: str) -> MaskedModel:
    """The model of a folder, or of that name in the local cache.

    Raises:
        ModelError: it is not there, is no masked language model, or what runs it is not installed.
    """
    from despin.score import masked_onnx

    folder = folder_of(name)
    if folder is None:
        return _torch_model(name, str(_cached(name)))
    graph = masked_onnx.graph(folder)
    if graph is not None:
        return masked_onnx.load(folder, graph)
    if not (folder / "config.json").is_file():
        raise ModelError(f"hf:{name}: the folder holds no model (model.onnx or config.json)")
    return _torch_model(name, str(folder))


def folder_of(name: str) -> Path | None:
    """The folder of that name, ``None`` where a model of the hub may be called so.

    Raises:
        ModelError: there is no such folder, and no model is called so.
    """
    if not name:
        raise ModelError("hf: names no model; give a folder or a name after it")
    try:
        folder = Path(name).expanduser()
        if folder.is_dir():
            return folder
        known = not folder.exists() and _NAME.fullmatch(name)
    except (OSError, RuntimeError) as error:  # a name too long; a user who has no home
        raise ModelError(f"hf:{name}: there is no such folder ({error})") from error
    if not known:
        raise ModelError(f"hf:{name}: there is no such folder, and no model is called so")
    return None


def fetch(name: str) -> None:
    """Bring a model from the Hugging Face hub into its local cache, if it is not there yet.

    Raises:
        ModelError: the hub cannot be reached, has no such model, or it cannot be used here.
    """
    _torch_model(name, name, local=False)


def _cached(name: str) -> Path:
    """Where the hub's own cache has a model; the loaders would ask the network as they go.

    Raises:
        ModelError: it is not there.
    """
    _transformers(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except LocalEntryNotFoundError as error:
        raise ModelError(
            f"hf:{name} is neither a folder nor in the local cache; "
            f"`despin model install --from hf:{name}` fetches it from the Hugging Face hub"
        ) from error


def _transformers(name: str) -> tuple[Any, Any]:
    """The two libraries, kept quiet.

    Raises:
        ModelError: they are not installed.
    """
    try:
        import huggingface_hub
        import torch
        import transformers
    except ImportError as error:
        raise ModelError(
            f"hf:{name} needs torch and transformers ({error}); "
            'run: pip install "despin[transformers]"'
        ) from error
    transformers.logging.set_verbosity_error()
    huggingface_hub.logging.set_verbosity_error()
    return torch, transformers


def _torch_model(name: str, source: str, *, local: bool = True) -> TorchModel:
    """The model by transformers' own loaders, from a folder or (not ``local``) from the hub."""
    torch, transformers = _transformers(name)
    if local:
        transformers.logging.disable_progress_bar()
    given = {"local_files_only": local, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(source, **given)
        network, found = transformers.AutoModelForMaskedLM.from_pretrained(
            source, output_loading_info=True, dtype=torch.float32, **given
        )
    except Exception as error:  # the loaders raise what their many parts raise
        reason = " ".join(str(error).split()).partition(". ")[0] or type(error).__name__
        what = "be loaded" if local else "be fetched from the Hugging Face hub"
        raise ModelError(f"hf:{name} cannot {what} ({reason[:160]})") from error
    if found["missing_keys"]:
        raise ModelError(f"hf:{name} has no masked-language-model head: it is no such model")
    cutter = getattr(tokenizer, "backend_tokenizer", None)
    if cutter is None:
        raise ModelError(f"hf:{name} has no fast tokenizer (tokenizer.json)")
    most = longest(getattr(network.config, "max_position_embeddings", None))
    pieces = MaskedPieces.of(cutter, tokenizer.mask_token_id, most, f"hf:{name}")
    return TorchModel(name, pieces, network.eval())
