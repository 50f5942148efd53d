"""Judges that have not learnt from the real texts they are measured on.

    python -m benchmarks.folds EVIDENCE

EVIDENCE is the folder ``work`` that ``despin train --real`` leaves of the texts that
`benchmarks.labelled` writes. The judges that ship learnt from all of them; for the benchmark they
are fitted anew, each time without a fifth of the measured sources, and judge the texts of those
sources alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from despin.score.columns import PROBED
from despin.training.build import Collected, fitted
from despin.training.calibrate import Data
from despin.training.evidence_file import joined, read
from despin.training.examples import pick

FOLDS = 5
FOLDER = Path("work-data/folds")
JUDGES = ("fast", PROBED.gate, PROBED.calibrator)


def all_rows(evaluation: Path) -> list[dict[str, Any]]:
    """The rows of ``dev.jsonl``, in order."""
    lines = (evaluation / "dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def real_rows(evaluation: Path) -> list[dict[str, Any]]:
    """Those that have gold spans."""
    return [row for row in all_rows(evaluation) if row.get("gold")]


def folds(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The fold of each row: sources in the order in which they come, in turn."""
    sources = list(dict.fromkeys(str(row["source"]) for row in rows))
    return [sources.index(str(row["source"])) % FOLDS for row in rows]


class EvidenceError(ValueError):
    """There is evidence of fewer texts than are measured, or of several runs."""


def of_files(files: Sequence[Path], evaluation: Path) -> list[int | None]:
    """The fold of each file of real evidence; ``None`` for texts behind those that are measured.

    Raises:
        EvidenceError: there are fewer files than measured texts, or those of several seeds: the
            measured ones of the second would be taken for texts behind the first's.
    """
    runs = sorted({path.stem.partition("-")[0] for path in files})
    if len(runs) > 1:
        raise EvidenceError(f"real evidence of several runs: {', '.join(runs)}")
    numbers = folds(real_rows(evaluation))
    if len(files) < len(numbers):
        raise EvidenceError(f"{len(files)} files of real evidence for {len(numbers)} rows")
    return [number for number, _ in zip_longest(numbers, files)]


def as_they_are(files: Sequence[Path], name: str) -> Data:
    """Evidence of really spun texts as they are; files hold them with swaps taken back as well."""
    parts = []
    for number, path in enumerate(files):
        data, _ = read([path], name, lacking=0.0)
        whole = pick(data, data.document == 0)
        parts.append(replace(whole, document=whole.document + number))
    return joined(parts)


def calibrators() -> list[Path]:
    """The files of all folds."""
    return [FOLDER / str(fold) / "calibrator.npz" for fold in range(FOLDS)]


def main() -> None:
    """Fit the judges of every fold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("evidence", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--fold", type=int, nargs="+", default=range(FOLDS))
    given = parser.parse_args()
    left, both, clean, real = (
        sorted((given.evidence / name).glob("*.npz")) for name in ("left", "both", "clean", "real")
    )
    try:
        numbers = of_files(real, given.eval)
    except EvidenceError as error:
        parser.error(str(error))
    for fold in given.fold:
        kept = [path for path, own in zip(real, numbers, strict=True) if own != fold]
        evidence = Collected(left, [*both, *clean], kept)
        fitted(evidence, FOLDER / str(fold), print, judges=JUDGES, trial=False)


if __name__ == "__main__":
    main()
