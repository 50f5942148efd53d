"""Builds the model's two ONNX graphs: decoder (pieces to hidden states) and head (to log P).

Built with `onnx` when a model is installed; running them needs ONNX Runtime alone. The fused
operators are ONNX Runtime's own (domain ``com.microsoft``):
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from despin.score.graph_builder import OPSET, GraphBuilder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from despin.score.gguf_weights import FloatArray, Shape
    from despin.score.model_tensors import Stored

POSITIONS = 4096
"""Rotations are tabled up to here; a read takes at most half of it, branches reach further."""

_IR = 9  # read by ONNX Runtime 1.16 and later


@dataclass(slots=True)
class _Graph(GraphBuilder):
    """A graph whose weights lie in files beside it."""

    stored: Mapping[str, Stored] = field(default_factory=dict)

    def weight(self, name: str) -> str:
        """A weight kept outside the graph, in a file beside it."""
        from onnx import TensorProto, helper

        stored = self.stored[name]
        tensor = TensorProto(name=name, dims=stored.dims, data_location=TensorProto.EXTERNAL)
        tensor.data_type = helper.np_dtype_to_tensor_dtype(np.dtype(stored.kind))
        place = {"location": stored.file, "offset": stored.offset, "length": stored.length}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self.tensors[name] = tensor
        return name

    def linear(self, rows: str, name: str) -> str:
        """Product with a stored matrix; in whole numbers where the matrix is stored as int8."""
        if self.stored[name].kind != "int8":
            return str(self.node("MatMul", rows, self.weight(name)))
        inputs, outputs = self.stored[name].dims
        rounded = self.rounded(rows, inputs)
        product = self.product(rounded, self.weight(name), self.weight(f"{name}.scale"))
        return str(self.node("Reshape", product, self.constant([1, -1, outputs])))

    def save(self, path: Path, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> None:
        """Writes the graph; `inputs` and `outputs` map a name to (type, dimensions)."""
        from onnx import helper

        def values(of: Mapping[str, Any]) -> list[Any]:
            return [helper.make_tensor_value_info(name, *what) for name, what in of.items()]

        initialisers = list(self.tensors.values())
        graph = helper.make_graph(
            self.nodes, path.stem, values(inputs), values(outputs), initialisers
        )
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=_IR)
        path.write_bytes(model.SerializeToString())


INNER = (0.4, 0.6, 0.8)
"""Depths, as parts of all layers, at which what the model has made of a piece is given out."""


def build_decoder(
    path: Path, shape: Shape, frequencies: Sequence[FloatArray], stored: Mapping[str, Stored]
) -> None:
    """Writes the decoder graph to `path`; the weights stay in their files, beside it.

    ``frequencies`` are those of each layer's rotary positions.

    Inputs: ``pieces`` int64 [1, T]; ``positions`` int64 [1, T]; ``past`` float32
    [P, layers, 2, kv_heads, head_width], keys and values of the pieces before (P may be 0);
    ``mask`` float32 [T, P + T], added to the attention scores: 0 where a new piece sees, a very
    negative number where not. Outputs: ``hidden`` float32 [1, T, width] after the last norm;
    ``present`` float32 [T, layers, 2, kv_heads, head_width]; ``inner`` float32
    [1, T, len(INNER) * width], what is passed from layer to layer at the depths `INNER`.
    """
    from onnx import TensorProto

    graph = _Graph(stored=stored)
    stream = graph.node("Gather", graph.weight("embedding"), "pieces")
    if shape.embedding_scale != 1.0:
        stream = graph.node("Mul", stream, graph.constant(shape.embedding_scale, np.float32))
    added, presents, streams = "", [], []
    for layer in range(shape.layers):
        norm = graph.weight(f"layer{layer}.attention_norm")
        normed, stream = _norm(graph, shape, stream, added, norm)
        streams.append(stream)
        rotation = _rotation(graph, frequencies[layer])
        added, present = _attention(graph, shape, layer, normed, rotation)
        added = _post_norm(graph, shape, f"layer{layer}.attention_post", added)
        presents.append(present)
        norm = graph.weight(f"layer{layer}.feed_norm")
        normed, stream = _norm(graph, shape, stream, added, norm)
        added = _feed_forward(graph, layer, normed, gelu=shape.gelu)
        added = _post_norm(graph, shape, f"layer{layer}.feed_post", added)
    hidden, _ = _norm(graph, shape, stream, added, graph.weight("final_norm"))
    present = graph.node("Concat", *presents, axis=1)
    inner = graph.node("Concat", *(streams[int(i * shape.layers)] for i in INNER), axis=-1)
    ints, floats = TensorProto.INT64, TensorProto.FLOAT
    per_piece = [shape.layers, 2, shape.kv_heads, shape.head_width]
    graph.save(
        path,
        {
            "pieces": (ints, [1, "T"]),
            "positions": (ints, [1, "T"]),
            "past": (floats, ["P", *per_piece]),
            "mask": (floats, ["T", "S"]),
        },
        _named(graph, {"hidden": hidden, "present": present, "inner": inner}, floats),
    )


NORMALISER = "normaliser"
"""Name of the output matrix in 8 bits, [width, vocabulary]: good enough for a sum over all."""


def build_head(path: Path, stored: Mapping[str, Stored]) -> None:
    """Writes the head graph: the log of the sum over the vocabulary that log P is reduced by.

    Input: ``hidden`` float32 [R, width]. Output: ``log_sum`` float32 [1, R].
    """
    from onnx import TensorProto

    graph = _Graph(stored=stored)
    width = stored["embedding"].dims[1]
    if NORMALISER in stored:
        logits = graph.linear("hidden", NORMALISER)
    else:
        table = graph.weight("head" if "head" in stored else "embedding")
        logits = graph.node(
            "Unsqueeze", graph.node("Gemm", "hidden", table, transB=1), graph.constant([0])
        )
    # One logit less its own log P is the sum; LogSoftmax is ONNX Runtime's fastest way there.
    first = graph.constant(0)
    log_probs = graph.node("LogSoftmax", logits, axis=-1)
    picked = [graph.node("Gather", value, first, axis=-1) for value in (logits, log_probs)]
    log_sum = graph.node("Sub", *picked)
    inputs = {"hidden": (TensorProto.FLOAT, ["R", width])}
    graph.save(path, inputs, _named(graph, {"log_sum": log_sum}, TensorProto.FLOAT))


def _named(graph: _Graph, outputs: Mapping[str, str], kind: int) -> dict[str, Any]:
    """Gives inner values the names of the graph's outputs."""
    for name, inner in outputs.items():
        for node in graph.nodes:
            node.output[:] = [name if made == inner else made for made in node.output]
            node.input[:] = [name if taken == inner else taken for taken in node.input]
    return dict.fromkeys(outputs, (kind, None))


