"""What passes the gate, and at what price: candidates looked at twice, and originals among them.

    python -m benchmarks.gate EVIDENCE

EVIDENCE is the folder ``work`` that ``despin train --real`` leaves. The gate that ships has learnt
from these documents: the table compares widths, and says little of text it has not seen. Of the
unswapped slots evidence keeps some, with a weight for all; each stands here as often as it weighs.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import report
from benchmarks.folds import as_they_are, real_rows
from despin.score.columns import PROBED
from despin.score.judge import Judge, Verdicts, softmax_by_slot
from despin.score.loading import CALIBRATOR
from despin.score.masked_scorer import WIDTH
from despin.score.second_look import Gate
from despin.training.calibrate import AS_WRITTEN, Data
from despin.training.evidence_file import read
from despin.training.examples import take

CAREFUL = WIDTH.hold
"""As it was behind the language model too, and still is before masked ones."""
WIDTHS: Mapping[str, Gate] = {
    "despin's": Gate(),
    "without `beside`": replace(Gate(), beside=0.0),
    "with a careful share": replace(Gate(), hold=CAREFUL),
    "the narrow one before": Gate(0.007, 0.0, 0.4, 8, CAREFUL),
}
GROUPS: Mapping[str, float] = {
    "clean": 0.0,
    "to 4 %": 0.04,
    "to 10 %": 0.1,
    "to 20 %": 0.2,
    "more": 1.0,
}
"""Kinds of documents by the largest share of swapped slots in them."""

REAL = "really spun"

IntArray = NDArray[np.int32]


@dataclass(frozen=True)
class Judged:
    """A document as the gate's judge sees it, with n slots and m candidates.

    Attributes:
        verdicts: what the judge says.
        slot: int32[m], ascending.
        first: int[n], a slot's first candidate.
        label: int32[n], which of the slot's candidates stood there, or why none.
    """

    verdicts: Verdicts
    slot: IntArray
    first: NDArray[np.int_]
    label: IntArray

    @property
    def group(self) -> str:
        """One of `GROUPS`."""
        share = float((self.label != AS_WRITTEN).mean())
        return next(name for name, most in GROUPS.items() if share <= most)


def judged(judge: Judge, data: Data) -> Iterator[Judged]:
    """The documents of some evidence."""
    for number in np.unique(data.document):
        own = np.flatnonzero(data.document == number)
        one = take(data, np.repeat(own, data.weight[own].round().astype(int)))
        scores = judge.scores(one.evidence.astype(np.float32))
        verdicts = softmax_by_slot(*scores, one.slot_of, len(one.label))
        yield Judged(verdicts, one.slot_of, one.first[:-1], one.label)


def passed(gate: Gate, document: Judged, trained: float) -> NDArray[np.float64]:
    """Slots, candidates that pass, swapped slots, those that pass, known originals, those too."""
    chosen = gate.chosen(document.verdicts, document.slot, trained)
    went = np.bincount(document.slot[chosen], minlength=len(document.label)) > 0
    swapped, known = document.label != AS_WRITTEN, np.flatnonzero(document.label >= 0)
    kept = chosen[document.first[known] + document.label[known]]
    sums = (len(went), chosen.sum(), swapped.sum(), (went & swapped).sum(), len(known), kept.sum())
    return np.array(sums, np.float64)


def main() -> None:
    """Count, and put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("evidence", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--files", type=int, default=60, help="of ten simulated documents each")
    given = parser.parse_args()
    judge = Judge.load(CALIBRATOR, PROBED.gate, PROBED.left)
    sums: dict[tuple[str, str], NDArray[np.float64]] = defaultdict(lambda: np.zeros(6))
    simulated = sorted((given.evidence / "both").glob("*.npz"))[: given.files]
    real = sorted((given.evidence / "real").glob("*.npz"))[: len(real_rows(given.eval))]
    for path in (*simulated, *real):
        if path in simulated:
            data, _ = read([path], "left", lacking=0.0)
        else:
            data = as_they_are([path], "left")
        for document in judged(judge, data):
            group = document.group if path in simulated else REAL
            for name, gate in WIDTHS.items():
                sums[name, group] += passed(gate, document, judge.prior)
    rows = []
    for name, group in product(WIDTHS, (*GROUPS, REAL)):
        slots, candidates, *rest = sums[name, group]
        shares = ("" if not of else f"{some / of:.2f}" for of, some in (rest[:2], rest[2:]))
        rows.append([name, group, f"{slots:,.0f}", f"{candidates / slots:.2f}", *shares])
    head = [
        "gate",
        "swapped",
        "slots",
        "candidates a slot",
        "swapped that pass",
        "originals that pass",
    ]
    body = "\n".join([report.circumstances(), report.table(head, rows)])
    print(body)
    report.put("gate", "What passes the gate", body)


if __name__ == "__main__":
    main()
