"""What a trial leaves out: whole texts, however often each was collected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tiny_corpus import write_source

from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.encoder import Encoder
from despin.score.language_model import Readers
from despin.score.near import NearReader
from despin.score.second_look import Gate
from despin.training.calibrate import Data
from despin.training.collect import Collector, Plan, nothing
from despin.training.corpus import CorpusError, documents
from despin.training.evidence_file import Batch, joined, read, write
from despin.training.held_out import held_out
from despin.training.simulate import Example


def evidence(path: Path, texts: tuple[int, ...], documents: int = 10) -> Path:
    """A file of documents with one swapped word each."""
    examples = [[Example(np.zeros((2, 1), np.float16), 0, 1.0)] for _ in range(documents)]
    write(Batch(examples, [], documents, documents, texts), path)
    return path


def left_out(data: Data) -> list[int]:
    return np.flatnonzero(held_out(data)).tolist()


def test_a_text_that_was_collected_twice_is_left_out_twice(tmp_path: Path) -> None:
    one = evidence(tmp_path / "a.npz", tuple(range(100, 110)))
    other = evidence(tmp_path / "b.npz", (103, 107, 100, *range(120, 127)))
    data, _ = read([one, other], "left", lacking=0.0)
    assert data.document.tolist() == list(range(20))
    assert left_out(data) == [0, 12, 13]  # 12 is 0 again, 13 the eleventh text


def test_where_no_text_comes_twice_every_tenth_document_is_left_out(tmp_path: Path) -> None:
    named = evidence(tmp_path / "a.npz", tuple(range(10)))
    before = evidence(tmp_path / "b.npz", ())  # as files were that did not name their texts
    data, _ = read([named, before], "left", lacking=0.0)
    assert left_out(data) == [0, 10]


def test_a_text_alone_is_too_little(tmp_path: Path) -> None:
    data, _ = read([evidence(tmp_path / "a.npz", (7,) * 10)], "left", lacking=0.0)
    with pytest.raises(CorpusError, match="too few documents"):
        held_out(data)


def test_texts_are_known_again_as_slots_are_picked_and_joined(tmp_path: Path) -> None:
    data, _ = read([evidence(tmp_path / "a.npz", tuple(range(10)))], "left", lacking=1.0)
    assert data.text is not None
    assert joined([data, data]).text is not None


def test_all_collections_of_a_training_know_their_texts(
    tmp_path: Path, corpus: Path, table: Substitutions, tiny_engines: dict
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    given = [d.text.replace("\n", "\\n") for d in documents(corpus, split="calibrator")]
    write_source(folder / "news_twice.txt.zst", [*given[:2], *given[:2]])
    readers = Readers(tiny_engines[256], NearReader(Collocations.load(), Encoder()), Encoder())
    collector = Collector(readers, table, nothing(readers.columns.left))
    plan = Plan(folder, documents=4, seed=3, clean=2, gate=replace(Gate(), share=0.0))
    spun = collector.collect(plan, tmp_path / "spun")
    clean = collector.collect_clean(plan, tmp_path / "clean")
    data, _ = read([*spun, *clean], "left", layouts=(readers.columns.left,))
    assert data.text is not None
    assert sorted({*data.document.tolist()}) == list(range(6))
    assert {*data.text.tolist()} == {0, 1}
