"""The engine on a tiny random model written here: every answer must equal a plain reading."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.arrays import stored
from despin.score import engine_branches
from despin.score.engine import LONGEST, Engine, State
from despin.score.engine_branches import batches
from despin.score.engine_session import let_go
from despin.score.model_files import ModelError, ModelFiles

CLOSE = 2e-5  # nats; products of other sizes round differently
PIECES = 300


@pytest.fixture(scope="module")
def engine(tiny_model: ModelFiles) -> Engine:
    return Engine(tiny_model, threads=1)


@pytest.fixture(scope="module")
def text() -> np.ndarray:
    return np.random.default_rng(7).integers(0, PIECES, 60).astype(np.int32)


@pytest.fixture(scope="module")
def state(engine: Engine, text: np.ndarray) -> State:
    return engine.read(text)


def plain(engine: Engine, prefix: np.ndarray, branch: np.ndarray) -> np.ndarray:
    """log P of each piece of `branch` by reading prefix and branch as one text."""
    whole = np.concatenate([prefix, branch]).astype(np.int32)
    seen = np.arange(len(prefix), len(whole))
    return engine.next_log_probs(engine.read(whole), seen, branch)


def test_the_state_has_one_row_a_piece(state: State, text: np.ndarray) -> None:
    assert np.array_equal(state.ids, text)
    assert state.hidden.shape == (60, 64)
    assert state.past.shape == (60, 2, 2, 2, 16)


def test_probabilities_of_all_pieces_sum_to_one(engine: Engine, state: State) -> None:
    every = np.arange(PIECES)
    for seen in (1, 30, 60):
        log_probs = engine.next_log_probs(state, np.full(PIECES, seen), every)
        assert np.exp(log_probs.astype(np.float64)).sum() == pytest.approx(1.0, abs=1e-5)


def test_what_comes_later_changes_nothing(engine: Engine, state: State, text: np.ndarray) -> None:
    half = engine.read(text[:30])
    assert np.allclose(half.hidden, state.hidden[:30], atol=CLOSE)


def test_memory_given_back_changes_nothing(engine: Engine, text: np.ndarray) -> None:
    before = engine.read(text)
    engine.rest()
    after = engine.read(text)
    assert np.array_equal(before.hidden, after.hidden)
    asked = np.arange(PIECES), np.full(PIECES, 30)
    said = engine.next_log_probs(before, asked[1], asked[0])
    engine.rest()
    assert np.array_equal(said, engine.next_log_probs(after, asked[1], asked[0]))


def raw(path: Path) -> np.ndarray:
    np.arange(4_000_000, dtype=np.float32).tofile(path)
    return np.memmap(path, dtype=np.float32, mode="r", shape=(4_000, 1_000))


def with_a_head(path: Path) -> np.ndarray:
    with path.open("wb") as file:
        np.save(file, np.arange(4_000_000, dtype=np.float32).reshape(4_000, 1_000))
    return stored(path, mapped=True)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="Linux tells what is in memory")
@pytest.mark.parametrize("mapped", [raw, with_a_head])
def test_memory_given_back_is_the_systems_again(
    tmp_path: Path, mapped: Callable[[Path], np.ndarray]
) -> None:
    table = mapped(tmp_path / "table.bin")
    total = float(table.sum())
    assert in_memory("table.bin") > 15_000
    let_go(table)
    assert in_memory("table.bin") == 0
    assert float(table.sum()) == total


def in_memory(name: str) -> int:
    """Kilobytes of a mapped file that are resident."""
    kilobytes, inside = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8").splitlines():
        if "-" in line.split(" ", 1)[0]:
            inside = line.endswith(name)
        elif inside and line.startswith("Rss:"):
            kilobytes += int(line.split()[1])
    return kilobytes


@pytest.mark.parametrize("chunk", [1, 7, 59, 60])
def test_chunks_do_not_show(
    tiny_model: ModelFiles, state: State, text: np.ndarray, chunk: int
) -> None:
    chunked = Engine(tiny_model, threads=1, chunk=chunk).read(text)
    assert np.allclose(chunked.hidden, state.hidden, atol=CLOSE)
    assert np.allclose(chunked.past, state.past, atol=CLOSE)


def test_asking_in_any_order_gives_the_same(engine: Engine, state: State) -> None:
    rng = np.random.default_rng(3)
    seen, asked = rng.integers(1, 61, 500), rng.integers(0, PIECES, 500)
    order = rng.permutation(500)
    straight = engine.next_log_probs(state, seen, asked)
    assert np.allclose(
        engine.next_log_probs(state, seen[order], asked[order]), straight[order], atol=CLOSE
    )


def test_the_same_call_gives_the_same_numbers(tiny_model: ModelFiles, text: np.ndarray) -> None:
    one, other = (Engine(tiny_model, threads=2).read(text) for _ in range(2))
    assert np.array_equal(one.hidden, other.hidden)


branch = st.lists(st.integers(0, PIECES - 1), min_size=1, max_size=9)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), branch), max_size=12), st.sampled_from([1, 5, 256]))
def test_a_branch_equals_a_plain_reading(
    tiny_engines: dict[int, Engine], wanted: list[tuple[int, list[int]]], chunk: int
) -> None:
    engine = tiny_engines[chunk]
    text = np.random.default_rng(7).integers(0, PIECES, 60).astype(np.int32)
    branches = [np.asarray(pieces, dtype=np.int32) for _, pieces in wanted]
    found = engine.branches(engine.read(text), [seen for seen, _ in wanted], branches)
    assert len(found) == len(wanted)
    for (seen, _), pieces, log_probs in zip(wanted, branches, found, strict=True):
        assert np.allclose(log_probs, plain(engine, text[:seen], pieces), atol=CLOSE)


def test_a_branch_that_repeats_the_text_says_what_the_reading_said(
    engine: Engine, state: State, text: np.ndarray
) -> None:
    (found,) = engine.branches(state, [20], [text[20:28]])
    read = engine.next_log_probs(state, np.arange(20, 28), text[20:28])
    assert np.allclose(found, read, atol=CLOSE)


def test_batches_come_in_text_order_and_within_size() -> None:
    rng = np.random.default_rng(5)
    seen = [int(k) for k in rng.integers(1, 100, 50)]
    pieces = [np.arange(n, dtype=np.int32) for n in rng.integers(1, 9, 50)]
    made = list(batches(seen, pieces, 20))
    fed = [number for batch in made for number in batch.branches]
    assert sorted(fed) == [number for number in range(50) if len(pieces[number]) > 1]
    assert [seen[number] for number in fed] == sorted(seen[number] for number in fed)
    assert all(len(batch.fed) <= 20 for batch in made)


@pytest.mark.parametrize("length", [0, LONGEST + 1])
def test_a_reading_of_no_or_too_many_pieces_is_refused(engine: Engine, length: int) -> None:
    with pytest.raises(ValueError, match="pieces"):
        engine.read(np.zeros(length, dtype=np.int32))


@pytest.mark.parametrize("damaged", ["model.json", "tokenizer.json", "decoder-fp32.onnx"])
@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff junk"])
def test_a_damaged_model_is_refused(
    tiny_model: ModelFiles, tmp_path: Path, damaged: str, content: bytes
) -> None:
    folder = Path(copytree(tiny_model.folder, tmp_path / "model"))
    (folder / damaged).write_bytes(content)
    with pytest.raises(ModelError, match="the language model cannot be loaded"):
        Engine(ModelFiles(folder))


@pytest.mark.parametrize("missing", ["tokenizers", "onnxruntime"])
def test_without_a_library_the_extra_is_named(
    tiny_model: ModelFiles, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ModelError, match=rf'{missing} is missing; run: pip install "despin\[lm\]"'):
        Engine(tiny_model)


def test_a_branch_sees_the_text_before_it_as_far_as_it_should(
    tiny_engines: dict[int, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a branch says does not depend on the branches beside it, however little it sees."""
    monkeypatch.setattr(engine_branches, "NEAR", 6)
    engine = tiny_engines[256]
    text = np.arange(60, dtype=np.int32) % PIECES
    state = engine.read(text)
    branches = [np.asarray([3, 4, 5], np.int32)] * 4
    together = engine.branches(state, [2, 9, 30, 58], branches)
    for seen, found in zip((2, 9, 30, 58), together, strict=True):
        (alone,) = engine.branches(state, [seen], branches[:1])
        assert np.allclose(alone, found, atol=CLOSE)
    (plainly,) = engine.branches(state, [9], branches[:1])
    assert np.allclose(plainly, plain(engine, text[:9], branches[0]), atol=CLOSE)
