"""The documents name what there is: links, anchors and what Python examples call."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "lexicons" / "README.md"]
)
FUNCTION = re.compile(r"`(\w+)\([^`]*\)`")


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if link.startswith("http"):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_functions_for_fitting_words_are_where_the_table_says() -> None:
    text = (ROOT / "docs" / "lexicons.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if FUNCTION.search(line) and "|" in line]
    assert rows
    home = ""
    for row in rows:
        functions, place = row.split("|")[1:3]
        home = place.strip(" `") or home
        for name in FUNCTION.findall(functions):
            assert hasattr(importlib.import_module(home), name), name


def test_the_thesaurus_example_runs() -> None:
    text = (ROOT / "docs" / "lexicons.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(example, "docs/lexicons.md", "exec"), {})
