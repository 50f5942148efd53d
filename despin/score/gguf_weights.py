"""Reads a llama-architecture GGUF file: shape, and weights as float32 matrices ready to multiply.

GGUF: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from despin.score.model_files import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions of a llama-architecture model."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    head_width: int
    hidden: int
    """Width of the feed-forward layer."""
    vocabulary: int
    context: int
    """Longest text the model was made for, in pieces."""
    rope_base: float
    norm_epsilon: float


class GgufFile:
    """An open GGUF file; tensors are read and dequantised one at a time, when asked for."""

    def __init__(self, path: Path) -> None:
        from gguf import GGUFReader

        try:
            self._reader = GGUFReader(path)
        except (OSError, ValueError, IndexError, KeyError) as error:
            raise ModelError(f"{path.name} is not a readable GGUF file ({error})") from error
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        self.name = path.stem

    def get(self, key: str, default: Any = None) -> Any:
        """A metadata value, or `default`."""
        field = self._reader.fields.get(key)
        return default if field is None else field.contents()

    def shape(self) -> Shape:
        """The model's dimensions.

        Raises:
            ModelError: another architecture, or a variant of llama this engine does not compute.
        """
        self._refuse_variants()
        heads = self._number("attention.head_count")
        width = self._number("embedding_length")
        return Shape(
            layers=self._number("block_count"),
            width=width,
            heads=heads,
            kv_heads=self._number("attention.head_count_kv", heads),
            head_width=self._number("attention.key_length", width // heads),
            hidden=self._number("feed_forward_length"),
            vocabulary=len(self.get("tokenizer.ggml.tokens", ())),
            context=self._number("context_length"),
            rope_base=float(self.get("llama.rope.freq_base", 10_000.0)),
            norm_epsilon=float(self.get("llama.attention.layer_norm_rms_epsilon", 1e-5)),
        )

    def _refuse_variants(self) -> None:
        kind = self.get("general.architecture")
        if kind != "llama":
            raise ModelError(f"{self.name}: architecture {kind!r}, but only 'llama' is supported")
        scaling = self.get("llama.rope.scaling.type", "none")
        biased = any(name.endswith(".bias") for name in self._tensors)
        if self.get("llama.expert_count", 0) or biased or scaling != "none":
            raise ModelError(f"{self.name}: experts, biases and rope scaling are not supported")

    def _number(self, key: str, default: int | None = None) -> int:
        value = self.get(f"llama.{key}", default)
        if value is None:
            raise ModelError(f"{self.name}: the file does not say llama.{key}")
        return int(value)

    def has(self, tensor: str) -> bool:
        """Whether the file holds this tensor."""
        return tensor in self._tensors

    def matrix(self, tensor: str) -> FloatArray:
        """A tensor as float32, rows = outputs, columns = inputs (or a vector).

        Raises:
            ModelError: no such tensor, or a quantisation `gguf` cannot undo.
        """
        from gguf import dequantize

        if tensor not in self._tensors:
            raise ModelError(f"{self.name}: no tensor {tensor}")
        found = self._tensors[tensor]
        try:
            return np.asarray(dequantize(found.data, found.tensor_type), dtype=np.float32)
        except NotImplementedError as error:
            kind = found.tensor_type.name
            raise ModelError(f"{self.name}: quantisation {kind} is not supported") from error


def rotation_frequencies(file: GgufFile, shape: Shape) -> FloatArray:
    """Radians a position, float32 [head_width / 2], for rotary position embedding.

    ``rope_freqs.weight``, where present, slows the frequencies (Llama 3.1 and later).
    """
    half = np.arange(0, shape.head_width, 2, dtype=np.float32) / np.float32(shape.head_width)
    frequencies = np.float32(1.0) / np.power(np.float32(shape.rope_base), half)
    if file.has("rope_freqs.weight"):
        frequencies /= file.matrix("rope_freqs.weight")
    return np.asarray(frequencies, dtype=np.float32)


def weights(file: GgufFile, shape: Shape) -> Iterator[tuple[str, FloatArray]]:
    """Every weight under the name the graph gives it, one at a time.

    Matrices are [inputs, outputs]; query, key and value are one matrix, and so are gate and up:
    fewer and larger products keep two cores busier. ``embedding`` and ``head`` are
    [vocabulary, width]; there is no ``head`` where the model ties it to the embedding.
    """
    yield "embedding", file.matrix("token_embd.weight")
    for layer in range(shape.layers):
        block, to = f"blk.{layer}", f"layer{layer}"
        query = _halves(file.matrix(f"{block}.attn_q.weight"), shape.heads)
        key = _halves(file.matrix(f"{block}.attn_k.weight"), shape.kv_heads)
        value = file.matrix(f"{block}.attn_v.weight")
        gate, up = (file.matrix(f"{block}.ffn_{part}.weight") for part in ("gate", "up"))
        yield f"{to}.attention_norm", file.matrix(f"{block}.attn_norm.weight")
        yield f"{to}.qkv", _columns(query, key, value)
        yield f"{to}.attention_out", _columns(file.matrix(f"{block}.attn_output.weight"))
        yield f"{to}.feed_norm", file.matrix(f"{block}.ffn_norm.weight")
        yield f"{to}.gate_up", _columns(gate, up)
        yield f"{to}.down", _columns(file.matrix(f"{block}.ffn_down.weight"))
    yield "final_norm", file.matrix("output_norm.weight")
    if file.has("output.weight"):
        yield "head", file.matrix("output.weight")


def _columns(*matrices: FloatArray) -> FloatArray:
    """[outputs, inputs] matrices side by side as one [inputs, outputs]."""
    return np.ascontiguousarray(np.concatenate(matrices, axis=0).T)


def _halves(matrix: FloatArray, heads: int) -> FloatArray:
    """Undoes llama.cpp's order of rotary pairs: (x0, y0, x1, y1 …) back to (x0, x1 … y0, y1 …)."""
    rows, columns = matrix.shape
    paired = matrix.reshape(heads, rows // heads // 2, 2, columns)
    return np.ascontiguousarray(paired.swapaxes(1, 2).reshape(rows, columns))
