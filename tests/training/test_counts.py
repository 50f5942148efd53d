"""Counts: what is counted, what is capped, and what is dropped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import zstandard

from despin.read import WriteError
from despin.score.collocations import Collocations
from despin.training import counts, punkt
from despin.training.corpus import documents
from despin.training.counts import (
    FLOOD,
    FLOOD_ALLOWANCE,
    LEAST_DOCUMENTS,
    MOST_PER_DOCUMENT,
    build,
    count_symbols,
    words_of,
    write_words,
)


def write_source(folder: Path, name: str, texts: list[str]) -> int:
    """Write a source; gives how many of its documents are counted."""
    lines = "".join(text.replace("\n", "\\n") + "\n" for text in texts)
    packed = zstandard.ZstdCompressor().compress(lines.encode())
    (folder / f"{name}.txt.zst").write_bytes(packed)
    return sum(1 for _ in documents(folder, [name], split="counts"))


def numbered(text: str, n: int, start: int = 0) -> list[str]:
    """``text`` in ``n`` documents that differ in a number."""
    return [f"{text}\n{start + i}" for i in range(n)]


def counted(folder: Path, *words: str) -> float:
    build(folder, folder / "table")
    table = Collocations.load(folder / "table")
    find = table.bigram if len(words) == 2 else table.trigram
    return float(np.expm1(find(*table.word_ids(words))))


def test_words_are_counted_in_their_normal_form(tmp_path: Path) -> None:
    n = write_source(tmp_path, "news_a", numbered("Don’t go, don't 25 GO_ÉTÉ", 40))
    counts = count_symbols(tmp_path)
    assert counts["don't"] == counts["go"] == 2 * n
    assert counts["<number>"] == 2 * n
    assert words_of(counts) == {"don't": 2 * n, "go": 2 * n, "été": n}


def test_word_counts_are_written_most_frequent_first(tmp_path: Path) -> None:
    path = tmp_path / "new" / "words.tsv"
    write_words(words_of(count_of("b a a c b")), path)
    assert path.read_text() == "a\t2\nb\t2\nc\t1\n"


def test_a_list_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """A lone surrogate is found out when the file is open already."""
    for name, again in (
        ("words.tsv", lambda path: write_words(Counter({"\ud800": 1}), path)),
        ("sentences.json", lambda path: punkt.write({"starters": ["\ud800"]}, path)),
    ):
        path = tmp_path / name
        path.write_text("as it was", encoding="utf-8")
        with pytest.raises(UnicodeEncodeError):
            again(path)
        assert path.read_text(encoding="utf-8") == "as it was"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_table_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_source(tmp_path, "news_a", numbered("one two three", 40))
    write_source(tmp_path, "news_b", numbered("one two three", 40, start=100))
    build(tmp_path, tmp_path / "table")
    before = {path.name: path.read_bytes() for path in (tmp_path / "table").iterdir()}
    assert len(before) == 6
    hashed, calls = counts._hashed, []

    def full(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return hashed(*arguments)

    monkeypatch.setattr(counts, "_hashed", full)
    write_source(tmp_path, "news_c", numbered("four five six", 40, start=200))
    with pytest.raises(WriteError, match="No space"):
        build(tmp_path, tmp_path / "table")
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "table").iterdir()}


def count_of(text: str) -> Counter[str]:
    return Counter(text.split())


def test_pairs_and_triples_are_counted_by_occurrence(tmp_path: Path) -> None:
    n = write_source(tmp_path, "news_a", numbered("red barn door and red barn roof", 5))
    n += write_source(tmp_path, "blog_a", numbered("a red barn door", 10, 100))
    both = sum(1 for d in documents(tmp_path, split="counts") if d.genre == "news")
    assert n >= LEAST_DOCUMENTS
    assert counted(tmp_path, "red", "barn") == pytest.approx(n + both, rel=0.05)
    assert counted(tmp_path, "red", "barn", "door") == pytest.approx(n, rel=0.05)
    assert counted(tmp_path, "barn", "red") == 0


def test_one_document_counts_a_few_times_at_most(tmp_path: Path) -> None:
    n = write_source(tmp_path, "news_a", numbered("green hill " * 50, 9))
    n += write_source(tmp_path, "blog_a", numbered("green hill " * 50, 9, 100))
    assert counted(tmp_path, "green", "hill") == pytest.approx(n * MOST_PER_DOCUMENT, rel=0.05)


def test_one_source_cannot_flood_the_counts(tmp_path: Path) -> None:
    write_source(tmp_path, "news_a", numbered("edited by hand", 400))
    others = write_source(tmp_path, "blog_a", numbered("edited by machine", 8, 1000))
    expected = others + FLOOD * others + FLOOD_ALLOWANCE
    assert counted(tmp_path, "edited", "by") == pytest.approx(expected, rel=0.05)


def test_what_few_documents_hold_is_dropped(tmp_path: Path) -> None:
    texts = numbered("cold soup", LEAST_DOCUMENTS - 1) + numbered("warm bread", 40, 50)
    write_source(tmp_path, "news_a", texts)
    assert counted(tmp_path, "cold", "soup") == 0
    assert counted(tmp_path, "warm", "bread") > 0


def test_nothing_is_counted_across_a_paragraph(tmp_path: Path) -> None:
    write_source(tmp_path, "news_a", numbered("one end\nnew start", 40))
    assert counted(tmp_path, "end", "new") == 0
    assert counted(tmp_path, "end", "") > 0
    assert counted(tmp_path, "", "", "new") > 0


def test_the_table_depends_on_the_corpus_alone(tmp_path: Path) -> None:
    write_source(tmp_path, "news_a", numbered("the same text twice over", 40))
    build(tmp_path, tmp_path / "one")
    build(tmp_path, tmp_path / "two")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
