"""The real command line, in a folder of its own where no configuration is found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from despin.cli import cli

SPOILT = "They met in the the harbour. Marks &amp; Sparks paid.\n"
MENDED = "They met in the harbour. Marks & Sparks paid.\n"
CLEAN = "They met in the harbour, and it rained all day.\n"
PAGE = "<html><body><article><h1>News</h1>{}</article></body></html>".format(
    "".join(f"<p>They met in the the harbour at {n} and spoke at length.</p>" for n in range(1, 9))
)
PATTERNS = ("--select", "doubled-word,entity", "--grammar", "off")
"""Rules that need no scorer, so that these tests are about the command line alone."""

Invoke = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "DESPIN_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def despin() -> Invoke:
    """Run a command in this process."""

    def invoke(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin)

    return invoke


@pytest.fixture
def spawn(folder: Path) -> Spawn:
    """Run a command in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "despin", *arguments]
        return subprocess.run(command, input=stdin, capture_output=True, cwd=folder, check=False)

    return run
