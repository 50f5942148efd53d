"""An encoder that ships in four bits learns with its weights rounded to them.

What a step computes is what the rounded weights say; what it moves are the weights behind them, as
if rounding were not there (Jacob et al. 2018, Quantization and training of neural networks for
efficient integer-arithmetic-only inference, arXiv:1712.05877, section 3). Rounded afterwards, an
MPNet of twelve layers says something else: its queries are off by a quarter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.utils import parametrize

from despin.score.encoder_store import CODES, STEPS
from despin.score.packed import LARGEST, LEAST, block_size, packed
from despin.training.encoder_net import EncoderNet


class Rounded(nn.Module):  # type: ignore[misc, unused-ignore]
    """A matrix [outputs, inputs] as `despin.score.packed` gives it back."""

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """The rounded matrix; its gradient is the matrix's own."""
        given = weight.detach()
        blocks = given.view(len(given), -1, block_size(given.shape[1]))
        scales = (blocks.abs().amax(-1, keepdim=True) / LARGEST).clamp(min=LEAST)
        scales = scales.half().float()
        rounded = (blocks / scales).round().clamp(-LARGEST, LARGEST) * scales
        return weight + (rounded.view_as(given) - given)


def learn_rounded(net: EncoderNet) -> None:
    """From now on the net computes with rounded matrices."""
    for module in _matrices(net):
        parametrize.register_parametrization(module, "weight", Rounded())


def stay_rounded(net: EncoderNet) -> None:
    """The rounded matrices become the net's own, under their own names."""
    for module in _matrices(net):
        if parametrize.is_parametrized(module, "weight"):
            parametrize.remove_parametrizations(module, "weight", leave_parametrized=True)


def _matrices(net: EncoderNet) -> Iterator[nn.Module]:
    yield net.enc.get_input_embeddings()
    for module in net.modules():
        if isinstance(module, nn.Linear) and module.out_features > 1:
            yield module


def four_bits(model: Any) -> None:
    """Pack the matrices of an ONNX model's products, in place; one of a single column stays."""
    from onnx import numpy_helper

    graph = model.graph
    factors = {node.input[1] for node in graph.node if node.op_type == "MatMul"}
    kept, made = [], []
    for tensor in graph.initializer:
        if tensor.name not in factors or len(tensor.dims) != 2 or tensor.dims[1] == 1:
            kept.append(tensor)
            continue
        parts = packed(np.asarray(numpy_helper.to_array(tensor), np.float32))
        for ending, part in zip((CODES, STEPS), parts, strict=True):
            made.append(numpy_helper.from_array(part, tensor.name + ending))
    del graph.initializer[:]
    graph.initializer.extend([*kept, *made])
