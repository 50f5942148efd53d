"""What each kind of evidence is worth: which texts judges are measured on, and which they learn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ablation import Evidence
from benchmarks.folds import EvidenceError
from despin.training.evidence_file import Batch, write
from despin.training.simulate import AS_WRITTEN, Example

ROWS = [
    {"id": f"row-{source}", "source": source, "spun": "a", "gold": [[0, 1, "a", "b"]]}
    for source in ("one", "other", "one")
]


def evidence(path: Path, texts: int) -> None:
    """One file for each text, of two places, one of them swapped."""
    path.mkdir(parents=True)
    for number in range(texts):
        places = [
            Example(np.full((2, 3), number, np.float16), label, 1.0) for label in (0, AS_WRITTEN)
        ]
        write(Batch([places], [places], slots=2, swapped=1), path / f"text-{number}.npz")


@pytest.mark.parametrize("others", [0, 2])
def test_spun_texts_behind_the_measured_ones_are_learnt_from_alone(
    tmp_path: Path, others: int
) -> None:
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    evidence(tmp_path / "work" / "both", 4)
    evidence(tmp_path / "work" / "real", len(ROWS) + others)
    found = Evidence.of(tmp_path / "work", tmp_path)
    assert [np.unique(part.evidence).tolist() for part in found.real] == [[0, 2], [1]]
    behind = [] if found.others is None else np.unique(found.others.evidence).tolist()
    assert behind == [3, 4][:others]


def test_evidence_of_two_runs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    evidence(tmp_path / "work" / "both", 4)
    evidence(tmp_path / "work" / "real", len(ROWS))
    for path in sorted((tmp_path / "work" / "real").iterdir()):
        other = path.name.replace("text", "other")
        (path.parent / other).write_bytes(path.read_bytes())
    # The measured texts of the second run would stand behind those of the first: learnt from.
    with pytest.raises(EvidenceError, match="of several runs: other, text"):
        Evidence.of(tmp_path / "work", tmp_path)


def test_evidence_of_fewer_texts_than_are_measured_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    evidence(tmp_path / "work" / "both", 4)
    evidence(tmp_path / "work" / "real", len(ROWS) - 1)
    with pytest.raises(EvidenceError, match="2 files of real evidence for 3 rows"):
        Evidence.of(tmp_path / "work", tmp_path)
