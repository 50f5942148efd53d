"""The weights of an exported encoder, to go on training from.

An exported encoder is what `encoder_export.export` wrote: matrices in 8 bits or 4, turned,
everything else as it was. What rounding to 8 took away is lost, some thousandths of each weight;
with 4 the weights had been rounded before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from despin.score.encoder_files import GRAPH, loaded_vectors
from despin.score.encoder_store import PACKED_GRAPH, widened_files
from despin.score.model_int8 import dequantised
from despin.training.encoder_net import EncoderFileError, EncoderNet

_MATRIX = "/int8"
_WEIGHT, _BIAS = ".weight", ".bias"


def take_weights(net: EncoderNet, folder: Path) -> None:
    """Put the weights of the encoder in ``folder`` into ``net``.

    Raises:
        EncoderFileError: there is none, or it has not the shape of ``net``.
    """
    found = _weights(folder)
    state = net.state_dict()
    for name, tensor in found.items():
        if name not in state or state[name].shape != tensor.shape:
            raise EncoderFileError(f"{folder}: the encoder has another shape ({name})")
    # The odds of the words as written are no part of the exported file.
    wanted = {name for name, tensor in state.items() if tensor.is_floating_point()} - {"bias"}
    missing = wanted - set(found)
    if missing:
        raise EncoderFileError(f"{folder}: the encoder lacks {min(missing)}")
    net.load_state_dict({**state, **found})


def mean_of(
    before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], kept: float
) -> dict[str, torch.Tensor]:
    """The mean of two nets' weights, ``kept`` of it the first's.

    What was learnt last is followed less blindly, on text of another kind above all (Wortsman et
    al. 2022, Robust fine-tuning of zero-shot models, arXiv:2109.01903, section 3).
    """
    return {
        name: torch.lerp(weights, before[name], kept) if weights.is_floating_point() else weights
        for name, weights in after.items()
    }


def _weights(folder: Path) -> dict[str, torch.Tensor]:
    """What an exported encoder holds, by the names of `EncoderNet`."""
    from onnx import numpy_helper

    try:
        model, table = _files(folder)
    except Exception as error:  # onnx has no error of its own for a file that is none
        raise EncoderFileError(f"{folder}: holds no encoder ({error})") from error
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    found = {"enc.embeddings.word_embeddings.weight": table}
    for name, array in arrays.items():
        if name.startswith("net."):
            found[name.removeprefix("net.")] = array
    found.update(_matrices(model.graph, arrays))
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in found.items()}


def _files(folder: Path) -> tuple[Any, NDArray[np.float32]]:
    """The ONNX model, its matrices in 8 bits or plain, and the pieces' vectors."""
    import onnx

    if (folder / PACKED_GRAPH).exists():
        return widened_files(folder)
    table, scales = loaded_vectors(folder)
    return onnx.load(folder / GRAPH), table.astype(np.float32) * scales[:, None]


def _matrices(graph: Any, arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """The matrices of linear layers; each is named after the bias that is added to its product."""
    readers: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    found = {}
    for name, array in arrays.items():
        if name.endswith(_MATRIX):
            matrix = dequantised(array, arrays[name.removesuffix(_MATRIX) + "/scale"])
        elif name.startswith("onnx::MatMul") and "/" not in name:
            matrix = array
        else:
            continue
        bias = _bias_behind(name, readers, arrays)
        if bias:
            weight = bias.removeprefix("net.").removesuffix(_BIAS) + _WEIGHT
            found[weight] = np.ascontiguousarray(matrix.T)
    return found


def _bias_behind(
    name: str, readers: dict[str, list[Any]], arrays: dict[str, NDArray[Any]]
) -> str | None:
    """The bias that is added to what a matrix gives; only reshaping and scaling lie between."""
    while name in readers:
        node = readers[name][0]
        biases = [each for each in node.input if each in arrays and each.endswith(_BIAS)]
        if node.op_type == "Add" and biases:
            return str(biases[0])
        name = node.output[0]
    return None
