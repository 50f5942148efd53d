"""Masked language models: differences are what plain predictions say, in any company."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tiny_masked import VOCABULARY, write_bert, write_onnx, write_tokenizer

from despin.document import Document
from despin.edit import Edit
from despin.options import Options
from despin.propose.substitutions import Substitutions, slots
from despin.score import masked_reading
from despin.score.loading import load as load_scorer
from despin.score.masked_lm import load
from despin.score.masked_pieces import FEW, MOST, SIDE, longest
from despin.score.masked_reading import MaskedReader, differences
from despin.score.model_files import ModelError
from despin.span import Span

if TYPE_CHECKING:
    from despin.score.masked_reading import MaskedModel

for needed in ("onnx", "onnxruntime", "tokenizers"):
    pytest.importorskip(needed)

TORCH = all(importlib.util.find_spec(part) for part in ("torch", "transformers"))
KINDS = ["onnx", *([pytest.param("torch", marks=pytest.mark.transformers)] if TORCH else [])]

CLOSE = 2e-4
TEXT = (
    "The firm sent its big invoices. It utilized the cash.\n\n"
    "Big profits came; they mentioned the place was joyful.\n"
) * 3


@pytest.fixture(scope="module", params=KINDS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    write = {"onnx": write_onnx, "torch": write_bert}[request.param]
    return write(tmp_path_factory.mktemp("masked") / request.param)


@pytest.fixture(scope="module")
def model(folder: Path) -> MaskedModel:
    return load(str(folder))


def at(text: str, words: str, wording: str) -> Edit:
    start = text.index(words)
    return Edit(Span(start, start + len(words)), words, wording)


def plain(model: MaskedModel, before: str, wording: str, after: str) -> float:
    """Log-probability of known pieces between others, hidden from left to right, one by one."""
    numbers = {piece: number for number, piece in enumerate(VOCABULARY)}
    left = [numbers[piece] for piece in f"[CLS] {before}".split()]
    right = [numbers[piece] for piece in f"{after} [SEP]".split()]
    words, total = [numbers[piece] for piece in wording.split()], 0.0
    for index, piece in enumerate(words):
        hidden = [numbers["[MASK]"]] * (len(words) - index)
        row = np.array([[*left, *words[:index], *hidden, *right]], np.int64)
        scores = model.scores(row, np.array([len(left) + index]))[0].astype(np.float64)
        total += scores[piece] - np.log(np.exp(scores).sum())
    return total


def test_a_difference_is_that_of_two_plain_predictions(model: MaskedModel) -> None:
    text = "The firm used its money."
    (gain,) = differences(model, text, [at(text, "used", "utilized")])
    around = "the firm", "its money ."
    wanted = [plain(model, around[0], word, around[1]) for word in ("utilized", "used")]
    assert np.isclose(gain, wanted[0] - wanted[1], atol=CLOSE)


def test_a_word_of_several_pieces_is_hidden_from_each_of_them_on(model: MaskedModel) -> None:
    text = "They offer surgeries today."
    (gain,) = differences(model, text, [at(text, "surgeries", "a home")])
    around = "they offer", "today ."
    wanted = [plain(model, around[0], words, around[1]) for words in ("a home", "surg ##eries")]
    assert np.isclose(gain, wanted[0] - wanted[1], atol=CLOSE)


def test_the_words_themselves_are_no_better_than_themselves(model: MaskedModel) -> None:
    text = "They offer surgeries today."
    assert differences(model, text, [at(text, "surgeries", "surgeries")]).tolist() == [0.0]


def test_company_changes_nothing(model: MaskedModel) -> None:
    edits = [at(TEXT, "big", word) for word in ("large", "huge", "firm", "no other", "surgery")]
    edits += [at(TEXT, "invoices", word) for word in ("bills", "cash")]
    together = differences(model, TEXT, edits)
    alone = np.concatenate([differences(model, TEXT, [edit]) for edit in edits])
    assert np.allclose(together, alone, atol=CLOSE)


def test_batches_do_not_show(model: MaskedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    edits = [at(TEXT, "big", word) for word in ("large", "huge", "firm", "no other", "surgery")]
    whole = differences(model, TEXT, edits)
    monkeypatch.setattr(masked_reading, "BATCH", 1)
    assert np.allclose(differences(model, TEXT, edits), whole, atol=CLOSE)


def test_windows_are_bounded_and_hold_the_neighbours(model: MaskedModel) -> None:
    text = "the big house " * 400 + "used " + "no other home " * 400
    windows, ((written, wording),) = model.pieces.windows(text, [at(text, "used", "utilized")])
    assert written != wording
    for window in windows:
        assert 0 < len(window.before) <= SIDE
        assert 0 < len(window.after) <= SIDE
        assert VOCABULARY[window.before[-1]] == "house"
        assert VOCABULARY[window.after[0]] == "no"


def test_a_wording_without_end_is_not_looked_at(model: MaskedModel) -> None:
    text = "The firm used its money."
    edits = [at(text, "used", "x" * (MOST + 1)), at(text, "used", "")]
    assert (differences(model, text, edits) < -10).all()


@pytest.mark.parametrize("text", ["[MASK] [SEP]", "\ud800 used", "used", "é😀 used\u200b…"])
def test_odd_texts_are_read(model: MaskedModel, text: str) -> None:
    span = Span(len(text) - 1, len(text))
    edit = Edit(span, span.of(text), "firm")
    assert np.isfinite(differences(model, text, [edit])).all()
    windows, _ = model.pieces.windows(text, [edit])
    assert all(model.pieces.mask not in window.before for window in windows)


def test_the_article_belongs_to_what_changes(model: MaskedModel, table: Substitutions) -> None:
    document = Document("-", "They offered a surgery in this house.")
    found = slots(table, document)
    index = next(i for i in range(len(found)) if found.span(i).of(document.text) == "surgery")
    form = table.number("operation")
    row = next(r for r in found.candidates(index) if found.form[r] == form)
    (gain,) = MaskedReader(model).gains(document, found, np.array([row], np.int32))
    wanted = differences(model, document.text, [at(document.text, "a surgery", "an operation")])
    assert gain == wanted[0]


def test_compare_answers_for_any_words(model: MaskedModel) -> None:
    text = "No other shops offers it today."
    edit = at(text, "offers", "offer")
    found = MaskedReader(model).compare(Document("-", text), edit.span, ["offer", "offers"])
    assert found == [pytest.approx(differences(model, text, [edit])[0]), 0.0]


def test_a_document_scores_the_same_alone_and_among_others(
    folder: Path, table: Substitutions
) -> None:
    options = replace(Options(), scorer=f"hf:{folder}")
    scorer = load_scorer(options)
    document, other = Document("a", TEXT), Document("b", "Another shop mentioned its huge bill.")
    alone = scorer.score(document, slots(table, document))
    scorer.score(other, slots(table, other))
    fresh = load_scorer(options)
    for scores in (scorer.score(document, slots(table, document)),
                   fresh.score(document, slots(table, document))):  # fmt: skip
        assert np.array_equal(alone.spun, scores.spun)
        assert np.array_equal(alone.candidate, scores.candidate)
        assert np.array_equal(alone.odds, scores.odds, equal_nan=True)
    assert ((alone.spun >= 0) & (alone.spun <= 1)).all()
    assert np.isfinite(alone.odds).any()
    assert scorer.model == str(folder)
    nothing = Document("-", "100, 200, 300")
    assert len(scorer.score(nothing, slots(table, nothing)).spun) == 0


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("no folder", "there is no such folder"),
        ("output", "not exported as a masked language model"),
        ("mask", "no mask piece"),
        ("tokenizer", "tokenizer.json is missing"),
        ("cutter", "cannot be loaded"),
        ("everything", "holds no model"),
        ("graph", "cannot be loaded"),
        ("short", "too few for a sentence"),
    ],
)
def test_folders_that_hold_no_masked_model_are_refused(
    tmp_path: Path, broken: str, message: str
) -> None:
    folder = tmp_path / "model"
    if broken != "no folder":
        write_onnx(folder, "hidden" if broken == "output" else "logits")
    if broken == "mask":
        text = (folder / "tokenizer.json").read_text("utf-8").replace("[MASK]", "[HIDE]")
        (folder / "tokenizer.json").write_text(text, "utf-8")
        (folder / "tokenizer_config.json").unlink()
    elif broken == "tokenizer":
        (folder / "tokenizer.json").unlink()
    elif broken == "cutter":
        (folder / "tokenizer.json").write_text("{}")
    elif broken == "everything":
        for path in folder.iterdir():
            path.unlink()
    elif broken == "graph":
        (folder / "model.onnx").write_bytes(b"no graph")
    elif broken == "short":
        (folder / "config.json").write_text(json.dumps({"max_position_embeddings": 20}))
    with pytest.raises(ModelError, match=message) as caught:
        load(str(folder))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "~nobody-here/model", "long" * 80])
def test_a_folder_that_cannot_be_looked_for_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match=f"hf:{name}:? ") as caught:
        load(name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("positions", "most"),
    [(None, FEW), (100, 98), (514, 512), (4096, FEW), (1, FEW), ("many", FEW), ([1], FEW)],
)
def test_a_model_takes_as_many_pieces_as_its_settings_say(positions: object, most: int) -> None:
    assert longest(positions) == most


@pytest.mark.skipif(TORCH, reason="torch is there")
def test_without_torch_the_extra_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"despin\[transformers\]"):
        load("some-lab/some-model")


if TORCH:

    @pytest.fixture
    def calls(monkeypatch: pytest.MonkeyPatch) -> list[object]:
        """What was asked of the network, which is not there."""
        asked: list[object] = []

        def refuse(*arguments: object, **_: object) -> None:
            asked.append(arguments)
            raise OSError("no network here")

        monkeypatch.setattr("socket.getaddrinfo", refuse)
        monkeypatch.setattr("time.sleep", lambda _: None)  # the hub's client waits and tries again
        return asked

    @pytest.mark.transformers
    def test_a_name_that_is_not_here_is_not_fetched(calls: list[object]) -> None:
        with pytest.raises(ModelError, match="despin model install --from hf:some-lab/some-model"):
            load("some-lab/some-model")
        assert calls == []

    @pytest.mark.transformers
    def test_a_model_in_the_local_cache_needs_no_network(
        calls: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
        home = tmp_path / "models--some-lab--tiny"
        write_bert(home / "snapshots" / "1a2b")
        (home / "refs").mkdir()
        (home / "refs" / "main").write_text("1a2b")
        found = load("some-lab/tiny")
        assert found.name == "some-lab/tiny"
        assert calls == []

    @pytest.mark.transformers
    def test_fetching_without_a_network_says_so(calls: list[object]) -> None:
        from despin.score.masked_lm import fetch

        with pytest.raises(ModelError, match="cannot be fetched from the Hugging Face hub") as told:
            fetch("some-lab/some-model")
        assert calls
        assert "\n" not in str(told.value)

    @pytest.mark.transformers
    def test_a_model_without_its_head_is_refused(tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="no masked-language-model head"):
            load(str(write_bert(tmp_path / "bare", head=False)))

    @pytest.mark.transformers
    def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
        write_tokenizer(tmp_path)
        with pytest.raises(ModelError, match="cannot be loaded"):
            load(str(tmp_path))
