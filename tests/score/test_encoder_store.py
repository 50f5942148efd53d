"""The encoder that ships in four bits, and what is made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from despin.score.encoder import DATA, Encoder
from despin.score.encoder_store import DIGEST, PACKED_GRAPH, digest, graph_of, ready
from despin.score.loading import LARGE_ENCODER
from despin.score.model_files import ModelError


def test_what_ships_is_called_by_what_it_holds() -> None:
    assert (LARGE_ENCODER / DIGEST).read_text("ascii").strip() == digest(LARGE_ENCODER)


def test_it_is_widened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path))
    said: list[str] = []
    first = ready(LARGE_ENCODER, said.append)
    made = {path.name: path.stat().st_mtime_ns for path in first.iterdir()}
    assert ready(LARGE_ENCODER, said.append) == first
    assert len(said) == 1
    assert {path.name: path.stat().st_mtime_ns for path in first.iterdir()} == made
    assert Encoder(first).size == 768


def test_one_that_can_run_is_left_as_it_is() -> None:
    assert ready(DATA) == DATA
    assert graph_of(DATA) == DATA / "encoder.onnx"
    assert graph_of(LARGE_ENCODER) == LARGE_ENCODER / PACKED_GRAPH


def test_another_one_is_made_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path / "data"))
    other = tmp_path / "other"
    shutil.copytree(LARGE_ENCODER, other)
    with np.load(other / "vectors-int4.npz") as given:
        np.savez(other / "vectors-int4.npz", codes=given["codes"] ^ 1, scales=given["scales"])
    (other / DIGEST).write_text(digest(other), "ascii")
    assert ready(other) != ready(LARGE_ENCODER)


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").write_text("in the way")
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path))
    with pytest.raises(ModelError, match="the encoder cannot be written"):
        ready(LARGE_ENCODER)
