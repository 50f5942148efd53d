"""`despin train` on a tiny corpus and a tiny model: it runs, goes on, and its result loads."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tiny_corpus import write_source
from tiny_masked import write_onnx

from despin.cli import cli
from despin.document import Document
from despin.lexicon.rows import LexiconRow
from despin.propose.substitutions import Substitutions, slots
from despin.read import WriteError
from despin.score.beside import BESIDE_COLUMNS, LARGE_ENCODER_COLUMNS
from despin.score.calibrator import Calibrator
from despin.score.collocations import Collocations
from despin.score.columns import BOTH_COLUMNS, LEFT_COLUMNS
from despin.score.encoder import DATA, ENCODER_COLUMNS, Encoder
from despin.score.encoder_pieces import open_tokenizer
from despin.score.evidence import CONTEXT_COLUMNS
from despin.score.judge import Judge
from despin.score.language_model import Readers
from despin.score.masked_scorer import MASKED_COLUMNS
from despin.score.near import NEAR_COLUMNS, NearReader
from despin.training.build import JUDGES, build
from despin.training.calibrate import Data
from despin.training.collect import Plan
from despin.training.corpus import CorpusError, documents
from despin.training.encoder_examples import ExampleMaker, collect
from despin.training.evaluation import EvaluationText
from despin.training.evidence_file import Batch, read, write
from despin.training.examples import doubted, real_examples, with_real
from despin.training.excerpts import clean_texts, excerpt, texts
from despin.training.files import Files, drafts
from despin.training.kept import KeptError, check_kept, made_of
from despin.training.masked import CausalReader, build_masked, reader_of
from despin.training.real import of_pair
from despin.training.simulate import Example


@pytest.mark.parametrize("masked", [False, True])
def test_training_for_other_models_writes_their_calibrator(
    tmp_path: Path, corpus: Path, tiny_engines: dict, masked: bool
) -> None:
    scorer = f"hf:{write_onnx(tmp_path / 'masked')}" if masked else "hf"
    engine = tiny_engines[256]
    build_masked(Plan(corpus, documents=12, seed=3), engine, reader_of(scorer, engine), tmp_path)
    assert 0 < Judge.load(tmp_path / "masked.npz", "masked", MASKED_COLUMNS).prior < 0.6


def test_a_causal_model_says_the_same_of_candidates_and_of_wordings(
    table: Substitutions, tiny_engines: dict
) -> None:
    document = Document("-", "The firm sent its big invoices, and they mentioned the place.")
    reader = CausalReader(tiny_engines[256])
    found = slots(table, document)
    index = next(i for i in range(len(found)) if found.span(i).of(document.text) == "invoices")
    rows = np.array(found.candidates(index)[:4], np.int32)
    wordings = [found.forms[int(found.form[row])] for row in rows]
    gains = reader.gains(document, found, rows)
    assert np.allclose(gains, reader.compare(document, found.span(index), wordings), atol=1e-3)


def test_training_writes_judges_and_goes_on(
    tmp_path: Path, corpus: Path, tiny_engines: dict
) -> None:
    assert any(documents(corpus, split="calibrator"))
    said: list[str] = []
    readers = Readers(tiny_engines[256], NearReader(Collocations.load(), Encoder()), Encoder())
    plan = Plan(corpus, documents=12, seed=3)
    found = build(plan, readers, tmp_path, tmp_path / "work", said.append)
    assert set(found) == {"gate", "counts", "fast", "lm"}
    path = tmp_path / "calibrator.npz"
    for name, columns in (
        ("gate", LEFT_COLUMNS),
        ("counts", CONTEXT_COLUMNS),
        ("fast", NEAR_COLUMNS),
        ("lm", BOTH_COLUMNS),
    ):
        judge = Judge.load(path, name, columns)
        assert 0 < judge.prior < 0.6
        assert name == "lm" or judge.even == JUDGES[name].even
    assert Calibrator.load(path, "lm", BOTH_COLUMNS).even == JUDGES["lm"].even
    first = path.read_bytes()
    files = {p: p.stat().st_mtime_ns for p in (tmp_path / "work").rglob("*.npz")}
    build(plan, readers, tmp_path, tmp_path / "work", said.append)
    assert files == {p: p.stat().st_mtime_ns for p in (tmp_path / "work").rglob("*.npz")}
    with np.load(path) as again:
        assert "lm/hidden" in again
    assert len(first) == path.stat().st_size


def test_clean_documents_stay_as_they_are_and_are_learnt_from(
    tmp_path: Path, corpus: Path, tiny_engines: dict
) -> None:
    readers = Readers(tiny_engines[256], NearReader(Collocations.load(), Encoder()), Encoder())
    build(Plan(corpus, documents=12, seed=3), readers, tmp_path / "without", tmp_path / "work")
    plan = Plan(corpus, documents=12, seed=3, clean=4)
    build(plan, readers, tmp_path / "with", tmp_path / "work")
    (file,) = (tmp_path / "work" / "clean").glob("*.npz")
    with np.load(file) as evidence:
        assert set(evidence["left/label"].tolist()) == {-1}
        assert evidence["counts"][1] == 0
    one, other = (
        Judge.load(tmp_path / name / "calibrator.npz", "lm", BOTH_COLUMNS)
        for name in ("without", "with")
    )
    assert other.prior < one.prior


@pytest.fixture(params=["empty", "short", "held out"])
def nothing_to_learn_from(tmp_path: Path, corpus: Path, request: pytest.FixtureRequest) -> Path:
    """A folder without documents, or with none that may be trained on."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    if request.param == "short":
        write_source(folder / "news_short.txt.zst", ["Too short."])
    elif request.param == "held out":
        whole = (corpus / "news_tiny.txt.zst").read_bytes()
        (folder / "news_bbc.txt.zst").write_bytes(whole)
    return folder


