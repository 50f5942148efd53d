"""Teaching a probe: it learns what states tell, from what it should, and serves the judges."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from despin.cli import cli
from despin.score.collocations import Collocations
from despin.score.columns import PROBED
from despin.score.judge import Judge, knows
from despin.score.states import STATE_COLUMNS, Probe
from despin.span import Span
from despin.training.collect import Plan
from despin.training.descent import Recipe
from despin.training.probe import _gradient, _initial, fit
from despin.training.probe_states import StateReader, States, read_states
from despin.training.quick_spinner import QuickSpinner
from despin.training.real import of_pair

if TYPE_CHECKING:
    from despin.propose.substitutions import Substitutions
    from despin.score.model_files import ModelFiles

SPUN = "The firm sent its large invoices to a wrong place on Monday, as was customary there."
ORIGINAL = "The firm sent its big bills to a wrong address on Monday, as everybody there did."


def test_the_gradient_is_that_of_the_loss() -> None:
    rng = np.random.default_rng(4)
    p = {k: v.astype(np.float64) for k, v in _initial(rng, 6, 5).items()}
    x, kept, spun = rng.normal(size=(9, 6)), rng.random((9, 5)) + 0.5, rng.random(9) < 0.5

    def loss() -> float:
        inner = np.maximum(x @ p["inner"] + p["inner_bias"], 0) * kept
        odds = inner @ p["out"] + p["out_bias"]
        return float(np.mean(np.log1p(np.exp(odds)) - spun * odds))

    found = _gradient(p, x, kept, spun)
    for name, place in (("inner", (2, 3)), ("inner_bias", (1,)), ("out", (4,)), ("out_bias", (0,))):
        sides = []
        for step in (1e-5, -2e-5):
            p[name][place] += step
            sides.append(loss())
        p[name][place] += 1e-5
        assert found[name][place] == pytest.approx((sides[0] - sides[1]) / 2e-5, abs=1e-5)


def test_a_probe_learns_what_states_tell() -> None:
    rng = np.random.default_rng(9)
    spun = rng.random(3000) < 0.2
    states = rng.normal(size=(3000, 40))
    states[:, 7] += 3 * spun
    recipe = Recipe(hidden=16, members=2, epochs=8, batch=64, rate=3e-3)
    hidden, out = fit(States(states[:2000].astype(np.float16), spun[:2000]), recipe)
    assert (hidden.shape, out.shape) == ((2, 41, 16), (2, 17))
    probe = Probe("", np.stack([hidden] * 2), np.stack([out] * 2))
    said = probe.evidence(states[2000:].reshape(-1, 4, 10).astype(np.float32))[:, 1]
    assert np.mean((said > 0) == spun[2000:]) > 0.88
    again, _ = fit(States(states[:2000].astype(np.float16), spun[:2000]), recipe)
    assert np.array_equal(hidden, again)


def test_states_are_collected_of_all_three_kinds_and_kept(
    tmp_path: Path, corpus: Path, table: Substitutions, tiny_engines: dict
) -> None:
    reader = StateReader(tiny_engines[256], table, QuickSpinner(table, Collocations.load()))
    plan = Plan(corpus, documents=3, seed=3, real=(of_pair(SPUN, ORIGINAL),) * 2, clean=4)
    said: list[tuple[int, int]] = []
    found = reader.collect(plan, tmp_path, lambda *done: said.append(done))
    assert said[-1] == (9, 9)
    real, others = read_states(found.real), read_states(found.others)
    assert real.states.shape[1] == others.states.shape[1] == 4 * 64
    assert 0 < real.spun.sum() < len(real.spun)
    (clean,) = (tmp_path / "clean").glob("*.npz")
    assert not read_states([clean]).spun.any()
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}
    reader.collect(plan, tmp_path)
    assert times == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}


def test_words_whose_truth_is_unclear_teach_nothing(
    tmp_path: Path, table: Substitutions, tiny_engines: dict
) -> None:
    reader = StateReader(tiny_engines[256], table, QuickSpinner(table, Collocations.load()))
    one, other = (reader._states(of_pair(SPUN, original)) for original in (ORIGINAL, SPUN))
    assert len(one.spun) < len(other.spun)  # "was customary" was written anew
    assert not other.spun.any()


def test_texts_that_tell_nothing_are_passed_over(
    tmp_path: Path, corpus: Path, table: Substitutions, tiny_engines: dict
) -> None:
    """One in which nothing was swapped, and one that was written anew from end to end."""
    reader = StateReader(tiny_engines[256], table, QuickSpinner(table, Collocations.load()))
    anew = of_pair("The large firm sent invoices.", "Nobody in our small village knew of it then.")
    real = (of_pair(SPUN, SPUN), replace(anew, unclear=(Span(0, len(anew.text)),), swaps=()))
    assert len(reader._states(real[1]).spun) == 0
    plan = Plan(corpus, documents=1, seed=3, real=(*real, of_pair(SPUN, ORIGINAL)), clean=1)
    assert read_states(reader.collect(plan, tmp_path).real).spun.any()
    nothing = reader.collect(replace(plan, real=real), tmp_path / "nothing").real
    assert len(read_states(nothing).spun) == 0


def test_train_teaches_a_probe_and_judges_that_ask_it(
    tmp_path: Path,
    corpus: Path,
    tiny_gguf: Path,
    tiny_model: ModelFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(tiny_model.folder.parent.parent))
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps({"spun": SPUN, "original": ORIGINAL}) + "\n")
    out = tmp_path / "out"
    options = ["--corpus", corpus, "--out", out, "--documents", 12, "--clean", 4, "--seed", 3]
    options += ["--model", tiny_gguf, "--probe"]
    result = CliRunner().invoke(cli, ["train", *map(str, [*options, pairs])])
    assert result.exit_code == 0, result.stderr
    assert Probe.load(out / "probe.npz").fits(tiny_model)
    for name in ("gate", "lm", PROBED.gate, PROBED.calibrator):
        assert knows(out / "calibrator.npz", name)
    judge = Judge.load(out / "calibrator.npz", PROBED.gate, PROBED.left)
    at = [judge.columns.index(column) for column in STATE_COLUMNS]
    assert np.abs(judge.hidden[:, at]).sum() > 0
    article = tmp_path / "article.txt"
    article.write_text(SPUN)
    asked = ["check", str(article), "--judges", str(out), "--model", str(tiny_gguf)]
    assert CliRunner().invoke(cli, asked).exit_code in {0, 1}
    taught = (out / "probe.npz").read_bytes()
    more = [14 if option == 12 else option for option in options]
    result = CliRunner().invoke(cli, ["train", *map(str, [*more, pairs])])
    assert result.exit_code == 0, result.stderr  # more documents are no other probe
    assert (out / "probe.npz").read_bytes() == taught
    pairs.write_text(json.dumps({"spun": ORIGINAL, "original": SPUN}) + "\n")
    result = CliRunner().invoke(cli, ["train", *map(str, [*options, pairs])])
    assert result.exit_code == 2
    assert "was made with another --probe" in result.stderr


def test_a_probe_is_for_causal_models(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text("{}")
    options = ["--corpus", tmp_path, "--out", tmp_path, "--probe", tmp_path / "pairs.jsonl"]
    result = CliRunner().invoke(cli, ["train", *map(str, options), "--scorer", "hf"])
    assert result.exit_code == 2
    assert "--probe reads the states of a causal model" in result.stderr
