"""Training and export of the encoder, on a tiny model."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
import tokenizers
import torch
import transformers

from despin.read import WriteError
from despin.score.encoder import DATA, Encoder
from despin.score.encoder_pieces import marks, open_tokenizer
from despin.score.pieces import IntArray
from despin.training.encoder_examples import Example

FORMS = ["big", "large", "invoice", "bill", "paid"]
SIZES = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
}


pytestmark = pytest.mark.transformers


def bert(folder: Path) -> Path:
    config = transformers.BertConfig(**SIZES)
    transformers.BertModel(config).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((DATA / "tokenizer.json").read_bytes())
    return folder


def mpnet(folder: Path) -> Path:
    """Its pieces are a BERT's behind four of its own, as in Microsoft's."""
    config = transformers.MPNetConfig(**SIZES, vocab_size=30526)
    transformers.MPNetModel(config).save_pretrained(folder)
    found = json.loads((DATA / "tokenizer.json").read_text("utf-8"))
    own = {mark: number for number, mark in enumerate(("<s>", "<pad>", "</s>", "<unk>"))}
    behind = {piece: number + len(own) for piece, number in found["model"]["vocab"].items()}
    found["model"]["vocab"] = own | behind
    found["added_tokens"], found["post_processor"] = [], None
    (folder / "tokenizer.json").write_text(json.dumps(found), "utf-8")
    return folder


@pytest.fixture(scope="module", params=[bert, mpnet])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = request.param(tmp_path_factory.mktemp("base"))
    return made


def pieces_of(text: str, tokenizer: tokenizers.Tokenizer) -> IntArray:
    return np.array(tokenizer.encode(text, add_special_tokens=False).ids, np.int32)


@pytest.mark.parametrize(
    ("base", "expected"), [(bert, (101, 102)), (mpnet, (0, 2))], indirect=["base"]
)
def test_a_window_stands_between_the_marks_of_its_model(
    base: Path, expected: tuple[int, int]
) -> None:
    assert marks(open_tokenizer(base)) == expected


def test_the_lowest_layers_can_be_all_that_is_kept(base: Path) -> None:
    from despin.training.encoder_net import EncoderNet

    whole, low = EncoderNet(base), EncoderNet(base, layers=1)
    ids = torch.tensor([[5, 6, 7]])
    assert len(low.enc.encoder.layer) == 1
    with torch.no_grad():
        expected = whole.eval().enc(input_ids=ids, output_hidden_states=True).hidden_states[1]
        assert torch.allclose(low.eval().hidden(ids), expected, atol=1e-6)


def test_training_goes_on_and_the_export_says_what_the_net_says(base: Path, tmp_path: Path) -> None:
    from despin.training.encoder_examples import _write
    from despin.training.encoder_export import export
    from despin.training.encoder_net import EncoderNet
    from despin.training.encoder_training import Material, Recipe, train

    tokenizer = open_tokenizer(base)
    ids = pieces_of("the big bill was paid today " * 8, tokenizer)
    example = Example(
        ids,
        np.array([[1, 1], [2, 2]], np.int32),
        np.array([[0, 1], [3, 2]], np.int32),
        np.array([0, 1], np.int32),
    )
    _write([example] * 4, tmp_path / "e.pkl")
    material = Material(tokenizer, FORMS, [tmp_path / "e.pkl"])
    net, said = EncoderNet(base), []
    recipe = Recipe(pieces=8000, windows=4, pool=8)
    train(net, material, tmp_path / "c.pt", recipe, said.append)
    assert said
    first = float(said[0].rsplit(" ", 1)[1])
    assert float(said[-1].rsplit(" ", 1)[1]) < first
    again = EncoderNet(base)
    train(again, material, tmp_path / "c.pt", recipe, said.append)
    assert all(
        torch.equal(a, b)
        for a, b in zip(net.state_dict().values(), again.state_dict().values(), strict=True)
    )
    export(net, base, tmp_path / "out")
    encoder = Encoder(tmp_path / "out")
    query, odds = encoder._run(ids, np.array([0], np.int32))
    with torch.no_grad():
        opening, closing = marks(tokenizer)
        pieces = torch.tensor([[opening, *ids.tolist(), closing]])
        padding = net.enc.config.pad_token_id
        assert padding not in pieces
        expected = net.eval().heads(net.enc(input_ids=pieces).last_hidden_state)
    assert np.abs(query[0] - expected[0][0].numpy()).max() < 0.05
    assert np.abs(odds[0] - expected[1][0].numpy()).max() < 0.05


def test_really_spun_texts_are_a_share_of_what_is_learnt_from(base: Path, tmp_path: Path) -> None:
    from despin.training import encoder_training
    from despin.training.encoder_examples import _write

    tokenizer = open_tokenizer(base)
    none = np.zeros((1, 2), np.int32), np.array([[0, 1]], np.int32), np.array([0], np.int32)
    for name, word in (("simulated", "big"), ("real", "bill")):
        ids = pieces_of(word * 3, tokenizer)
        _write([Example(ids, *none)] * 5, tmp_path / name)
    files = [tmp_path / "simulated"], [tmp_path / "real"]
    material = encoder_training.Material(tokenizer, FORMS, *files)
    recipe = encoder_training.Recipe(windows=500, pool=8)
    batches = encoder_training._batches(material, recipe, random.Random(3), marks(tokenizer))
    ids = np.concatenate([next(batches).ids[:, 1].numpy() for _ in range(4)])
    real = pieces_of("billbillbill", tokenizer)[0]
    assert abs((ids == real).mean() - encoder_training.REAL) < 0.04


def test_an_exported_encoder_can_be_gone_on_from(base: Path, tmp_path: Path) -> None:
    from despin.training.encoder_again import take_weights
    from despin.training.encoder_export import export
    from despin.training.encoder_net import EncoderNet

    first, second = EncoderNet(base), EncoderNet(base)
    with torch.no_grad():
        for weights in first.parameters():
            weights.add_(0.1 * torch.randn(weights.shape))
    export(first, base, tmp_path / "out")
    take_weights(second, tmp_path / "out")
    for name, weights in first.state_dict().items():
        if name == "bias":  # no part of what runs
            continue
        taken = second.state_dict()[name].float()
        largest = float(weights.abs().max())
        assert float((taken - weights.float()).abs().max()) < 0.03 * largest, name


def test_an_export_that_fails_leaves_the_encoder_before(base: Path, tmp_path: Path) -> None:
    from despin.training.encoder_export import export
    from despin.training.encoder_net import EncoderNet

    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    export(EncoderNet(base), base, tmp_path / "out")
    before = files()
    assert set(before) == {"encoder.onnx", "vectors.npy", "scales.npy", "tokenizer.json"}
    with pytest.raises(WriteError) as refused:
        export(EncoderNet(base), tmp_path / "no tokenizer", tmp_path / "out")
    assert isinstance(refused.value.__cause__, FileNotFoundError)
    assert files() == before
    export(EncoderNet(base), base, tmp_path / "out")
    assert set(files()) == set(before)
    assert files()["encoder.onnx"] != before["encoder.onnx"]


@pytest.mark.parametrize("broken", ["missing", "no encoder", "another shape"])
def test_a_folder_without_a_fitting_encoder_is_named(
    base: Path, tmp_path: Path, broken: str
) -> None:
    from despin.training.encoder_again import take_weights
    from despin.training.encoder_export import export
    from despin.training.encoder_net import EncoderFileError, EncoderNet

    if broken == "no encoder":
        (tmp_path / "encoder.onnx").write_bytes(b"\xff no model")
    elif broken == "another shape":
        config = transformers.BertConfig(
            hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
        )
        transformers.BertModel(config).save_pretrained(tmp_path / "wide")
        (tmp_path / "wide" / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())
        export(EncoderNet(tmp_path / "wide"), tmp_path / "wide", tmp_path)
    with pytest.raises(EncoderFileError, match=re.escape(str(tmp_path))):
        take_weights(EncoderNet(base), tmp_path)


def test_a_folder_that_no_encoder_can_begin_as_is_named(base: Path, tmp_path: Path) -> None:
    from despin.training.encoder_net import EncoderFileError, EncoderNet

    with pytest.raises(EncoderFileError, match=f"{re.escape(str(tmp_path))}: holds no model"):
        EncoderNet(tmp_path)
    with pytest.raises(EncoderFileError, match=f"{re.escape(str(base))}: has 2 layers, not 3"):
        EncoderNet(base, layers=3)
    (tmp_path / "config.json").write_bytes((base / "config.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(EncoderFileError, match=f"{re.escape(str(tmp_path))}: holds no model"):
        EncoderNet(tmp_path)
    transformers.GPT2Config(n_embd=16, n_layer=1, n_head=2).save_pretrained(tmp_path)
    with pytest.raises(EncoderFileError, match="holds a gpt2"):
        EncoderNet(tmp_path)


def test_the_mean_of_two_nets_keeps_a_part_of_the_first() -> None:
    from despin.training.encoder_again import mean_of

    before, after = {"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([3.0, 0.0])}
    assert torch.allclose(mean_of(before, after, 0.25)["w"], torch.tensor([2.5, 0.5]))


def test_a_finished_checkpoint_of_before_there_were_rounds_stands(
    base: Path, tmp_path: Path
) -> None:
    from despin.training.encoder_examples import _write
    from despin.training.encoder_net import EncoderNet
    from despin.training.encoder_training import Material, Recipe, _optimiser, train

    ids, at = np.full(40, 2000, np.int32), np.array([[1, 1]], np.int32)
    example = Example(ids, at, np.array([[0, 1]], np.int32), np.array([1], np.int32))
    _write([example] * 4, tmp_path / "e.pkl")
    recipe, before = Recipe(pieces=1000, windows=2, pool=4), EncoderNet(base)
    optimiser = _optimiser(before, recipe).state_dict()
    kept = {"net": before.state_dict(), "optimiser": optimiser, "step": 9, "seen": 1000}
    torch.save(kept, tmp_path / "c.pt")
    net = EncoderNet(base)
    train(
        net, Material(open_tokenizer(base), FORMS, [tmp_path / "e.pkl"]), tmp_path / "c.pt", recipe
    )
    for one, other in zip(net.parameters(), before.parameters(), strict=True):
        assert torch.equal(one, other)


def test_what_comes_out_is_the_mean_of_the_weights_at_the_ends_of_the_rounds(base: Path) -> None:
    from despin.training.encoder_net import EncoderNet
    from despin.training.encoder_training import Recipe, _Mean, _round

    nets = [EncoderNet(base) for _ in range(3)]
    mean = _Mean()
    for net in nets:
        mean.add(net)
    for name, weights in mean.weights.items():
        ends = [net.state_dict()[name].float() for net in nets]
        assert torch.allclose(weights.float(), torch.stack(ends).mean(dim=0), atol=1e-6)
    recipe = Recipe(pieces=1000, rounds=3)
    assert [_round(recipe, seen) for seen in (0, 333, 334, 999, 1000, 5000)] == [0, 0, 1, 2, 3, 3]


@pytest.mark.parametrize("slots", [None, 0])
def test_files_without_slots_end_the_training(tmp_path: Path, slots: int | None) -> None:
    from despin.training.corpus import CorpusError
    from despin.training.encoder_examples import _write
    from despin.training.encoder_training import _windows

    files = []
    if slots is not None:
        none = np.zeros((slots, 2), np.int32)
        _write([Example(np.arange(40, dtype=np.int32), none, none, none[:, 0])], tmp_path / "e.pkl")
        files.append(tmp_path / "e.pkl")
    with pytest.raises(CorpusError, match="no document holds a word of the lexicon"):
        next(_windows(files, random.Random(1)))


def test_windows_keep_swapped_slots_first() -> None:
    from despin.training.encoder_training import MOST_SLOTS, windows

    at = np.stack([np.arange(100), np.arange(100)], axis=1).astype(np.int32)
    target = np.zeros(100, np.int32)
    target[60:] = 1
    example = Example(np.arange(120, dtype=np.int32), at, np.zeros((100, 2), np.int32), target)
    (window,) = windows(example, random.Random(1))
    assert len(window[3]) == MOST_SLOTS
    assert (window[3] == 1).sum() == 40


def test_an_encoder_in_four_bits_is_widened_to_what_learnt_rounded_says(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from despin.score.encoder_store import DIGEST, PACKED_GRAPH, PACKED_VECTORS, ready
    from despin.training.encoder_export import export
    from despin.training.encoder_int4 import learn_rounded, stay_rounded
    from despin.training.encoder_net import EncoderNet

    monkeypatch.setenv("DESPIN_DATA", str(tmp_path / "data"))
    net = EncoderNet(base)
    names = set(net.state_dict())
    learn_rounded(net)
    ids = pieces_of("the big bill was paid today " * 8, open_tokenizer(base))
    opening, closing = marks(open_tokenizer(base))
    with torch.no_grad():
        hidden = net.eval().hidden(torch.tensor([[opening, *ids.tolist(), closing]]))
        query, odds = (part[0].numpy() for part in net.heads(hidden))
    stay_rounded(net)
    assert set(net.state_dict()) == names
    export(net, base, tmp_path / "four", four=True)
    files = {path.name for path in (tmp_path / "four").iterdir()}
    assert files == {PACKED_GRAPH, PACKED_VECTORS, DIGEST, "tokenizer.json"}
    widened = ready(tmp_path / "four")
    assert widened == ready(tmp_path / "four")
    found = Encoder(widened)._run(ids, np.array([0], np.int32))
    assert np.abs(found[0][0] - query).max() < 0.05
    assert np.abs(found[1][0] - odds).max() < 0.05
    assert ready(widened) == widened


def test_a_packed_encoder_can_be_gone_on_from(base: Path, tmp_path: Path) -> None:
    from despin.training.encoder_again import take_weights
    from despin.training.encoder_export import export
    from despin.training.encoder_int4 import learn_rounded, stay_rounded
    from despin.training.encoder_net import EncoderNet

    first, second = EncoderNet(base), EncoderNet(base)
    with torch.no_grad():
        for weights in first.parameters():
            weights.add_(torch.randn_like(weights), alpha=0.1)
    learn_rounded(first)
    stay_rounded(first)
    export(first, base, tmp_path, four=True)
    take_weights(second, tmp_path)
    for name, weights in first.state_dict().items():
        if weights.is_floating_point() and name != "bias":
            assert torch.allclose(second.state_dict()[name], weights, atol=1e-3), name


def test_a_large_encoder_learns_on_rounded_and_is_packed(
    base: Path, corpus: Path, tmp_path: Path
) -> None:
    from despin.score.encoder_store import DIGEST, PACKED_GRAPH, digest
    from despin.training.collect import Plan
    from despin.training.encoder_build import EncoderPlan, build_encoder
    from despin.training.encoder_training import Recipe

    said: list[str] = []
    recipe = Recipe(pieces=600, rounds=1, windows=2, pool=4, warm_up=2)
    plan = EncoderPlan(base, Plan(corpus, 12, seed=3), recipe, large=True)
    out, work = tmp_path / "large-encoder", tmp_path / "work"
    build_encoder(plan, out, work, said.append)
    assert (out / DIGEST).read_text().strip() == digest(out)
    assert {path.name for path in work.glob("*.pt")} == {"encoder.pt", "rounded.pt"}
    made = (out / PACKED_GRAPH).read_bytes()
    build_encoder(plan, out, work, said.append)  # goes on from the end
    assert (out / PACKED_GRAPH).read_bytes() == made


def test_a_rounded_net_learns(base: Path) -> None:
    from despin.training.encoder_int4 import learn_rounded, stay_rounded
    from despin.training.encoder_net import EncoderNet

    net = EncoderNet(base)
    before = {name: weights.clone() for name, weights in net.state_dict().items()}
    learn_rounded(net)
    optimiser = torch.optim.SGD(net.parameters(), lr=10.0)
    net.heads(net.hidden(torch.tensor([[5, 6, 7]])))[1].square().sum().backward()
    optimiser.step()
    stay_rounded(net)
    moved = {
        name
        for name, weights in net.state_dict().items()
        if "weight" in name and not torch.equal(weights, before[name])
    }
    assert {"det.0.weight", "enc.encoder.layer.0.output.dense.weight"} <= moved
