"""What each kind of evidence is worth: judges fitted without it, on documents held out.

    python -m benchmarks.ablation EVIDENCE

EVIDENCE is the folder ``work/both`` that ``despin train`` leaves: simulated documents with all
evidence of the places that passed the gate. One document in five is held out. All judges see the
same places, chosen by the full gate, under one prior; its own score is left out wherever a kind of
evidence is.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import report
from despin.score.encoder import ENCODER_COLUMNS
from despin.score.evidence import CONTEXT_COLUMNS
from despin.score.language_model import BOTH_COLUMNS, LEFT_COLUMNS
from despin.training.build import CALIBRATOR, HeldOut, measured, pick
from despin.training.calibrate import Data, fit
from despin.training.evidence_file import read

HELD_OUT = 5
GATE_SCORE = "gate_score"
ONE_PASS = tuple(c for c in LEFT_COLUMNS if c not in {*CONTEXT_COLUMNS, *ENCODER_COLUMNS})
BOTH_SIDES = ("behind_best", *(c for c in BOTH_COLUMNS if c.startswith("both_")))
COUNTS = tuple(c for c in CONTEXT_COLUMNS if "pair" in c or "triple" in c or "frequency" in c)
LEXICON = tuple(c for c in CONTEXT_COLUMNS if c.startswith("source") or c in {"weight", "user"})
LEFT_OUT: dict[str, Collection[str]] = {
    "nothing": (),
    "the gate's score": (GATE_SCORE,),
    "the encoder": ENCODER_COLUMNS,
    "the language model, both sides": BOTH_SIDES,
    "the language model altogether": (*ONE_PASS, *BOTH_SIDES),
    "counts of pairs and triples": COUNTS,
    "the lexicon's weights and sources": LEXICON,
    "the rest of the article": ("candidate_in_document", "written_in_document"),
    "all but the encoder": [c for c in BOTH_COLUMNS if c not in ENCODER_COLUMNS],
    "all but the language model": [c for c in BOTH_COLUMNS if c not in {*ONE_PASS, *BOTH_SIDES}],
}
"""What is left out, by name."""


def fitted(data: Data, prior: float, columns: Sequence[str]) -> HeldOut:
    """A judge of these columns, and how it does on what was held out."""
    indices = [BOTH_COLUMNS.index(column) for column in columns]
    narrow = replace(data, evidence=data.evidence[:, indices])
    held_out = data.document % HELD_OUT == 0
    judge = fit(pick(narrow, ~held_out), tuple(columns), prior, replace(CALIBRATOR, members=1))
    return measured(judge, pick(narrow, held_out))


def row(name: str, found: HeldOut) -> list[str]:
    """One line of the table."""
    p, r = found.precision, found.recall
    f_half = 1.25 * p * r / max(1e-9, 0.25 * p + r)
    return [name, *(f"{value:.3f}" for value in (p, r, f_half, found.first))]


def main() -> None:
    """Fit all, and put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("evidence", type=Path)
    parser.add_argument("--trial", action="store_true", help="leave RESULTS.md alone")
    given = parser.parse_args()
    paths = sorted(given.evidence.glob("*.npz"))
    data, prior = read(paths, "both")
    rows = []
    for name, left_out in LEFT_OUT.items():
        gone = {*left_out, GATE_SCORE} if left_out else set()
        found = fitted(data, prior, [c for c in BOTH_COLUMNS if c not in gone])
        rows.append(row(name, found))
        print(" | ".join(rows[-1]), flush=True)
    documents = len(np.unique(data.document))
    told = f"{documents} simulated documents, {len(data.label):,} places that passed the gate.\n"
    head = ["left out", "precision", "recall", "F0.5", "first, of known originals"]
    body = "\n".join([report.circumstances(), told, report.table(head, rows)])
    if not given.trial:
        report.put("ablation", "What each kind of evidence is worth", body)


if __name__ == "__main__":
    main()
