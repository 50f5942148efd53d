"""Reads a GGUF file of llama or its kin: shape, and weights as float32 matrices to multiply by.

GGUF: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from despin.score.model_files import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FloatArray = NDArray[np.float32]

ARCHITECTURES = ("llama", "qwen2", "qwen3", "gemma3")
"""What the graph computes: llama (Mistral, SmolLM and TinyLlama say so too), qwen2 with its biases
of query, key and value, qwen3 with its norms of query and key, gemma3 with norms before and behind,
GELU, and positions turned in two ways (the files of text models alone)."""
GEMMA = "gemma3"
GLOBAL_EVERY = 6
"""Every sixth layer of a gemma3 sees the whole text; the others a window."""
LOCAL_ROPE_BASE = 10_000.0
"""Of gemma3's layers with a window; no metadata says so."""
SHORTEST = 512
"""Pieces a model must take at least, so that a place has its surroundings."""

_KNOWN = re.compile(
    r"token_embd\.weight|output_norm\.weight|output\.weight|rope_freqs\.weight"
    r"|blk\.\d+\.(?:(?:attn_(?:norm|q|k|v|q_norm|k_norm|output)|ffn_(?:norm|gate|up|down)"
    r"|post_attention_norm|post_ffw_norm)\.weight"
    r"|attn_[qkv]\.bias)"
)
"""Tensors that are used; any other one belongs to a variant that would be computed wrongly."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions of a model."""

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
    embedding_scale: float = 1.0
    """What the embedding is multiplied by."""
    gelu: bool = False
    """GELU in the feed-forward layers instead of SiLU."""


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
        norm = self.get(f"{self._kind}.attention.layer_norm_rms_epsilon", 1e-5)
        heads = self._number("attention.head_count")
        return Shape(
            layers=self._number("block_count"),
            width=self._number("embedding_length"),
            heads=heads,
            kv_heads=self._number("attention.head_count_kv", heads),
            head_width=self._number("attention.key_length", self._head_width()),
            hidden=self._number("feed_forward_length"),
            vocabulary=len(self.get("tokenizer.ggml.tokens", ())),
            context=self._context(),
            rope_base=float(self.get(f"{self._kind}.rope.freq_base", 10_000.0)),
            norm_epsilon=float(norm),
            embedding_scale=self._number("embedding_length") ** 0.5 if self.gemma else 1.0,
            gelu=self.gemma,
        )

    def _context(self) -> int:
        """Longest text; where layers have windows no longer than these, so that all see it all."""
        longest = self._number("context_length")
        return min(longest, self._number("attention.sliding_window", longest))

    @property
    def gemma(self) -> bool:
        """Whether this is a gemma3."""
        return self._kind == GEMMA

    @property
    def paired(self) -> bool:
        """Whether query and key lie in llama.cpp's order of rotary pairs."""
        return self._kind == "llama"

    @property
    def _kind(self) -> str:
        return str(self.get("general.architecture"))

    def _refuse_variants(self) -> None:
        if self._kind not in ARCHITECTURES:
            known = ", ".join(ARCHITECTURES)
            raise ModelError(f"{self.name}: architecture {self._kind!r} is not supported ({known})")
        if self.get("split.count", 0) > 1:
            raise ModelError(f"{self.name} is one part of several; merge them (llama-gguf-split)")
        width = self._number("attention.key_length", self._head_width())
        turned = self._number("rope.dimension_count", width)
        if self.get(f"{self._kind}.rope.scaling.type", "none") != "none" or turned != width:
            raise ModelError(f"{self.name}: scaled or partial rotary positions are not supported")
        if self._number("attention.value_length", width) != width:
            raise ModelError(f"{self.name}: values of another width than keys are not supported")
        odd = next((name for name in self._tensors if not _KNOWN.fullmatch(name)), None)
        if odd is not None:
            raise ModelError(f"{self.name}: a {self._kind} with {odd} is not supported")
        if self._context() < SHORTEST:
            raise ModelError(f"{self.name} reads less than {SHORTEST} pieces at a time")

    def _head_width(self) -> int:
        return self._number("embedding_length") // self._number("attention.head_count")

    def _number(self, key: str, default: int | None = None) -> int:
        value = self.get(f"{self._kind}.{key}", default)
        if value is None:
            raise ModelError(f"{self.name}: the file does not say {self._kind}.{key}")
        if not isinstance(value, int | float):
            raise ModelError(f"{self.name}: {self._kind}.{key} differs from layer to layer")
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


