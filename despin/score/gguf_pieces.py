"""The tokenizer of a GGUF file, in the form that `tokenizers` loads.

Two kinds: byte-level BPE with its merges (``gpt2``), and SentencePiece's BPE (``llama``), in which
the best-scored piece is merged first and a character without a piece becomes its bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from despin.score.model_files import ModelError

if TYPE_CHECKING:
    from despin.score.gguf_weights import GgufFile

_CONTRACTED = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
_REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_LLAMA3, _QWEN2 = _CONTRACTED + "{1,3}" + _REST, _CONTRACTED + _REST
"""How llama.cpp and Hugging Face both split text for Llama 3 and Qwen 2
(``tokenizer.ggml.pre``)."""

_BYTES: dict[str, Any] = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False}
_WHOLE: dict[str, Any] = {**_BYTES, "use_regex": True}


def _split(pattern: str) -> list[dict[str, Any]]:
    found = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated"}
    return [{**found, "invert": False}, {**_BYTES, "use_regex": False}]


_SPLITS: dict[str, list[dict[str, Any]]] = {
    "smollm": [{"type": "Digits", "individual_digits": True}, _WHOLE],
    "gpt-2": [_WHOLE],
    "llama-bpe": _split(_LLAMA3),
    "qwen2": _split(_QWEN2),
}

_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
"""SentencePiece's sign for a space."""
_NORMAL, _UNKNOWN, _OWN, _BYTE = 1, 2, 4, 6
"""Kinds of pieces (``tokenizer.ggml.token_type``)."""


def tokenizer_json(file: GgufFile) -> str:
    """The GGUF's tokenizer.

    Control pieces (``<|im_start|>``) are left unregistered, so that such words in a text are read
    as text.

    Raises:
        ModelError: another kind of tokenizer, or one whose splitting rule is unknown.
    """
    model, split = file.get("tokenizer.ggml.model"), file.get("tokenizer.ggml.pre", "gpt-2")
    if model == "llama":
        return json.dumps(_sentence_piece(file), ensure_ascii=False)
    if model != "gpt2" or split not in _SPLITS:
        raise ModelError(f"{file.name}: tokenizer {model}/{split} is not supported")
    made = {
        "version": "1.0",
        "added_tokens": [],
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": _SPLITS[split]},
        "decoder": _BYTES,
        "model": {
            "type": "BPE",
            "vocab": _numbers(file),
            "merges": [merge.split(" ") for merge in file.get("tokenizer.ggml.merges")],
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": split == "llama-bpe",
        },
    }
    return json.dumps(made, ensure_ascii=False)


def _numbers(file: GgufFile) -> dict[str, int]:
    return {piece: number for number, piece in enumerate(file.get("tokenizer.ggml.tokens"))}


def _sentence_piece(file: GgufFile) -> dict[str, Any]:
    """SentencePiece's BPE, its scores turned into an order of merges.

    No space is put in front: a wording is cut with the space that stands before it.
    """
    numbers = _numbers(file)
    scores = file.get("tokenizer.ggml.scores")
    kinds = file.get("tokenizer.ggml.token_type")
    if scores is None or kinds is None:
        raise ModelError(f"{file.name}: the tokenizer's scores or kinds of pieces are missing")
    text = {p: float(scores[n]) for p, n in numbers.items() if kinds[n] in {_NORMAL, _OWN}}
    unknown = next((p for p, n in numbers.items() if kinds[n] == _UNKNOWN), None)
    replaced = {"type": "Replace", "pattern": {"String": " "}, "content": _SPACE}
    return {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": replaced,
        "model": {
            "type": "BPE",
            "vocab": numbers,
            "merges": _merges(text),
            "unk_token": unknown,
            "fuse_unk": True,
            "byte_fallback": any(kind == _BYTE for kind in kinds),
        },
    }


def _merges(scores: dict[str, float]) -> list[tuple[str, str]]:
    """Every way to put a piece together from two others, the best-scored piece first."""
    found: list[tuple[str, str]] = []
    for piece in sorted(scores, key=lambda piece: -scores[piece]):
        halves = ((piece[:cut], piece[cut:]) for cut in range(1, len(piece)))
        found += [(left, right) for left, right in halves if left in scores and right in scores]
    return found


_BETWEEN_DOCUMENTS = "<|endoftext|>"


def first_piece(file: GgufFile) -> int:
    """The number put before every text, so that its first word has something before it.

    The piece that stood between documents when the model was trained, where there is one: the
    first words of a text are half a nat likelier after it than after SmolLM2's "<|im_start|>".
    Otherwise the model's beginning-of-text piece, its end-of-text piece, or 0.
    """
    pieces = list(file.get("tokenizer.ggml.tokens", []))
    if _BETWEEN_DOCUMENTS in pieces:
        return pieces.index(_BETWEEN_DOCUMENTS)
    end = file.get("tokenizer.ggml.eos_token_id", 0)
    return int(file.get("tokenizer.ggml.bos_token_id", end))
