"""Models of the user's own: what is accepted is computed as a plain reading computes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tiny_model import Tiny, write_gguf

from despin.document import Document
from despin.options import Options
from despin.propose.substitutions import Substitutions, slots
from despin.score.model_store import ModelError, install

if TYPE_CHECKING:
    from pathlib import Path

for needed in ("gguf", "onnx", "onnxruntime", "tokenizers"):
    pytest.importorskip(needed)

CLOSE = 5e-4
KINDS = {
    "llama": ("llama", Tiny()),
    "mistral": ("llama", Tiny(tied=False, rope_base=1e6)),
    "no groups": ("llama", Tiny(kv_heads=4, layers=1)),
    "other width": ("llama", Tiny(heads=2, kv_heads=1, head=48)),
    "no first piece": ("llama", Tiny(bos=False)),
    "short": ("llama", Tiny(context=512)),
    "f16": ("llama", Tiny(quantised="F16")),
    "bf16": ("llama", Tiny(quantised="BF16", tied=False)),
    "q8_0": ("llama", Tiny(quantised="Q8_0")),
    "q4_0": ("qwen2", Tiny(quantised="Q4_0", biases=True)),
    "llama with biases": ("llama", Tiny(biases=True)),
    "qwen2": ("qwen2", Tiny(biases=True, rope_base=1e6, tied=False)),
    "qwen3": ("qwen3", Tiny(norms=True, head=32, rope_base=1e6)),
    "sentence pieces": ("llama", Tiny(sentence_piece=True)),
    "gemma3": (
        "gemma3",
        Tiny(
            gemma=True,
            norms=True,
            head=32,
            layers=7,
            rope_base=1e6,
            sentence_piece=True,
            settings=(("gemma3.attention.sliding_window", 512),),
        ),
    ),
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path / "data"))
    return tmp_path


def log_probs(path: Path, architecture: str, tiny: Tiny, ids: np.ndarray) -> np.ndarray:
    """float32[T, vocabulary]: a plain reading of the file's own tensors, head by head."""
    import gguf

    tensors: dict[str, Any] = {
        tensor.name: gguf.dequantize(tensor.data, tensor.tensor_type).astype(np.float64)
        for tensor in gguf.GGUFReader(path).tensors
    }
    stream = tensors["token_embd.weight"][ids] * (
        tensors["output_norm.weight"].size ** 0.5 if tiny.gemma else 1
    )
    for layer in range(tiny.layers):
        block = {n.split(".", 2)[2]: t for n, t in tensors.items() if n.startswith(f"blk.{layer}.")}
        local = tiny.gemma and layer % 6 != 5
        kind = replace(tiny, rope_base=10_000.0) if local else tiny
        mixed = attention(normed(stream, block["attn_norm.weight"]), block, architecture, kind)
        stream = stream + behind(mixed, block, "attention")
        inner = normed(stream, block["ffn_norm.weight"])
        gate, up = inner @ block["ffn_gate.weight"].T, inner @ block["ffn_up.weight"].T
        gated = gelu(gate) if tiny.gemma else gate / (1 + np.exp(-gate))
        stream = stream + behind(gated * up @ block["ffn_down.weight"].T, block, "ffw")
    head = tensors.get("output.weight", tensors["token_embd.weight"])
    logits = normed(stream, tensors["output_norm.weight"]) @ head.T
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def behind(rows: np.ndarray, block: dict[str, Any], part: str) -> np.ndarray:
    """The norm behind a part of a layer, where there is one."""
    weight = block.get(f"post_{part}_norm.weight")
    return rows if weight is None else normed(rows, weight)