def rotation_frequencies(file: GgufFile, shape: Shape) -> list[FloatArray]:
    """Of each layer radians a position, float32 [head_width / 2], for rotary position embedding.

    ``rope_freqs.weight``, where present, slows the frequencies (Llama 3.1 and later).
    """
    half = np.arange(0, shape.head_width, 2, dtype=np.float32) / np.float32(shape.head_width)

    def frequencies(base: float) -> FloatArray:
        found = np.float32(1.0) / np.power(np.float32(base), half)
        if file.has("rope_freqs.weight"):
            found /= file.matrix("rope_freqs.weight")
        return np.asarray(found, dtype=np.float32)

    usual = frequencies(shape.rope_base)
    local = frequencies(LOCAL_ROPE_BASE) if file.gemma else usual
    return [
        usual if layer % GLOBAL_EVERY == GLOBAL_EVERY - 1 else local
        for layer in range(shape.layers)
    ]


POST_NORMS = {"attention_post": "post_attention_norm", "feed_post": "post_ffw_norm"}
"""The graph's names of norms behind a layer's parts, and the file's."""


def weights(file: GgufFile, shape: Shape) -> Iterator[tuple[str, FloatArray]]:
    """Every weight under the name the graph gives it, one at a time.

    Matrices are [inputs, outputs]; query, key and value are one matrix, and so are gate and up:
    fewer and larger products keep two cores busier. ``embedding`` and ``head`` are
    [vocabulary, width]; there is no ``head`` where the model ties it to the embedding.
    ``layerN.qkv_bias``, ``layerN.qk_norm`` (all heads in a row), and the norms behind attention and
    feed-forward layer come where the model has them.
    """
    yield "embedding", file.matrix("token_embd.weight")
    for layer in range(shape.layers):
        block, to = f"blk.{layer}", f"layer{layer}"
        gate, up = (file.matrix(f"{block}.ffn_{part}.weight") for part in ("gate", "up"))
        yield f"{to}.attention_norm", file.matrix(f"{block}.attn_norm.weight")
        yield from _attention(file, shape, block, to)
        yield f"{to}.attention_out", _columns(file.matrix(f"{block}.attn_output.weight"))
        for own, name in POST_NORMS.items():
            if file.has(f"{block}.{name}.weight"):
                yield f"{to}.{own}", file.matrix(f"{block}.{name}.weight")
        yield f"{to}.feed_norm", file.matrix(f"{block}.ffn_norm.weight")
        yield f"{to}.gate_up", _columns(gate, up)
        yield f"{to}.down", _columns(file.matrix(f"{block}.ffn_down.weight"))
    yield "final_norm", file.matrix("output_norm.weight")
    if file.has("output.weight"):
        yield "head", file.matrix("output.weight")


def _attention(
    file: GgufFile, shape: Shape, block: str, to: str
) -> Iterator[tuple[str, FloatArray]]:
    """What makes query, key and value of a layer's input."""
    heads = {"q": shape.heads, "k": shape.kv_heads, "v": shape.kv_heads}

    def parts(kind: str) -> Iterator[FloatArray]:
        for letter, count in heads.items():
            found = file.matrix(f"{block}.attn_{letter}.{kind}")
            yield _halves(found, count) if file.paired and letter != "v" else found

    yield f"{to}.qkv", _columns(*parts("weight"))
    if file.has(f"{block}.attn_q.bias"):
        yield f"{to}.qkv_bias", np.concatenate(list(parts("bias")))
    if file.has(f"{block}.attn_q_norm.weight"):
        norms = [np.tile(file.matrix(f"{block}.attn_{k}_norm.weight"), heads[k]) for k in "qk"]
        yield f"{to}.qk_norm", np.concatenate(norms)


def _columns(*matrices: FloatArray) -> FloatArray:
    """[outputs, inputs] matrices side by side as one [inputs, outputs]."""
    return np.ascontiguousarray(np.concatenate(matrices, axis=0).T)


def _halves(found: FloatArray, heads: int) -> FloatArray:
    """Undoes llama.cpp's order of rotary pairs: (x0, y0, x1, y1 …) back to (x0, x1 … y0, y1 …)."""
    paired = found.reshape(heads, len(found) // heads // 2, 2, -1)
    return np.ascontiguousarray(paired.swapaxes(1, 2).reshape(found.shape))