def _norm(graph: _Graph, shape: Shape, stream: str, added: str, weight: str) -> tuple[str, str]:
    """Residual addition and RMS norm in one; returns the normed value and the new stream."""
    epsilon = shape.norm_epsilon
    if not added:
        return graph.node("SimplifiedLayerNormalization", stream, weight, epsilon=epsilon), stream
    made = graph.node(
        "SkipSimplifiedLayerNormalization",
        *(stream, added, weight),
        outputs=4,
        own=True,
        epsilon=epsilon,
    )
    return made[0], made[3]


def _post_norm(graph: _Graph, shape: Shape, name: str, rows: str) -> str:
    """RMS norm of what is about to be added, where the model has it."""
    if name not in graph.stored:
        return rows
    weight, epsilon = graph.weight(name), shape.norm_epsilon
    return str(graph.node("SimplifiedLayerNormalization", rows, weight, epsilon=epsilon))


def _rotation(graph: _Graph, frequencies: FloatArray) -> tuple[str, ...]:
    """Tables of cosines and sines by position; layers with the same frequencies share them."""
    angles = np.outer(np.arange(POSITIONS, dtype=np.float32), frequencies)
    return tuple(graph.constant(table(angles), np.float32) for table in (np.cos, np.sin))


def _attention(
    graph: _Graph, shape: Shape, layer: int, normed: str, rotation: tuple[str, ...]
) -> tuple[str, str]:
    """Grouped-query attention; returns its output and this layer's new keys and values."""
    heads, kv, wide = shape.heads, shape.kv_heads, shape.head_width
    qkv = graph.linear(normed, f"layer{layer}.qkv")
    if f"layer{layer}.qkv_bias" in graph.stored:
        qkv = graph.node("Add", qkv, graph.weight(f"layer{layer}.qkv_bias"))
    sizes = graph.constant([(heads + kv) * wide, kv * wide])
    turning, value = graph.node("Split", qkv, sizes, outputs=2, axis=-1)
    if f"layer{layer}.qk_norm" in graph.stored:
        turning = _norm_heads(graph, shape, layer, turning)
    turned = graph.node(
        "RotaryEmbedding", turning, "positions", *rotation, own=True, num_heads=heads + kv
    )
    sizes = graph.constant([heads * wide, kv * wide])
    query, key = graph.node("Split", turned, sizes, outputs=2, axis=-1)
    split = graph.constant([-1, 1, kv, wide])
    both = [graph.node("Reshape", part, split) for part in (key, value)]
    present = graph.node("Concat", *both, axis=1)
    past = graph.node("Gather", "past", graph.constant(layer), axis=1)
    every = graph.node("Concat", past, present, axis=0)
    by_head = graph.node("Transpose", every, perm=[1, 2, 0, 3])
    keys, values = graph.node("Split", by_head, outputs=2, axis=0, num_outputs=2)
    mixed = _mix(graph, shape, query, keys, values)
    out = graph.linear(mixed, f"layer{layer}.attention_out")
    return out, graph.node("Unsqueeze", present, graph.constant([1]))


