"""The encoder's matrix products in whole numbers: half the time, and a quarter of the file."""

from __future__ import annotations

from typing import Any

import numpy as np

from despin.score.graph_builder import GraphBuilder
from despin.score.model_int8 import quantise


def eight_bits(model: Any) -> None:
    """Turn the products with stored matrices of an ONNX model into those of `model_int8`, in place.

    A matrix of a single column stays as it is.
    """
    from onnx import helper, numpy_helper

    graph = model.graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    builder = GraphBuilder("int8/")
    rounded: dict[str, tuple[str, str]] = {}
    for node in list(graph.node):
        matrix = stored.get(node.input[1]) if node.op_type == "MatMul" else None
        if matrix is None or matrix.dims[1] == 1:
            builder.nodes.append(node)
            continue
        rows, (inputs, outputs) = node.input[0], matrix.dims
        whole, scales = quantise(numpy_helper.to_array(matrix))
        weights = [f"{matrix.name}/int8", f"{matrix.name}/scale"]
        for name, array in zip(weights, (whole, scales), strict=True):
            builder.tensors[name] = numpy_helper.from_array(array, name)
        if rows not in rounded:
            rounded[rows] = builder.rounded(rows, inputs)
        product = builder.product(rounded[rows], *weights)
        shape = builder.node("Concat", _leading(builder, rows), builder.constant([outputs]), axis=0)
        builder.nodes.append(helper.make_node("Reshape", [product, shape], list(node.output)))
        stored.pop(matrix.name)
        graph.initializer.remove(matrix)
    del graph.node[:]
    graph.node.extend(builder.nodes)
    graph.initializer.extend(builder.tensors.values())
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _leading(builder: GraphBuilder, rows: str) -> str:
    """The shape of ``rows`` without its last dimension."""
    shape = builder.node("Shape", rows)
    return str(
        builder.node(
            "Slice",
            shape,
            builder.constant(np.array([0])),
            builder.constant(np.array([-1])),
            builder.constant(np.array([0])),
        )
    )
