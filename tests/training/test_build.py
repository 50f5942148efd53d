"""`despin train` on a tiny corpus and a tiny model: it runs, goes on, and its result loads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tiny_masked import write_onnx

from despin.document import Document
from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions, slots
from despin.score.collocations import Collocations
from despin.score.encoder import ENCODER_COLUMNS, NEAR_COLUMNS, Encoder
from despin.score.evidence import CONTEXT_COLUMNS
from despin.score.judge import Judge
from despin.score.language_model import BOTH_COLUMNS, LEFT_COLUMNS, Readers
from despin.score.masked_scorer import MASKED_COLUMNS
from despin.training.build import build, doubted, gated
from despin.training.calibrate import Data
from despin.training.collect import Plan, excerpt, nothing
from despin.training.corpus import documents
from despin.training.masked import CausalReader, build_masked, reader_of

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty documents made of the examples' sentences."""
    zstandard = pytest.importorskip("zstandard")
    sentences = [
        sentence
        for path in sorted(EXAMPLES.glob("*.original.txt"))
        for sentence in path.read_text("utf-8").replace("\n", " ").split(". ")
    ]
    lines = [
        ". ".join(sentences[(i * 7 + j * 3) % len(sentences)] for j in range(8)) + f" No. {i}."
        for i in range(60)
    ]
    folder = tmp_path_factory.mktemp("corpus")
    data = zstandard.ZstdCompressor().compress("\n".join(lines).encode())
    (folder / "news_tiny.txt.zst").write_bytes(data)
    return folder


@pytest.mark.parametrize("masked", [False, True])
def test_training_for_other_models_writes_their_calibrator(
    tmp_path: Path, corpus: Path, tiny_engines: dict, masked: bool
) -> None:
    scorer = f"hf:{write_onnx(tmp_path / 'masked')}" if masked else "hf"
    engine = tiny_engines[256]
    build_masked(Plan(corpus, documents=12, seed=3), engine, reader_of(scorer, engine), tmp_path)
    assert 0 < Judge.load(tmp_path / "masked.npz", "masked", MASKED_COLUMNS).prior < 0.6


def test_a_causal_model_says_the_same_of_candidates_and_of_wordings(tiny_engines: dict) -> None:
    document = Document("-", "The firm sent its big invoices, and they mentioned the place.")
    reader = CausalReader(tiny_engines[256])
    found = slots(Substitutions.of(Thesaurus.load()), document)
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
    readers = Readers(tiny_engines[256], Collocations.load(), Encoder())
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
        assert 0 < Judge.load(path, name, columns).prior < 0.6
    first = path.read_bytes()
    files = {p: p.stat().st_mtime_ns for p in (tmp_path / "work").rglob("*.npz")}
    build(plan, readers, tmp_path, tmp_path / "work", said.append)
    assert files == {p: p.stat().st_mtime_ns for p in (tmp_path / "work").rglob("*.npz")}
    with np.load(path) as again:
        assert "lm/hidden" in again
    assert len(first) == path.stat().st_size


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
    plain = evidence_of(CONTEXT_COLUMNS)
    assert doubted(plain, CONTEXT_COLUMNS, seed=4) is plain


def test_evidence_gets_the_score_of_the_gate_that_ships() -> None:
    data = evidence_of(BOTH_COLUMNS)
    gate = replace(nothing(LEFT_COLUMNS), out=np.array([[0.0, 1.5]], np.float32))
    given = gated(data, gate).evidence
    assert (given[:, BOTH_COLUMNS.index("gate_score")] == 1.5).all()
    others = [i for i, name in enumerate(BOTH_COLUMNS) if name != "gate_score"]
    assert np.array_equal(given[:, others], data.evidence[:, others])
