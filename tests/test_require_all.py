"""Where everything must be there, a skipped test is a failed one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = {
    "test_mark.py": "import pytest\n@pytest.mark.skip(reason='no part')\ndef test(): pass\n",
    "test_call.py": "import pytest\ndef test(): pytest.skip('no part')\n",
    "test_module.py": "import pytest\npytest.importorskip('no_part')\ndef test(): pass\n",
}


@pytest.mark.parametrize(("required", "refused"), [("1", 3), ("", 0)])
def test_a_skip_fails_when_all_is_required(required: str, refused: int, tmp_path: Path) -> None:
    for shared in ("conftest.py", "tiny_model.py", "tiny_wordnet.py"):
        shutil.copy(Path(__file__).with_name(shared), tmp_path)
    for name, text in TESTS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "test_fine.py").write_text("def test(): pass\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", "."],
        cwd=tmp_path,
        env={**os.environ, "DESPIN_REQUIRE_ALL": required, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if refused else 0), done.stdout
    assert done.stdout.count("was skipped, and DESPIN_REQUIRE_ALL=1") == refused
    assert "1 passed" in done.stdout
