"""The corpus: reading, splitting, keeping evaluation text out, mixing genres."""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from despin.training.corpus import (
    CorpusDocument,
    CorpusError,
    document_id,
    documents,
    evenly,
    held_out,
    mixed,
    sources,
    split_of,
)
from despin.training.evaluation import OVERLAP, EvaluationText

WORDS = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(26 * 26)]


def write_source(folder: Path, name: str, texts: list[str]) -> None:
    lines = "".join(text.replace("\n", "\\n") + "\n" for text in texts)
    packed = zstandard.ZstdCompressor().compress(lines.encode())
    (folder / f"{name}.txt.zst").write_bytes(packed)


def some_texts(n: int, *, words: int = 20, start: int = 0) -> list[str]:
    return [
        " ".join([f"number {start + i}", *(WORDS[(start + i * 7 + j) % 676] for j in range(words))])
        for i in range(n)
    ]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_source(tmp_path, "news_big", some_texts(900))
    write_source(tmp_path, "news_small", some_texts(60, start=2000))
    write_source(tmp_path, "health_only", some_texts(200, start=3000))
    write_source(tmp_path, "news_bbc", some_texts(5, start=4000))
    write_source(tmp_path, "mix_race", some_texts(5, start=5000))
    return tmp_path


def test_documents_are_read_line_by_line_with_paragraphs(tmp_path: Path) -> None:
    write_source(tmp_path, "press_one", ["The first.\nIts end.", "", "The second."])
    found = list(documents(tmp_path))
    assert [d.text for d in found] == ["The first.\nIts end.", "The second."]
    assert {(d.source, d.genre) for d in found} == {("press_one", "press")}


def test_a_source_with_other_terms_is_never_read(corpus: Path) -> None:
    assert "mix_race" not in sources(corpus)
    assert list(documents(corpus, ["mix_race"])) == []


def test_an_unknown_source_is_refused(corpus: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(documents(corpus, ["news_nowhere"]))


def test_what_is_no_packed_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "news_odd.txt.zst").write_bytes(b"plain text")
    with pytest.raises(CorpusError, match=r"news_odd\.txt\.zst: cannot be read"):
        list(documents(tmp_path))


def test_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    write_source(tmp_path, "news_cut", some_texts(300))
    path = tmp_path / "news_cut.txt.zst"
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(CorpusError, match=r"news_cut\.txt\.zst: cannot be read .it ends too early"):
        list(documents(tmp_path))


def test_frames_that_follow_each_other_are_one_text(tmp_path: Path) -> None:
    texts = some_texts(40)
    write_source(tmp_path, "news_a", texts[:20])
    write_source(tmp_path, "news_b", texts[20:])
    both = [tmp_path / f"news_{name}.txt.zst" for name in "ab"]
    packed = b"".join(path.read_bytes() for path in both)
    both[1].unlink()
    both[0].write_bytes(packed)
    assert [document.text for document in documents(tmp_path)] == texts


