"""Builds ONNX graphs node by node, products in whole numbers among them.

Needs `onnx`, which is there when a model is installed or trained; running a graph does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from despin.score.model_int8 import LEVELS, hadamard

OPSET = 18


@dataclass(slots=True)
class GraphBuilder:
    """Nodes and initialisers as they are added; value names are made up on the way.

    Attributes:
        prefix: what made-up names begin with.
    """

    prefix: str = ""
    nodes: list[Any] = field(default_factory=list)
    tensors: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def node(
        self, kind: str, *inputs: str, outputs: int = 1, own: bool = False, **sets: Any
    ) -> Any:
        """Adds a node; `own` = ONNX Runtime's domain. Returns the output's name, or the names."""
        from onnx import helper

        self.count += 1
        names = [f"{self.prefix}{kind.lower()}{self.count}_{i}" for i in range(outputs)]
        domain = "com.microsoft" if own else ""
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **sets))
        return names[0] if outputs == 1 else names

    def constant(self, values: Any, kind: Any = np.int64) -> str:
        """A small constant inside the graph; equal ones are kept once."""
        from onnx import numpy_helper

        array = np.asarray(values, dtype=kind)
        name = f"{self.prefix}constant{len(self.tensors)}"
        wanted = numpy_helper.from_array(array, name)
        for other, tensor in self.tensors.items():
            same = tensor.dims == wanted.dims and tensor.data_type == wanted.data_type
            if same and tensor.raw_data == wanted.raw_data and tensor.raw_data:
                return other
        self.tensors[name] = wanted
        return name

    def rounded(self, rows: str, inputs: int) -> tuple[str, str]:
        """Rows turned and rounded to whole numbers: uint8 [rows, inputs], float32 [rows, 1].

        See `despin.score.model_int8` for the arithmetic. Every row gets its own scale, so a row's
        result does not depend on the others (one scale for the whole input, as ONNX Runtime's own
        dynamic quantisation has it, would).
        """
        mixing = hadamard(inputs)
        blocks = self.node("Reshape", rows, self.constant([-1, len(mixing)]))
        mixed = self.node("MatMul", blocks, self.constant(mixing, np.float32))
        mixed = self.node("Reshape", mixed, self.constant([-1, inputs]))
        last = self.constant([-1])
        top = self.node("ReduceMax", self.node("Abs", mixed), last, keepdims=0)
        scale = self.node("Mul", top, self.constant(1 / LEVELS, np.float32))
        scale = self.node("Max", scale, self.constant(1e-12, np.float32))
        middle = self.constant(LEVELS, np.uint8)
        middles = self.node("Expand", middle, self.node("Shape", scale))
        whole = self.node("QuantizeLinear", mixed, scale, middles, axis=0)
        return whole, self.node("Unsqueeze", scale, last)

    def product(self, rounded: tuple[str, str], weights: str, scales: str) -> str:
        """float32 [rows, outputs]: rounded rows with a matrix of `model_int8.quantise`."""
        whole, scale = rounded
        one, middle = self.constant(1, np.float32), self.constant(LEVELS, np.uint8)
        product = self.node("MatMulIntegerToFloat", whole, weights, one, scales, middle, own=True)
        return str(self.node("Mul", product, scale))
