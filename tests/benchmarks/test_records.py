"""What was found is read again as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measures import Found
from benchmarks.records import Record, Store
from benchmarks.restoration import Patch


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\u2029"])
def test_a_run_goes_on_whatever_line_ends_the_texts_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    monkeypatch.chdir(tmp_path)
    wording = Patch(3, 4, mark, " ")
    found = Found(3, 4, "invisible", 0.9, True, 0.9, (wording,))
    record = Record("one", "news", "paper", 2, f"The{mark}end.", found={"lm": (found,)})
    Store("clean", "lm", "abc").add(record)
    assert Store("clean", "lm", "abc").records == {"one": record}


def test_half_a_line_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store("clean", "lm", "abc")
    store.add(Record("one", "news", "paper", 2))
    with store.path.open("a", encoding="utf-8") as file:
        file.write('{"key":"two","gro')
    again = Store("clean", "lm", "abc")
    assert list(again.records) == ["one"]
    again.add(Record("two", "news", "paper", 3))
    assert list(Store("clean", "lm", "abc").records) == ["one", "two"]