def test_a_folder_with_nothing_to_learn_from_is_named(
    table: Substitutions, tmp_path: Path, nothing_to_learn_from: Path
) -> None:
    plan = Plan(nothing_to_learn_from, documents=12, seed=3, clean=4)
    told = re.escape(f"{nothing_to_learn_from}: no GENRE_NAME.txt.zst documents")
    maker = ExampleMaker(table, Collocations.load(), open_tokenizer(DATA))
    for given in (
        lambda: list(texts(plan)),
        lambda: list(clean_texts(plan)),
        lambda: collect(maker, plan, tmp_path / "work"),
    ):
        with pytest.raises(CorpusError, match=told):
            given()


@pytest.mark.parametrize("files", [0, 1])
def test_evidence_of_no_words_is_refused(tmp_path: Path, files: int) -> None:
    for _ in range(files):
        write(Batch([[]], [[]], slots=0, swapped=0), tmp_path / "seed3-00000.npz")
    with pytest.raises(CorpusError, match="no document holds a word of the lexicon"):
        read(tmp_path.glob("*.npz"), "left")


def test_files_hold_what_was_asked_for_and_whole_ones_are_kept(tmp_path: Path) -> None:
    """More documents, then fewer: a last file that is short, or was, is made anew."""
    made: list[int] = []

    def make(item: int) -> int:
        made.append(item)
        return item

    def save(things: list[int], path: Path) -> None:
        path.write_text(json.dumps(things))

    files = Files(tmp_path, 3, ".json", 10)
    for wanted, anew in ((15, 15), (15, 0), (20, 10), (20, 0), (27, 7), (25, 5), (5, 5)):
        made.clear()
        done: list[int] = []
        paths = files.fill(range(wanted), make, save, done.append)
        held = [item for path in paths for item in json.loads(path.read_text())]
        assert held == list(range(wanted))
        assert done[-1] == wanted
        assert len(made) == anew
        numbers = [path.name[:11] for path in tmp_path.iterdir()]
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("scorer", "told"),
    [("fast", "'fast' is not trained"), ("hf:./nowhere", "there is no such folder")],
)
def test_a_wrong_scorer_is_refused_before_an_encoder_is_taught(
    tmp_path: Path, scorer: str, told: str
) -> None:
    folders = ["--corpus", str(tmp_path), "--out", str(tmp_path), "--encoder", str(tmp_path)]
    result = CliRunner().invoke(cli, ["train", *folders, "--scorer", scorer])
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--documents", "--encoder-documents"])
def test_no_documents_are_too_few(tmp_path: Path, option: str) -> None:
    folders = ["--corpus", str(tmp_path), "--out", str(tmp_path)]
    result = CliRunner().invoke(cli, ["train", *folders, option, "0"])
    assert result.exit_code == 2
    assert option in result.stderr
    assert "Traceback" not in result.stderr


