"""What a run leaves behind in the user's home, where libraries like to keep notes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("onnxruntime")


def test_a_check_leaves_nothing_in_the_home_and_reports_to_nobody(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    (work / "plain.txt").write_text("They met in the the harbour, and it rained.\n")
    # On build machines ONNX Runtime keeps still of its own accord.
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "LANG", "VIRTUAL_ENV"}}
    done = subprocess.run(
        [sys.executable, "-m", "despin", "check", "plain.txt", "--scorer", "fast", "--quiet"],
        env={**kept, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
        capture_output=True,
        text=True,
        cwd=work,
    )
    assert done.returncode == 1, done.stderr
    assert [str(path) for path in home.rglob("*")] == []
