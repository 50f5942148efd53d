"""The Python in the documentation runs as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GIVEN = """
text = spun = open("article.txt").read()
texts = [text, "It rained in the the harbour.\\n"]
"""
"""What the pages take for granted."""


@pytest.mark.parametrize("page", ["README.md", "docs/python-api.md", "docs/lexicons.md"])
def test_the_examples_of_a_page_run_one_after_the_other(page: str, tmp_path: Path) -> None:
    blocks = BLOCK.findall((ROOT / page).read_text("utf-8"))
    assert blocks
    article = (ROOT / "examples/solar-co-op.txt").read_text("utf-8")
    (tmp_path / "articles").mkdir()
    for name in ("article.txt", "articles/a.txt"):
        (tmp_path / name).write_text(article, "utf-8")
    (tmp_path / "page.py").write_text("\n".join([GIVEN, *blocks]), "utf-8")
    done = subprocess.run(
        [sys.executable, "page.py"],
        cwd=tmp_path,
        env={**os.environ, "DESPIN_DATA": str(tmp_path), "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "articles/a.txt").read_text("utf-8") == article