def test_the_command_names_an_empty_folder_in_one_line(
    tmp_path: Path, tiny_gguf: Path, tiny_model: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(tiny_model.folder.parent.parent))
    (tmp_path / "empty").mkdir()
    options = ["--corpus", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(cli, ["train", *options, "--model", str(tiny_gguf)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"despin: {tmp_path / 'empty'}: no GENRE_NAME.txt.zst doc")
    assert result.stderr.count("\n") == 1


def train(*arguments: object, model: Path) -> str:
    """What a run that cannot succeed says."""
    result = CliRunner().invoke(cli, ["train", *map(str, arguments), "--model", str(model)])
    assert result.exit_code == 2
    assert "internal error" not in result.stderr
    return result.stderr


def test_an_empty_folder_is_named_before_anything_is_loaded_or_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.gguf").write_bytes(b"no model")
    said = train(
        *("--corpus", tmp_path / "empty", "--out", tmp_path / "out"),
        model=tmp_path / "broken.gguf",
    )
    assert "empty: no GENRE_NAME.txt.zst documents" in said
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"no model")
    (tmp_path / "file").write_text("in the way")
    said = train(
        *("--corpus", corpus, "--out", tmp_path / "file" / "out"), model=tmp_path / "broken.gguf"
    )
    assert said.startswith(f"despin: {tmp_path / 'file' / 'out'}: cannot be written (")


def test_a_full_disk_is_told_by_the_folder(tmp_path: Path) -> None:
    def fails(things: list[int], path: Path) -> None:
        with drafts(path.parent):
            raise OSError(ENOSPC, "No space left on device")

    with pytest.raises(WriteError, match=r"work: cannot be written \(No space left on device\)"):
        Files(tmp_path / "work", 3, ".json", 10).fill(range(3), int, fails, lambda _: None)
    assert list((tmp_path / "work").iterdir()) == []


def test_too_few_documents_are_told_as_such(
    tmp_path: Path, corpus: Path, tiny_engines: dict
) -> None:
    readers = Readers(tiny_engines[256], NearReader(Collocations.load(), Encoder()), Encoder())
    with pytest.raises(CorpusError, match="too few documents"):
        build(Plan(corpus, 1, seed=3), readers, tmp_path, tmp_path / "work")
    assert not (tmp_path / "work" / "both").exists()


def test_it_is_told_how_many_documents_there_were(
    table: Substitutions, tmp_path: Path, corpus: Path
) -> None:
    maker = ExampleMaker(table, Collocations.load(), open_tokenizer(DATA))
    said: list[tuple[int, int]] = []
    collect(maker, Plan(corpus, 100, seed=3), tmp_path, lambda *done: said.append(done))
    count = len(list(documents(corpus, split="counts")))
    assert said[-2:] == [(count, 100), (count, count)]


def test_a_run_goes_on_from_its_own_evidence_alone(tmp_path: Path, corpus: Path) -> None:
    plan, path = Plan(corpus, 12, seed=3), tmp_path / "work" / "judges.json"
    mine = replace(plan, rows=(LexiconRow("boffin", "scientist"),))
    real = replace(plan, real=(of_pair(*REAL),))
    check_kept(path, made_of(plan, "lm"))
    check_kept(path, made_of(replace(plan, documents=20), "lm"))
    for other, name in (
        (made_of(mine, "lm"), "lexicon"),
        (made_of(real, "lm"), "--real"),
        (made_of(plan, "hf"), "scorer"),
        (made_of(replace(plan, evaluation=EvaluationText(["Kept out."])), "lm"), "--keep-out"),
        (made_of(plan, "lm", tmp_path / "other.gguf"), "model"),
        (made_of(plan, "lm", files={"encoder": DATA / "encoder.onnx"}), "encoder"),
        (made_of(plan, "lm", files={"probe": DATA.parent / "probe.npz"}), "probe"),
    ):
        with pytest.raises(KeptError, match=f"work: was made with another {name}; name another"):
            check_kept(path, other)
    path.write_text("no JSON")
    check_kept(path, made_of(mine, "lm"))
    with pytest.raises(KeptError):
        check_kept(path, made_of(plan, "lm"))


def test_an_excerpt_is_whole_paragraphs() -> None:
    import random

    text = "\n".join(" ".join(["word"] * 60) for _ in range(20))
    for seed in range(10):
        part = excerpt(text, random.Random(seed))
        assert all(len(p.split()) == 60 for p in part.split("\n"))
        assert 150 <= len(part.split()) <= 560


def evidence_of(columns: tuple[str, ...]) -> Data:
    """Two slots of three candidates each."""
    rng = np.random.default_rng(1)
    values = rng.normal(0, 1, (6, len(columns))).astype(np.float16)
    if "encoder_behind" in columns:
        values[:, columns.index("encoder_behind")] = 4
    return Data(
        values,
        np.array([0, 3, 6]),
        np.array([-1, 1], np.int32),
        np.ones(2, np.float32),
        np.array([0, 1], np.int32),
    )


def test_the_encoder_alone_is_doubted() -> None:
    data = evidence_of(NEAR_COLUMNS)
    noisy = doubted(data, NEAR_COLUMNS, seed=4)
    changed = (noisy.evidence != data.evidence).any(axis=0)
    assert {NEAR_COLUMNS[i] for i in np.flatnonzero(changed)} == set(ENCODER_COLUMNS)
    spun = NEAR_COLUMNS.index("encoder_spun")
    noise = (noisy.evidence - data.evidence)[:, spun].reshape(2, 3).astype(float)
    assert np.ptp(noise, axis=1).max() < 0.01  # one number for all candidates of a slot
    assert abs(noise[0, 0] - noise[1, 0]) > 0.01
    assert (noisy.evidence[:, NEAR_COLUMNS.index("encoder_behind")] >= 0).all()
    both = evidence_of(BESIDE_COLUMNS)
    changed = (doubted(both, BESIDE_COLUMNS, seed=4).evidence != both.evidence).any(axis=0)
    assert {BESIDE_COLUMNS[i] for i in np.flatnonzero(changed)} == {
        *ENCODER_COLUMNS,
        *LARGE_ENCODER_COLUMNS,
    }
    plain = evidence_of(CONTEXT_COLUMNS)
    assert doubted(plain, CONTEXT_COLUMNS, seed=4) is plain


REAL = (
    "The firm sent its big invoices to the wrong place, and nobody mentioned it for a long while.",
    "The firm sent its big bills to the wrong address, and nobody said it for a long while.",
)


def test_training_learns_from_texts_that_were_really_spun(
    tmp_path: Path, corpus: Path, tiny_engines: dict
) -> None:
    readers = Readers(tiny_engines[256], NearReader(Collocations.load(), Encoder()), Encoder())
    plan = Plan(corpus, documents=12, seed=3)
    build(plan, readers, tmp_path / "without", tmp_path / "work")
    real = replace(plan, real=(of_pair(*REAL),) * 2)
    build(real, readers, tmp_path / "with", tmp_path / "work")
    assert len(list((tmp_path / "work" / "real").glob("*.npz"))) == 2
    one, other = (
        Judge.load(tmp_path / name / "calibrator.npz", "gate", LEFT_COLUMNS)
        for name in ("without", "with")
    )
    assert one.prior == other.prior  # a handful of heavily spun texts does not say how many are
    assert not np.array_equal(one.hidden, other.hidden)


def test_real_examples_count_as_if_few_of_their_slots_were_swapped(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    slots = [
        Example(rng.normal(0, 1, (3, 4)).astype(np.float16), label, 1.0)
        for label in (0, 1, -2, -1, -1)
    ]
    path = tmp_path / "real.npz"
    write(Batch([slots], [slots], slots=5, swapped=3), path)
    assert real_examples([], 0.1) is None
    unspun = tmp_path / "unspun.npz"
    write(Batch([slots[3:]], [slots[3:]], slots=2, swapped=0), unspun)
    with pytest.raises(CorpusError, match="hold no swap"):
        real_examples([unspun], 0.1)
    found = real_examples([path], 0.1)
    assert found is not None
    swapped = found.label != -1
    assert found.weight[swapped].sum() / found.weight.sum() == pytest.approx(0.1, abs=1e-4)
    assert (found.label == [0, 1, -2, -1, -1]).all()  # none loses its original


def test_a_real_text_counts_for_more_the_more_simulated_ones_there_are() -> None:
    real = evidence_of(NEAR_COLUMNS)
    for count, worth in ((2, 1.0), (18, 2.0), (90, 10.0)):
        simulated = replace(real, document=np.array([0, count - 1], np.int32))
        together = with_real(simulated, [real, real])
        assert together.weight.tolist() == pytest.approx([1, 1] + [worth] * 4)
        assert len(set(together.document.tolist())) == 6
