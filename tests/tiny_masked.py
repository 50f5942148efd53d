"""Tiny masked language models, written as Hugging Face's tools lay them out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

WIDTH, POSITIONS = 32, 200
WORDS = """
a an the firm sent its big bill bills invoice invoices large huge it used utilized cash money
profits gains came said mentioned place was joyful happy they operation surgery surg op era tion
offer offers offered no other shops in this town today home house
""".split()
LETTERS = [mark + letter for letter in "abcdefghijklmnopqrstuvwxyz" for mark in ("", "##")]
VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", "'", "-"),
    *LETTERS,
    *("##eries", "##ery", "##s", "##ed"),
    *dict.fromkeys(word for word in WORDS if len(word) > 1),
]


def write_tokenizer(folder: Path) -> None:
    """A lower-casing WordPiece tokenizer, as BERT's."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    numbers = {piece: number for number, piece in enumerate(VOCABULARY)}
    made = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.add_special_tokens(VOCABULARY[:5])
    ends = [(piece, numbers[piece]) for piece in ("[CLS]", "[SEP]")]
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=ends
    )
    made.enable_truncation(8)  # what a model's tokenizer may come with
    made.save(str(folder / "tokenizer.json"))
    names = {f"{kind}_token": f"[{kind.upper()}]" for kind in ("pad", "unk", "cls", "sep", "mask")}
    names["tokenizer_class"] = "PreTrainedTokenizerFast"
    (folder / "tokenizer_config.json").write_text(json.dumps(names), encoding="utf-8")


def write_onnx(folder: Path, output: str = "logits") -> Path:
    """A masked model of one attention layer with random weights; the same every time."""
    from onnx import TensorProto, helper, numpy_helper

    folder.mkdir(parents=True, exist_ok=True)
    write_tokenizer(folder)
    rng = np.random.default_rng(4)
    table = rng.normal(0.0, 0.6, (len(VOCABULARY), WIDTH)).astype(np.float32)
    place = rng.normal(0.0, 0.4, (POSITIONS, WIDTH)).astype(np.float32)
    weights = {"table": table, "place": place, "turned": np.ascontiguousarray(table.T)}
    numbers = {"zero": 0, "one": 1}
    steps = [
        ("Gather", ["table", "input_ids"], "words", {}),
        ("Shape", ["input_ids"], "shape", {}),
        ("Gather", ["shape", "one"], "length", {}),
        ("Range", ["zero", "length", "one"], "order", {}),
        ("Gather", ["place", "order"], "places", {}),
        ("Add", ["words", "places"], "stream", {}),
        ("Transpose", ["stream"], "keys", {"perm": [0, 2, 1]}),
        ("MatMul", ["stream", "keys"], "seen", {}),
        ("Softmax", ["seen"], "shares", {"axis": -1}),
        ("MatMul", ["shares", "stream"], "mixed", {}),
        ("MatMul", ["mixed", "turned"], output, {}),
    ]
    nodes = [helper.make_node(kind, ins, [out], **sets) for kind, ins, out, sets in steps]
    stored = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    stored += [numpy_helper.from_array(np.array(n, np.int64), name) for name, n in numbers.items()]
    made = helper.make_graph(
        nodes,
        "masked",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["B", "T"])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["B", "T", len(VOCABULARY)])],
        stored,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    (folder / "config.json").write_text(json.dumps({"max_position_embeddings": POSITIONS}))
    return folder


def write_bert(folder: Path, *, head: bool = True) -> Path:
    """A BERT of two layers with random weights, saved by transformers; the same every time."""
    import torch
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(3)
    settings = transformers.BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=POSITIONS,
        initializer_range=0.5,
    )
    kind = transformers.BertForMaskedLM if head else transformers.BertModel
    kind(settings).save_pretrained(folder)
    write_tokenizer(folder)
    return folder
