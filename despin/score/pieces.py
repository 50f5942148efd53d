"""Word pieces: text to the numbers the language model reads, with their place in the text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from despin.score.model_files import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

    from despin.score.gguf_weights import GgufFile

IntArray = NDArray[np.int32]

_SURROGATES = re.compile("[\ud800-\udfff]")
"""Code points that no encoding has; the tokenizer would refuse the text."""

_LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""How llama.cpp and Hugging Face both split text for Llama 3 (``tokenizer.ggml.pre``)."""

_BYTES: dict[str, Any] = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False}
_SPLITS: dict[str, list[dict[str, Any]]] = {
    "smollm": [{"type": "Digits", "individual_digits": True}, {**_BYTES, "use_regex": True}],
    "gpt-2": [{**_BYTES, "use_regex": True}],
    "llama-bpe": [
        {"type": "Split", "pattern": {"Regex": _LLAMA3}, "behavior": "Isolated", "invert": False},
        {**_BYTES, "use_regex": False},
    ],
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """The pieces of a text; all arrays have one entry a piece.

    A piece's leading space belongs to it: " dog" starts at the space. Where a character is split
    over several pieces, each of them has the whole character's span, so spans may repeat but
    never go backwards.
    """

    ids: IntArray
    starts: IntArray
    """Code point of the text at which each piece starts."""
    ends: IntArray
    """Code point after each piece."""


class Pieces:
    """The model's tokenizer. No piece is added in front or behind; mark-up is plain text."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Reads a saved tokenizer."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def encode(self, text: str) -> Encoded:
        """The pieces of `text`, each with its span in code points."""
        found = self._tokenizer.encode(_SURROGATES.sub("\ufffd", text), add_special_tokens=False)
        spans = np.asarray(found.offsets, dtype=np.int32).reshape(-1, 2)
        return Encoded(
            np.asarray(found.ids, dtype=np.int32), spans[:, 0].copy(), spans[:, 1].copy()
        )

    def encode_ids(self, texts: list[str]) -> list[IntArray]:
        """The pieces of many short texts, without spans."""
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [np.asarray(one.ids, dtype=np.int32) for one in found]


def tokenizer_json(file: GgufFile) -> str:
    """The GGUF's tokenizer in the form `tokenizers` loads.

    Control pieces (``<|im_start|>``) are left unregistered, so that such words in a text are read
    as text.

    Raises:
        ModelError: not a byte-level BPE tokenizer, or one whose splitting rule is unknown.
    """
    model, split = file.get("tokenizer.ggml.model"), file.get("tokenizer.ggml.pre", "gpt-2")
    if model != "gpt2" or split not in _SPLITS:
        raise ModelError(f"{file.name}: tokenizer {model}/{split} is not supported")
    vocabulary = {piece: number for number, piece in enumerate(file.get("tokenizer.ggml.tokens"))}
    merges = [merge.split(" ") for merge in file.get("tokenizer.ggml.merges")]
    byte_pairs = {
        "type": "BPE",
        "vocab": vocabulary,
        "merges": merges,
        "fuse_unk": False,
        "byte_fallback": False,
        "ignore_merges": split == "llama-bpe",
    }
    return json.dumps(
        {
            "version": "1.0",
            "added_tokens": [],
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": _SPLITS[split]},
            "decoder": _BYTES,
            "model": byte_pairs,
        },
        ensure_ascii=False,
    )


_BETWEEN_DOCUMENTS = "<|endoftext|>"


def first_piece(file: GgufFile) -> int:
    """The number put before every text, so that its first word has something before it.

    The piece that stood between documents when the model was trained, where there is one: the
    first words of a text are half a nat likelier after it than after SmolLM2's "<|im_start|>".
    Otherwise the model's beginning-of-text piece, or 0.
    """
    pieces = list(file.get("tokenizer.ggml.tokens", []))
    if _BETWEEN_DOCUMENTS in pieces:
        return pieces.index(_BETWEEN_DOCUMENTS)
    return int(file.get("tokenizer.ggml.bos_token_id", 0))
