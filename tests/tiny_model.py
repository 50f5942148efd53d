"""A tiny random language model, written as GGUF and installed like a real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def write_gguf(path: Path, architecture: str = "llama", split: str = "smollm") -> Path:
    """A llama of two layers with random weights; the same file every time."""
    import gguf

    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(LAYERS)
    writer.add_context_length(2048)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FEED)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(split)
    pieces = ["<|endoftext|>", *byte_letters(), "th", "the", "Ġthe", "Ġc"]
    pieces += [f"<unused{n}>" for n in range(VOCABULARY - len(pieces))]
    writer.add_token_list(pieces)
    writer.add_token_merges(MERGES)
    writer.add_bos_token_id(0)
    _add_tensors(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_tensors(writer: object) -> None:
    rng = np.random.default_rng(1)
    shapes: dict[str, tuple[int, ...]] = {"token_embd": (VOCABULARY, WIDTH)}
    for layer in range(LAYERS):
        shapes |= {
            f"blk.{layer}.attn_norm": (WIDTH,),
            f"blk.{layer}.attn_q": (HEADS * HEAD, WIDTH),
            f"blk.{layer}.attn_k": (KV_HEADS * HEAD, WIDTH),
            f"blk.{layer}.attn_v": (KV_HEADS * HEAD, WIDTH),
            f"blk.{layer}.attn_output": (WIDTH, HEADS * HEAD),
            f"blk.{layer}.ffn_norm": (WIDTH,),
            f"blk.{layer}.ffn_gate": (FEED, WIDTH),
            f"blk.{layer}.ffn_up": (FEED, WIDTH),
            f"blk.{layer}.ffn_down": (WIDTH, FEED),
        }
    for name, shape in (shapes | {"output_norm": (WIDTH,)}).items():
        values = rng.normal(1.0 if len(shape) == 1 else 0.0, 0.2, shape)
        writer.add_tensor(f"{name}.weight", values.astype(np.float32))  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def write_tiny() -> Callable[..., Path]:
    """Writes a tiny model's GGUF file: path, architecture, splitting rule."""
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