def gelu(x: np.ndarray) -> np.ndarray:
    """By the hyperbolic tangent, as Gemma has it."""
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def normed(rows: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return rows / np.sqrt((rows**2).mean(axis=-1, keepdims=True) + 1e-5) * weight


def attention(rows: np.ndarray, block: dict[str, Any], architecture: str, tiny: Tiny) -> np.ndarray:
    made = {}
    for part in "qkv":
        flat = rows @ block[f"attn_{part}.weight"].T + block.get(f"attn_{part}.bias", 0.0)
        made[part] = flat.reshape(len(rows), -1, tiny.head)
        if part != "v":
            if tiny.norms:
                made[part] = normed(made[part], block[f"attn_{part}_norm.weight"])
            made[part] = turned(made[part], tiny, paired=architecture == "llama")
    hidden = np.triu(np.full((len(rows), len(rows)), -np.inf), 1)
    group, out = tiny.heads // tiny.kv_heads, []
    for head in range(tiny.heads):
        scores = made["q"][:, head] @ made["k"][:, head // group].T / np.sqrt(tiny.head) + hidden
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        out.append(shares / shares.sum(axis=1, keepdims=True) @ made["v"][:, head // group])
    return np.concatenate(out, axis=1) @ block["attn_output.weight"].T


def turned(heads: np.ndarray, tiny: Tiny, *, paired: bool) -> np.ndarray:
    """Rotary positions: llama.cpp turns neighbours (llama) or halves (qwen)."""
    speeds = tiny.rope_base ** -(np.arange(0, tiny.head, 2) / tiny.head)
    angles = np.arange(len(heads))[:, None, None] * speeds
    half = tiny.head // 2
    x, y = (
        (heads[..., 0::2], heads[..., 1::2]) if paired else (heads[..., :half], heads[..., half:])
    )
    one, other = x * np.cos(angles) - y * np.sin(angles), x * np.sin(angles) + y * np.cos(angles)
    if paired:
        return np.stack([one, other], axis=-1).reshape(heads.shape)
    return np.concatenate([one, other], axis=-1)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_computed_as_it_says(data: Path, kind: str) -> None:
    from despin.score.engine import Engine

    architecture, tiny = KINDS[kind]
    path = write_gguf(
        data / "m.gguf", architecture, "qwen2" if "qwen" in architecture else "smollm", tiny
    )
    files = install(path)
    ids = np.random.default_rng(2).integers(0, 290, 40).astype(np.int32)
    wanted = log_probs(path, architecture, tiny, ids)
    seen, asked = np.repeat(np.arange(1, 41), 5), np.tile([0, 3, 77, 200, 289], 40)
    for precision, close in (("fp32", CLOSE), ("int8", 2.0)):
        engine = Engine(files, precision, threads=1)
        found = engine.next_log_probs(engine.read(ids), seen, asked)
        assert np.allclose(found, wanted[seen - 1, asked], atol=close), precision


@pytest.mark.parametrize("kind", ["short", "qwen2", "qwen3", "sentence pieces", "gemma3"])
def test_every_kind_judges_a_document(table: Substitutions, data: Path, kind: str) -> None:
    from despin.score.loading import load

    architecture, tiny = KINDS[kind]
    path = write_gguf(data / "m.gguf", architecture, "qwen2", tiny)
    scorer = load(replace(Options(), model=path))
    text = "The firm sent its big invoices, and they mentioned the place was joyful. " * 12
    document = Document("-", text)
    places = slots(table, document)
    scores = scorer.score(document, places)
    assert np.isfinite(scores.odds).any()
    assert ((scores.spun >= 0) & (scores.spun <= 1)).all()
    assert scorer.model == "m"


@pytest.mark.parametrize(
    ("architecture", "tiny", "message"),
    [
        ("gemma", Tiny(), "architecture 'gemma' is not supported"),
        (
            "llama",
            Tiny(tensors=("blk.0.attn_q_norm.bias",)),
            r"a llama with blk\.0\.attn_q_norm\.bias",
        ),
        ("llama", Tiny(tensors=("blk.1.ffn_gate_inp.weight",)), r"with blk\.1\.ffn_gate_inp"),
        ("qwen2", Tiny(tensors=("blk.0.attn_output.bias",)), r"with blk\.0\.attn_output\.bias"),
        ("llama", Tiny(settings=(("llama.rope.scaling.type", "yarn"),)), "rotary positions"),
        ("llama", Tiny(settings=(("llama.rope.dimension_count", 8),)), "rotary positions"),
        ("llama", Tiny(settings=(("split.count", 2),)), "one part of several"),
        ("llama", Tiny(settings=(("llama.attention.value_length", 8),)), "values of another width"),
        ("llama", Tiny(context=128), "less than 512 pieces"),
        ("llama", Tiny(layers=0, settings=(("llama.block_count", 3),)), r"no tensor blk\.0"),
    ],
)
def test_other_kinds_are_refused_in_one_line(
    data: Path, architecture: str, tiny: Tiny, message: str
) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        install(write_gguf(data / "own.gguf", architecture, tiny=tiny))
    assert "own" in str(caught.value)
    assert "\n" not in str(caught.value)


class TestSentencePieces:
    @pytest.fixture
    def cut(self, data: Path) -> Any:
        from despin.score.pieces import Pieces

        path = write_gguf(data / "m.gguf", tiny=Tiny(sentence_piece=True))
        files = install(path)
        return Pieces.load(files.pieces)

    def test_the_best_scored_piece_is_merged_first(self, cut: Any) -> None:
        text = "a the cat"
        found = cut.encode(text)
        parts = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
        assert parts == ["a", " the", " cat"]

    def test_characters_without_a_piece_become_bytes(self, cut: Any) -> None:
        found = cut.encode("cé\n")
        assert found.ids[1:].tolist() == [3 + byte for byte in "é\n".encode()]
        assert list(zip(found.starts[1:], found.ends[1:], strict=True)) == [(1, 2), (1, 2), (2, 3)]

    def test_control_pieces_in_a_text_are_text(self, cut: Any) -> None:
        assert 0 not in cut.encode("<s> the").ids

    def test_a_wording_is_cut_as_in_the_text(self, cut: Any) -> None:
        (alone,) = cut.encode_ids([" cat"])
        assert cut.encode("the cat").ids[-len(alone) :].tolist() == alone.tolist()
