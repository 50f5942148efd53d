"""A tiny random language model, written as GGUF and installed like a real one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from despin.score.engine import Engine
    from despin.score.model_files import ModelFiles
    from despin.score.pieces import Pieces

WIDTH, HEADS, KV_HEADS, HEAD, FEED, LAYERS, VOCABULARY = 64, 4, 2, 16, 96, 2, 300
MERGES = ["t h", "th e", "Ġ the", "Ġ c"]


def byte_letters() -> list[str]:
    """The printable stand-ins of byte-level BPE (Radford et al. 2019) for the 256 bytes."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = (chr(256 + n) for n in range(256))
    return [chr(byte) if byte in plain else next(rest) for byte in range(256)]


@dataclass(frozen=True)
class Tiny:
    """What a tiny model is like; more tensors and settings are written as they are."""

    heads: int = HEADS
    kv_heads: int = KV_HEADS
    head: int = HEAD
    layers: int = LAYERS
    rope_base: float = 10_000.0
    context: int = 2048
    tied: bool = True
    bos: bool = True
    biases: bool = False
    norms: bool = False
    gemma: bool = False
    quantised: str = "F32"
    sentence_piece: bool = False
    tensors: tuple[str, ...] = ()
    settings: tuple[tuple[str, int | str], ...] = ()


def write_gguf(
    path: Path, architecture: str = "llama", split: str = "smollm", tiny: Tiny | None = None
) -> Path:
    """A model with random weights; the same file every time."""
    import gguf

    tiny = tiny or Tiny()
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(tiny.layers)
    writer.add_context_length(tiny.context)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FEED)
    writer.add_head_count(tiny.heads)
    writer.add_head_count_kv(tiny.kv_heads)
    if tiny.head != WIDTH // tiny.heads:
        writer.add_key_length(tiny.head)
        writer.add_value_length(tiny.head)
    writer.add_rope_freq_base(tiny.rope_base)
    writer.add_layer_norm_rms_eps(1e-5)
    for key, value in tiny.settings:
        (writer.add_string if isinstance(value, str) else writer.add_uint32)(key, value)
    (_add_sentence_piece if tiny.sentence_piece else _add_byte_pairs)(writer, split)
    if tiny.bos:
        writer.add_bos_token_id(0)
    _add_tensors(writer, tiny)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_byte_pairs(writer: Any, split: str) -> None:
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(split)
    pieces = ["<|endoftext|>", *byte_letters(), "th", "the", "Ġthe", "Ġc"]
    pieces += [f"<unused{n}>" for n in range(VOCABULARY - len(pieces))]
    writer.add_token_list(pieces)
    writer.add_token_merges(MERGES)


def _add_sentence_piece(writer: Any, split: str) -> None:
    """As Llama 2's: special pieces, bytes, then pieces by falling score."""
    own = "▁t he ▁the er ▁c at ▁cat in".split()
    letters = [*"▁abcdefghijklmnopqrstuvwxyz"]
    pieces = ["<s>", "</s>", "<unk>", *(f"<0x{n:02X}>" for n in range(256)), *own, *letters]
    kinds = [3, 3, 2, *[6] * 256, *[1] * (len(own) + len(letters))]
    pieces, kinds = pieces[:VOCABULARY], kinds[:VOCABULARY]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(pieces)
    writer.add_token_scores([float(-n) for n in range(len(pieces))])
    writer.add_token_types(kinds)


def _add_tensors(writer: Any, tiny: Tiny) -> None:
    import gguf

    rng = np.random.default_rng(1)
    query, key = tiny.heads * tiny.head, tiny.kv_heads * tiny.head
    shapes: dict[str, tuple[int, ...]] = {"token_embd": (VOCABULARY, WIDTH)}
    for layer in range(tiny.layers):
        block = f"blk.{layer}"
        shapes |= {
            f"{block}.attn_norm": (WIDTH,),
            f"{block}.attn_q": (query, WIDTH),
            f"{block}.attn_k": (key, WIDTH),
            f"{block}.attn_v": (key, WIDTH),
            f"{block}.attn_output": (WIDTH, query),
            f"{block}.ffn_norm": (WIDTH,),
            f"{block}.ffn_gate": (FEED, WIDTH),
            f"{block}.ffn_up": (FEED, WIDTH),
            f"{block}.ffn_down": (WIDTH, FEED),
        }
        if tiny.gemma:
            shapes |= {f"{block}.post_{part}_norm": (WIDTH,) for part in ("attention", "ffw")}
        if tiny.norms:
            shapes |= {f"{block}.attn_{part}_norm": (tiny.head,) for part in "qk"}
    shapes |= {"output_norm": (WIDTH,)}
    if not tiny.tied:
        shapes["output"] = (VOCABULARY, WIDTH)
    names = {f"{name}.weight": shape for name, shape in shapes.items()}
    if tiny.biases:
        for layer in range(tiny.layers):
            for part, size in (("q", query), ("k", key), ("v", key)):
                names[f"blk.{layer}.attn_{part}.bias"] = (size,)
    kind = gguf.GGMLQuantizationType[tiny.quantised]
    for name, shape in (names | dict.fromkeys(tiny.tensors, (WIDTH,))).items():
        centre = 1.0 if len(shape) == 1 and name.endswith(".weight") else 0.0
        values = rng.normal(centre, 0.2, shape).astype(np.float32)
        if len(shape) == 1 or tiny.quantised == "F32":
            writer.add_tensor(name, values)
        else:
            writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)


@pytest.fixture(scope="session")
def write_tiny() -> Callable[..., Path]:
    """Writes a tiny model's GGUF file: path, architecture, splitting rule, what it is like."""
    pytest.importorskip("gguf")
    return write_gguf


@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model's GGUF file."""
    pytest.importorskip("gguf")
    return write_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")


@pytest.fixture(scope="session")
def tiny_model(tiny_gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    """The tiny model, installed into a data folder of its own."""
    for needed in ("onnx", "onnxruntime", "tokenizers"):
        pytest.importorskip(needed)
    from despin.score.model_store import install

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESPIN_DATA", str(tmp_path_factory.mktemp("data")))
        return install(tiny_gguf)


@pytest.fixture(scope="session")
def tiny_engines(tiny_model: ModelFiles) -> dict[int, Engine]:
    """Engines on the tiny model by the size of their chunks."""
    from despin.score.engine import Engine

    return {chunk: Engine(tiny_model, threads=1, chunk=chunk) for chunk in (1, 5, 256)}


@pytest.fixture(scope="session")
def tiny_pieces(tiny_model: ModelFiles) -> Pieces:
    """The tiny model's tokenizer."""
    from despin.score.pieces import Pieces

    return Pieces.load(tiny_model.pieces)
