"""The scorers side by side, on records made by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from benchmarks import quality, scorers
from benchmarks.judging import DESPIN
from benchmarks.measures import Found
from benchmarks.records import Record
from benchmarks.restoration import Patch

TEXT = "The aged bridge crossed a broad creek."
GOLD = Patch(4, 8, "aged", "old")


def record(key: str, *, seen: bool) -> Record:
    found = (Found(4, 8, "synonym", 0.9, True, 0.9, (GOLD,)),) if seen else ()
    return Record(key, "news", key, 1000, TEXT, (GOLD,), (), {DESPIN: found})


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> None:
    """All have read document a, fast has not read b, and only lm finds anything."""
    keys = {"lm": "ab", "fast": "a", "auto": "ab"}

    def store(_: str, scorer: str) -> SimpleNamespace:
        records = {key: record(key, seen=scorer == "lm") for key in keys[scorer]}
        return SimpleNamespace(records=records)

    monkeypatch.setattr(quality, "store", store)


@pytest.mark.usefixtures("stores")
def test_only_documents_that_all_have_read_are_compared() -> None:
    found = scorers.read("spun")
    assert [len(found[scorer]["news"]) for scorer in scorers.SCORERS] == [1, 1, 1]
    assert [len(each) for each in scorers.read("gold")["lm"].values()] == [1, 1]


@pytest.mark.usefixtures("stores")
def test_each_scorer_has_a_column() -> None:
    ((section, group, lm, fast, auto),) = scorers.detection("spun")
    assert (section, group) == ("spun", "news")
    assert lm == "1.00 / 1.00 / 1.00 / 1.00"
    assert fast == auto
    assert fast.split(" / ")[1] == "0.00"
    ((_, words, *cells),) = scorers.clean()
    assert words == "1,000"
    assert len(cells) == 3
