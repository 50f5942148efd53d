"""The probe of the language model's states: which rows it reads, and whose judges it serves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from despin.document import Document
from despin.options import Options
from despin.propose.substitutions import Substitutions, slots
from despin.score.collocations import Collocations
from despin.score.columns import ANY_MODEL, PROBED
from despin.score.encoder import Encoder
from despin.score.judge import Judge, JudgeError
from despin.score.language_model import Evidence, Judges, LanguageModelScorer, Readers
from despin.score.loading import CALIBRATOR, load, probe
from despin.score.near import NearReader
from despin.score.places import places
from despin.score.reading import windows
from despin.score.second_look import Gate
from despin.score.states import STATE_COLUMNS, Probe, slot_states

if TYPE_CHECKING:
    from despin.score.engine import Engine
    from despin.score.model_files import ModelFiles

TEXT = "The firm sent its big invoices, and they said the place was utilized for joyful news.\n" * 4
WIDTH, DEPTHS = 64, 4


@pytest.fixture
def tiny_home(tiny_model: ModelFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Despin finds the tiny model installed."""
    monkeypatch.setenv("DESPIN_DATA", str(tiny_model.folder.parent.parent))


def drawn(model: str = "of no file") -> Probe:
    """A probe with numbers that mean nothing, for the tiny model."""
    rng = np.random.default_rng(3)
    hidden = rng.normal(0, 0.1, (len(STATE_COLUMNS), 2, WIDTH * DEPTHS + 1, 8))
    out = rng.normal(0, 1, (len(STATE_COLUMNS), 2, 9))
    return Probe(model, hidden.astype(np.float16), out.astype(np.float32))


def test_a_slots_states_are_those_of_its_first_and_last_piece(tiny_engines: dict) -> None:
    engine: Engine = tiny_engines[256]
    ids = np.random.default_rng(5).integers(0, 300, 40).astype(np.int32)
    state = engine.read(ids)
    found = slot_states(state, np.array([3, 7], np.int32), np.array([4, 11], np.int32))
    assert found.shape == (2, DEPTHS, WIDTH)
    assert np.allclose(found.mean(axis=-1), 0, atol=1e-4)
    assert np.allclose(found.std(axis=-1), 1, atol=1e-2)
    inner = state.inner.reshape(40, DEPTHS - 1, WIDTH)
    for depth in range(DEPTHS):
        one, last = (inner[i, depth] if depth < 3 else state.hidden[i] for i in (7, 10))
        assert np.corrcoef(found[1, depth], one + last)[0, 1] == pytest.approx(1, abs=1e-3)


def test_inner_states_are_those_between_the_layers(tiny_engines: dict) -> None:
    """They know what came before, and nothing of what comes; in pieces or at once."""
    ids = np.random.default_rng(6).integers(0, 300, 40).astype(np.int32)
    whole, parts = tiny_engines[256].read(ids), tiny_engines[5].read(ids)
    assert whole.inner.shape == (40, (DEPTHS - 1) * WIDTH)
    assert np.allclose(whole.inner, parts.inner, atol=1e-4)
    other = ids.copy()
    other[20] += 1
    changed = tiny_engines[256].read(other).inner
    assert np.allclose(whole.inner[:20], changed[:20], atol=1e-4)
    last = whole.inner[:, -WIDTH:], changed[:, -WIDTH:]
    assert not np.allclose(last[0][21], last[1][21], atol=1e-3)


def test_a_probe_is_the_mean_of_its_networks() -> None:
    probe, states = drawn(), np.random.default_rng(8).normal(0, 1, (5, DEPTHS, WIDTH))
    found = probe.evidence(states.astype(np.float32))
    assert found.shape == (5, len(STATE_COLUMNS))
    for column in range(len(STATE_COLUMNS)):
        said = []
        for hidden, out in zip(probe.hidden[column], probe.out[column], strict=True):
            inner = np.maximum(states[2].ravel() @ hidden[:-1] + hidden[-1], 0)
            said.append(inner @ out[:-1] + out[-1])
        assert found[2, column] == pytest.approx(np.mean(said), abs=1e-2)
    assert probe.evidence(np.zeros((0, DEPTHS, WIDTH), np.float32)).shape == (0, 2)


