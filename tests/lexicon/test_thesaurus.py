from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.lexicon import store
from despin.lexicon.sources import Source
from despin.lexicon.thesaurus import Thesaurus

if TYPE_CHECKING:
    from pathlib import Path

Pair = tuple[str, str, float]

PAIRS: list[Pair] = [
    ("bosom", "breast", 1.0),
    ("bosom", "chest", -2.0),
    ("colour", "paint", -1.0),
    ("put", "set", 0.0),
    ("put in", "install", 0.5),
    ("put in place", "set", -0.5),
    ("chest", "breast", -3.0),
]


def thesaurus(pairs: list[Pair]) -> Thesaurus:
    names = sorted({name for spun, original, _ in pairs for name in (spun, original)})
    weights = np.array([weight for *_, weight in pairs])
    table = store.Pairs(
        np.array([names.index(spun) for spun, *_ in pairs]),
        np.array([names.index(original) for _, original, _ in pairs]),
        weights,
        weights,
        np.full(len(pairs), int(Source.MOBY), np.uint8),
    )
    return Thesaurus(store.compile_pairs(names, table))


def test_originals_come_likeliest_first() -> None:
    found = thesaurus(PAIRS).candidates("bosom")
    assert found is not None
    assert found.forms == ["breast", "chest"]
    assert found.weights.dtype == np.float32
    assert found.weights == pytest.approx([1.0, -2.0], abs=store.STEP)
    assert found.sources.tolist() == [Source.MOBY, Source.MOBY]


def test_what_is_unknown_is_none() -> None:
    some = thesaurus(PAIRS)
    assert some.candidates("breast") is None
    assert some.candidates("zebra") is None
    assert some.weight("bosom", "zebra") is None
    assert some.weight("put", "breast") is None


def test_the_other_spelling_is_looked_up_too() -> None:
    found = thesaurus(PAIRS).candidates("color")
    assert found is not None
    assert found.forms == ["paint"]


def test_written_and_read_again(tmp_path: Path) -> None:
    some = thesaurus(PAIRS)
    store.write(some.compiled, tmp_path / "once", {})
    store.write(some.compiled, tmp_path / "twice", {})
    again = Thesaurus.load(tmp_path / "once")
    assert len(again) == len(PAIRS)
    assert again.weight("put in", "install") == some.weight("put in", "install")
    for file in (tmp_path / "once").iterdir():
        assert file.read_bytes() == (tmp_path / "twice" / file.name).read_bytes()


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Thesaurus.load(tmp_path)


words = st.from_regex(r"[a-z]{1,3}( [a-z]{1,3})?", fullmatch=True)
weights = st.floats(store.LOWEST, store.HIGHEST)


@settings(deadline=None)
@given(st.dictionaries(st.tuples(words, words), weights, min_size=1, max_size=20))
def test_every_pair_is_there_with_its_weight(given: dict[tuple[str, str], float]) -> None:
    some = thesaurus([(*pair, weight) for pair, weight in given.items()])
    for (spun, original), weight in given.items():
        assert some.weight(spun, original) == pytest.approx(weight, abs=store.STEP)


@given(st.lists(st.floats(-50, 50), min_size=1))
def test_weights_survive_storage_within_half_a_step(odds: list[float]) -> None:
    stored = store.log_odds(store.quantise(np.array(odds)))
    clipped = np.clip(odds, store.LOWEST, store.HIGHEST)
    assert stored == pytest.approx(clipped, abs=store.STEP / 2 + 1e-5)


@pytest.mark.parametrize(
    ("spun", "original"),
    [
        ("bosom", "breast"),
        ("pronounced", "said"),
        ("surgeries", "operations"),
        ("surgery", "operation"),
        ("therapy", "treatment"),
        ("boffins", "scientists"),
        ("installed", "set up"),
        ("put in", "installed"),
        ("setting up", "installing"),
        ("out of", "from"),
        ("hottest", "most popular"),
        ("accessibility", "access"),
        ("throughout", "during"),
        ("counterfeit", "artificial"),
        ("utilized", "used"),
        ("individuals", "people"),
        ("a", "the"),
    ],
)
def test_packaged_thesaurus_knows_what_spinners_write(spun: str, original: str) -> None:
    packaged = Thesaurus.load()
    found = packaged.candidates(spun)
    assert found is not None
    assert original in found.forms


def test_packaged_thesaurus_swaps_no_spellings() -> None:
    packaged = Thesaurus.load()
    assert packaged.weight("organise", "organize") is None
    assert packaged.weight("color", "colour") is None


def test_labels_name_every_bit() -> None:
    assert (Source.WORDNET_SYNONYM | Source.MOBY).label == "WordNet synonym, Moby Thesaurus"
    assert all(source.label for source in Source)
