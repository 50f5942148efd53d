"""A corpus of a few documents, made of the examples' sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


def write_source(path: Path, lines: list[str]) -> None:
    """One packed file of a corpus, a document a line."""
    zstandard = pytest.importorskip("zstandard")
    path.write_bytes(zstandard.ZstdCompressor().compress("\n".join(lines).encode()))


def write_corpus(folder: Path) -> Path:
    """Sixty documents, some for every part of the split."""
    sentences = [
        sentence
        for path in sorted(EXAMPLES.glob("*.original.txt"))
        for sentence in path.read_text("utf-8").replace("\n", " ").split(". ")
    ]
    lines = [
        ". ".join(sentences[(i * 7 + j * 3) % len(sentences)] for j in range(8)) + f" No. {i}."
        for i in range(60)
    ]
    write_source(folder / "news_tiny.txt.zst", lines)
    return folder
