"""Labels for really spun texts: places and originals, joined to texts that lie elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.labelled import LABELS, LabelsError, fingerprint, labelled
from despin.training.real import of_gold

TEXT = "The decide mentioned the invoice."
SPANS = [[4, 10, "judge"], [11, 20, "said"], [25, 32, "bill"]]


@pytest.fixture
def evaluation(tmp_path: Path) -> Path:
    rows = [
        {"id": "a", "source": "one", "spun": TEXT},
        {"id": "b", "source": "two", "spun": "x", "gold": [[0, 1, "x", "y"]]},
        {"id": "c", "source": "two", "spun": TEXT},
    ]
    (tmp_path / "dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path


def labels(folder: Path, key: str, text: str = TEXT) -> Path:
    path = folder / "labels.jsonl"
    row = {"id": key, "text": fingerprint(text), "spans": SPANS}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path


def test_labels_give_the_words_that_stand_there_their_originals(evaluation: Path) -> None:
    (row,) = labelled(evaluation, labels(evaluation, "a"))
    assert of_gold(row["spun"], row["gold"], "").original == "The judge said the bill."


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("a", "another", "holds no such text"),
        ("z", TEXT, "holds no such text"),
        ("c", TEXT, "measures its source"),
    ],
)
def test_labels_of_another_text_or_of_a_measured_source_are_refused(
    evaluation: Path, key: str, text: str, told: str
) -> None:
    with pytest.raises(LabelsError, match=told):
        list(labelled(evaluation, labels(evaluation, key, text)))


def test_the_labels_that_ship_lie_in_order_and_change_something() -> None:
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        ends = [0, *(end for _, end, _ in row["spans"])]
        starts = [start for start, _, _ in row["spans"]]
        assert row["spans"], row["id"]
        assert all(end <= start for end, start in zip(ends, starts, strict=False)), row["id"]