def test_without_zstandard_the_extra_is_named(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(CorpusError, match=r"pip install 'despin\[train\]'"):
        list(documents(corpus))


def test_splits_part_the_corpus(corpus: Path) -> None:
    by_split = {
        split: {d.id for d in documents(corpus, split=split)}
        for split in ("counts", "calibrator", "held-out")
    }
    assert sum(map(len, by_split.values())) == len({d.id for d in documents(corpus)})
    counts, calibrator, out = (len(by_split[s]) for s in ("counts", "calibrator", "held-out"))
    assert counts > 2 * calibrator > out > 50


def test_whole_sources_are_held_out(corpus: Path) -> None:
    assert {split_of(d) for d in documents(corpus, ["news_bbc"])} == {"held-out"}


def test_small_genres_hold_out_a_larger_share(corpus: Path) -> None:
    shares = {
        name: sum(split_of(d) == "held-out" for d in documents(corpus, [name])) / n
        for name, n in (("news_big", 900), ("health_only", 200))
    }
    assert shares["news_big"] == pytest.approx(0.08, abs=0.04)
    assert shares["health_only"] == pytest.approx(0.5, abs=0.12)


@given(st.text(alphabet="aB \n\t", max_size=20))
def test_the_id_overlooks_case_and_white_space(text: str) -> None:
    assert document_id(text) == document_id("  ".join(text.upper().split()))


def test_the_split_does_not_depend_on_the_file_a_text_lies_in() -> None:
    one, other = (
        CorpusDocument(s, document_id("A text."), "A text.") for s in ("news_a", "news_b")
    )
    assert split_of(one) == split_of(other)


def test_held_out_gives_one_genre_or_all(corpus: Path) -> None:
    everything = list(held_out(corpus))
    assert {d.genre for d in held_out(corpus, "health")} == {"health"}
    assert all(split_of(d) == "held-out" for d in everything)
    assert {d.source for d in everything} == {"news_big", "news_small", "health_only", "news_bbc"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"", "without .txt or .jsonl files keeps nothing out"),
        ("a.txt", b"\xff\xfe", "a.txt: cannot be read"),
        ("a.jsonl", b'{"spun": "x"}\n{"a"', "a.jsonl: cannot be read"),
        ("a.jsonl", b"[1, 2]\n", "a.jsonl: cannot be read"),
    ],
)
def test_evaluation_text_that_keeps_nothing_out_is_refused(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=told):
        EvaluationText.read(tmp_path)


def test_text_that_overlaps_with_evaluation_text_is_dropped(tmp_path: Path) -> None:
    evaluation = tmp_path / "evaluation"
    evaluation.mkdir()
    shared = WORDS[100 : 100 + OVERLAP]
    row = {"spun": "nothing to see", "original": "And " + " ".join(shared), "gold": [[0, 1]]}
    (evaluation / "rows.jsonl").write_text(json.dumps(row) + "\n")
    (evaluation / "plain.txt").write_text(" ".join(WORDS[300:320]))
    texts = [
        "Before. " + ", ".join(shared).title() + " after.",
        "Only eleven: " + " ".join(shared[:-1]),
        "Quite other words " + " ".join(WORDS[305:318]),
        "Free of it all.",
    ]
    write_source(tmp_path, "news_one", texts)
    kept = list(documents(tmp_path, evaluation=EvaluationText.read(evaluation)))
    assert [d.text for d in kept] == [texts[1], texts[3]]


@given(st.integers(0, 30), st.integers(0, 20), st.integers(OVERLAP - 2, OVERLAP + 5))
def test_overlap_is_found_wherever_it_stands(before: int, skip: int, length: int) -> None:
    evaluation = EvaluationText([" ".join(WORDS[:60])])
    text = " ".join(WORDS[200 : 200 + before] + WORDS[skip : skip + length] + WORDS[300:305])
    assert evaluation.overlaps(text) == (length >= OVERLAP)


def test_a_mix_gives_small_sources_more_than_their_share(corpus: Path) -> None:
    words = Counter[str]()
    for d in mixed(corpus, "counts", words=3000):
        words[d.source] += len(d.text.split())
    assert 3000 <= sum(words.values()) < 3100
    assert words["news_small"] > 3000 * 60 / 1160
    assert words["health_only"] > 3000 * 200 / 1160
    assert "news_bbc" not in words


def test_an_even_mix_gives_every_genre_as_much(corpus: Path) -> None:
    words = Counter[str]()
    for d in islice(evenly(corpus, "counts"), 60):
        words[d.source.partition("_")[0]] += len(d.text.split())
    assert set(words) == {name.partition("_")[0] for name in sources(corpus)}
    assert max(words.values()) - min(words.values()) < 60


def test_a_mix_is_drawn_by_its_seed(corpus: Path) -> None:
    def drawn(seed: int) -> list[str]:
        return [d.id for d in mixed(corpus, "counts", words=1000, seed=seed)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_mix_ends_when_everything_is_given(corpus: Path) -> None:
    given_ids = [d.id for d in mixed(corpus, "calibrator", words=10**9)]
    assert sorted(given_ids) == sorted(d.id for d in documents(corpus, split="calibrator"))