def test_a_probe_is_kept_in_a_file_and_knows_its_model(
    tmp_path: Path, tiny_model: ModelFiles
) -> None:
    path, one = tmp_path / "probe.npz", drawn(tiny_model.sha256)
    np.savez(path, **one.arrays())
    again = Probe.load(path)
    assert np.array_equal(again.hidden, one.hidden)
    assert np.array_equal(again.out, one.out)
    assert again.fits(tiny_model)
    assert not drawn().fits(tiny_model)
    assert probe(tiny_model, tmp_path) is not None
    assert probe(tiny_model) is None  # the one that ships reads another model


@pytest.mark.parametrize("content", [b"", b"no arrays"])
def test_a_damaged_probe_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "probe.npz").write_bytes(content)
    with pytest.raises(JudgeError, match=r"probe\.npz"):
        Probe.load(tmp_path / "probe.npz")


def test_what_the_probe_says_is_evidence(table: Substitutions, tiny_engines: dict) -> None:
    engine: Engine = tiny_engines[256]
    document, seen = Document("-", TEXT), []
    near, one = NearReader(Collocations.load(), Encoder()), drawn()
    found = slots(table, document)
    for given in (Readers(engine, near, Encoder(), one), Readers(engine, near, Encoder())):
        judges = Judges(anyone(given.columns.left), anyone(given.columns.both), Gate(least=0.0))
        scorer = LanguageModelScorer(
            given, judges, model="tiny", observer=lambda _, evidence: seen.append(evidence)
        )
        scorer.score(document, found)
    probed, other = (evidence for evidence in seen if isinstance(evidence, Evidence))
    assert (probed.columns, other.columns) == (PROBED, ANY_MODEL)
    size = len(ANY_MODEL.left)
    assert np.allclose(probed.left[:, :size], other.left, atol=1e-4)
    encoded = engine.pieces.encode(TEXT)
    where = places(encoded, found, TEXT)
    (window,) = windows(engine, encoded, where)
    said = one.evidence(slot_states(window.state, *window.rows(where)))
    owner = np.searchsorted(window.slots, probed.slot)
    assert np.allclose(probed.left[:, size:], said[owner], atol=1e-3)
    chosen = probed.chosen
    at = [PROBED.both.index(column) for column in STATE_COLUMNS]
    assert np.array_equal(probed.both[:, at], probed.left[chosen][:, size:])


def anyone(columns: tuple[str, ...]) -> Judge:
    """A judge that finds everything as likely."""
    size = len(columns)
    flat = np.zeros(size, np.float32)
    nothing = np.zeros((1, size + 1, 1), np.float32)
    other = np.append(flat, np.float32(-5))
    return Judge(columns, flat, flat + 1, nothing, np.array([[0.0, -1.0]], np.float32), other, 0.1)


def test_other_models_are_judged_without_a_probe(
    table: Substitutions, tiny_gguf: Path, tiny_home: None
) -> None:
    scorer = load(Options(scorer="lm", model=tiny_gguf))
    document = Document("-", TEXT)
    assert np.isfinite(scorer.score(document, slots(table, document)).spun).all()
    assert scorer.columns is ANY_MODEL


def test_judges_that_know_of_no_probe_serve_as_before(
    tmp_path: Path, tiny_gguf: Path, tiny_home: None, tiny_model: ModelFiles
) -> None:
    """A folder of an older ``despin train``, and a probe that would fit the model."""
    with np.load(CALIBRATOR) as data:
        older = {name: data[name] for name in data if not name.startswith("probed")}
    np.savez(tmp_path / "calibrator.npz", **older)
    np.savez(tmp_path / "probe.npz", **drawn(tiny_model.sha256).arrays())
    scorer = load(Options(scorer="lm", model=tiny_gguf, judges=tmp_path))
    assert scorer.columns is ANY_MODEL
