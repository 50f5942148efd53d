"""How a taught encoder becomes files: an ONNX graph, its pieces' vectors, its tokenizer."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from despin.score.encoder_files import GRAPH, TOKENIZER, save_vectors
from despin.score.encoder_int8 import eight_bits
from despin.score.encoder_store import DIGEST, PACKED_GRAPH, PACKED_VECTORS, digest
from despin.score.graph_builder import OPSET
from despin.score.packed import packed
from despin.training.encoder_int4 import four_bits
from despin.training.encoder_net import EncoderNet
from despin.training.files import drafts


class _Exported(nn.Module):  # type: ignore[misc, unused-ignore]
    """What runs: from piece vectors to queries and odds."""

    def __init__(self, net: EncoderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.net.heads(self.net.enc(inputs_embeds=vectors).last_hidden_state)


def export(net: EncoderNet, base: Path, folder: Path, *, four: bool = False) -> None:
    """Write the files of an encoder, or nothing.

    Args:
        net: what was taught.
        base: the folder of the model that it began as.
        folder: where the files go.
        four: as they are shipped, in four bits (`despin.score.encoder_store`); else as they run,
            in eight, and products are worked out in whole numbers.
    """
    import onnx

    table = net.piece_vectors().detach().float().numpy()
    with drafts(folder) as new:
        model = _graph(net, new / GRAPH)
        (new / GRAPH).unlink()
        (four_bits if four else eight_bits)(model)
        onnx.save(model, new / (PACKED_GRAPH if four else GRAPH))
        if four:
            codes, scales = packed(np.ascontiguousarray(table.T))
            np.savez(new / PACKED_VECTORS, codes=codes, scales=scales)
        else:
            save_vectors(table, new)
        shutil.copy(base / TOKENIZER, new / TOKENIZER)
        if four:
            (new / DIGEST).write_text(f"{digest(new)}\n", "ascii")


def _graph(net: EncoderNet, path: Path) -> Any:
    import onnx

    with warnings.catch_warnings():
        # torch would rather have its newer exporter used, and doubts what a trace says of shapes.
        for category in (DeprecationWarning, torch.jit.TracerWarning):
            warnings.simplefilter("ignore", category)
        torch.onnx.export(
            _Exported(net.eval()).float(),
            (torch.zeros(2, 160, net.enc.config.hidden_size),),
            str(path),
            input_names=["vectors"],
            output_names=["query", "odds"],
            dynamic_axes={"vectors": {0: "B", 1: "L"}},
            opset_version=OPSET,
            dynamo=False,
        )
    return onnx.load(path)
