"""Rows put into a thesaurus that is compiled already."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from despin.lexicon import store
from despin.lexicon.amend import amend, amend_files
from despin.lexicon.rows import Kind, LexiconError, LexiconRow
from despin.lexicon.sources import Source
from despin.lexicon.thesaurus import Thesaurus

NAMES = ["big", "fire", "hearth", "home", "huge", "large"]


def compiled() -> store.Compiled:
    """huge → big, large; hearth → home, fire."""
    return store.compile_pairs(
        NAMES,
        store.Pairs(
            spun=np.array([4, 4, 2, 2]),
            originals=np.array([0, 5, 3, 1]),
            weights=np.array([-1.0, -2.0, -3.0, 0.5]),
            rank=np.array([2.0, 1.0, 4.0, 3.0]),
            sources=np.array([1, 8, 8, 8], np.uint8),
        ),
    )


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system takes no file of more bytes: some are written, others are not."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def pairs(some: store.Compiled) -> dict[tuple[str, str], tuple[float, int]]:
    found = {}
    for number, spun in enumerate(some.forms):
        part = slice(int(some.rows[number]), int(some.rows[number + 1]))
        weights = store.log_odds(some.weights[part])
        rows = zip(some.originals[part], weights, some.sources[part], strict=True)
        found |= {(spun, some.forms[o]): (round(float(w), 2), int(s)) for o, w, s in rows}
    return found


def test_new_pairs_go_in_with_all_their_forms() -> None:
    amended = amend(compiled(), [LexiconRow("bear in mind", "remember", Kind.VERB, 1.0)])
    found = pairs(amended.compiled)
    assert found["bears in mind", "remembers"][1] == Source.CURATED | Source.PHRASE
    assert found["bearing in mind", "remembering"][0] == pytest.approx(0.0, abs=0.03)
    assert amended.new == len(found) - 4 > 3
    same_length = pairs(amend(compiled(), [LexiconRow("fire bell", "fire alarm")]).compiled)
    assert same_length["fire bell", "fire alarm"][1] == Source.CURATED | Source.PHRASE
    assert amended.compiled.forms == sorted(amended.compiled.forms)


def test_a_pair_that_is_there_keeps_its_sources_and_the_larger_weight() -> None:
    rows = [LexiconRow("huge", "large", weight=2.0), LexiconRow("hearth", "fire", weight=0.1)]
    amended = amend(compiled(), rows)
    found = pairs(amended.compiled)
    assert found["huge", "large"] == (pytest.approx(math.log(2), abs=0.03), 8 | Source.CURATED)
    assert found["hearth", "fire"] == (pytest.approx(0.5, abs=0.03), 8 | Source.CURATED)
    assert (amended.new, amended.raised) == (0, 1)


def test_everything_else_stays_as_it_was() -> None:
    before = compiled()
    amended = amend(before, [LexiconRow("hearth", "stove"), LexiconRow("abode", "home")])
    after = pairs(amended.compiled)
    assert {pair: after[pair] for pair in pairs(before)} == pairs(before)
    spun = Thesaurus(amended.compiled).candidates("hearth")
    assert spun is not None
    assert spun.forms == ["stove", "home", "fire"]


def test_rows_put_in_twice_are_there_once(tmp_path: Path) -> None:
    rows = [LexiconRow("hearth", "stove"), LexiconRow("huge", "big", weight=3)]
    store.write(compiled(), tmp_path / "first", {"auc": 0.9})
    amend_files(tmp_path / "first", rows, tmp_path / "once")
    again = amend_files(tmp_path / "once", rows, tmp_path / "twice")
    assert (again.new, again.raised) == (0, 0)
    for path in sorted((tmp_path / "once").iterdir()):
        assert path.read_bytes() == (tmp_path / "twice" / path.name).read_bytes()
    assert store.about(tmp_path / "twice")["auc"] == 0.9


def test_what_is_mapped_from_a_folder_stays_while_rows_are_put_into_it(tmp_path: Path) -> None:
    store.write(compiled(), tmp_path, {})
    names = sorted(path.name for path in tmp_path.iterdir())
    mapped = store.read(tmp_path)
    amend_files(
        tmp_path, [LexiconRow("abode", "home"), LexiconRow("huge", "big", weight=3)], tmp_path
    )
    assert pairs(mapped) == pairs(compiled())
    assert ("abode", "home") in pairs(store.read(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    store.write(compiled(), tmp_path, {"auc": 0.9})
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with (
        largest_file(140),
        pytest.raises(LexiconError, match=f"{tmp_path.name}: cannot be written"),
    ):
        amend_files(tmp_path, [LexiconRow("abode", "home")], tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_is_no_folder_for_a_lexicon(tmp_path: Path) -> None:
    store.write(compiled(), tmp_path, {})
    with pytest.raises(LexiconError, match=r"rows\.npy: cannot be written"):
        amend_files(tmp_path, [], tmp_path / "rows.npy")


@pytest.mark.parametrize(
    ("name", "content"),
    [("forms.txt", "abode\n"), ("about.json", '{"format": 99}'), ("about.json", "[]")],
)
def test_files_that_do_not_belong_together_are_refused(
    tmp_path: Path, name: str, content: str
) -> None:
    store.write(compiled(), tmp_path, {})
    (tmp_path / name).write_text(content)
    with pytest.raises(LexiconError, match=f"{tmp_path.name}: holds no compiled lexicon"):
        amend_files(tmp_path, [], tmp_path)


@pytest.mark.parametrize("weights", [(3.0, 0.5), (0.5, 3.0)])
def test_of_two_rows_for_a_new_pair_the_larger_weight_holds(weights: tuple[float, float]) -> None:
    rows = [LexiconRow("abode", "home", weight=weight) for weight in weights]
    one = amend(compiled(), rows[:1] if weights[0] == 3.0 else rows[1:]).compiled
    assert pairs(amend(compiled(), rows).compiled) == pairs(one)


def test_every_stored_weight_survives() -> None:
    every = np.arange(256, dtype=np.uint8)
    assert (store.quantise(store.log_odds(every).astype(np.float64)) == every).all()


def test_a_folder_without_a_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=tmp_path.name):
        amend_files(tmp_path, [], tmp_path)