def _norm_heads(graph: _Graph, shape: Shape, layer: int, rows: str) -> str:
    """RMS norm of every head's query and key on its own."""
    count, wide = shape.heads + shape.kv_heads, shape.head_width
    by_head = graph.node("Reshape", rows, graph.constant([1, -1, count, wide]))
    even = graph.constant(np.ones(wide), np.float32)
    normed = graph.node("SimplifiedLayerNormalization", by_head, even, epsilon=shape.norm_epsilon)
    flat = graph.node("Reshape", normed, graph.constant([1, -1, count * wide]))
    return str(graph.node("Mul", flat, graph.weight(f"layer{layer}.qk_norm")))


def _mix(graph: _Graph, shape: Shape, query: str, keys: str, values: str) -> str:
    """Softmax attention; the queries of a group share their keys, so they are stacked as rows."""
    heads, kv, wide = shape.heads, shape.kv_heads, shape.head_width
    query = graph.node("Reshape", query, graph.constant([-1, heads, wide]))
    query = graph.node("Transpose", query, perm=[1, 0, 2])
    query = graph.node("Reshape", query, graph.constant([1, kv, -1, wide]))
    scale = float(wide) ** -0.5
    scores = graph.node("FusedMatMul", query, keys, own=True, transB=1, alpha=scale)
    length = graph.node("Shape", "mask")
    by_head = graph.node("Concat", graph.constant([heads]), length, axis=0)
    masked = graph.node("Add", graph.node("Reshape", scores, by_head), "mask")
    shares = graph.node("Softmax", masked, axis=-1)
    shares = graph.node("Reshape", shares, graph.node("Shape", scores))
    mixed = graph.node("MatMul", shares, values)
    mixed = graph.node("Reshape", mixed, graph.constant([heads, -1, wide]))
    mixed = graph.node("Transpose", mixed, perm=[1, 0, 2])
    return str(graph.node("Reshape", mixed, graph.constant([1, -1, heads * wide])))


def _feed_forward(graph: _Graph, layer: int, normed: str, *, gelu: bool) -> str:
    """(silu(gate) × up) × down, or GELU for silu; QuickGelu with alpha 1 is silu."""
    both = graph.linear(normed, f"layer{layer}.gate_up")
    gate, up = graph.node("Split", both, outputs=2, axis=-1, num_outputs=2)
    if gelu:
        bent = graph.node("FastGelu", gate, own=True)
    else:
        bent = graph.node("QuickGelu", gate, own=True, alpha=1.0)
    gated = graph.node("Mul", bent, up)
    return graph.linear(gated, f"layer{layer}.down")
