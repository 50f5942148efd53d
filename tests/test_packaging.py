"""What an installation asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def names(extra: str) -> set[str]:
    """The distributions that an extra asks for by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = project["optional-dependencies"][extra]
    return {re.split(r"[^\w.-]", requirement)[0] for requirement in found}


def test_web_pages_bring_what_trafilatura_cannot_be_imported_without() -> None:
    # justext asks for lxml[html_clean], which lxml calls html-clean; the pip that comes with
    # Python 3.11 takes these for two, and web pages were never read, whatever was installed.
    assert names("html") == {"trafilatura", "lxml-html-clean"}
