"""What each kind of evidence is worth: judges fitted without it, on documents held out.

    python -m benchmarks.ablation EVIDENCE

EVIDENCE is the folder ``work`` that ``despin train --real`` leaves, told what `benchmarks.labelled`
writes: documents with all evidence of the places that passed the gate. Of the simulated ones one in
five is held out; the real ones are judged by judges that have not seen their source
(`benchmarks.folds`); all judges learn from the spun texts behind these. All see the same places,
chosen by the full gate, under one prior.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import folds, report
from despin.score.beside import LARGE_COLUMNS, LARGE_ELSEWHERE
from despin.score.columns import PROBED
from despin.score.encoder import ENCODER_COLUMNS
from despin.score.evidence import CONTEXT_COLUMNS
from despin.score.judge import Judging, rank_in_slot
from despin.score.memory import MEMORY_COLUMNS
from despin.score.states import STATE_COLUMNS
from despin.training.build import CALIBRATOR, narrowed
from despin.training.calibrate import AS_WRITTEN, Data
from despin.training.evidence_file import joined, read
from despin.training.examples import Examples, judge_of, pick, real_examples
from despin.training.held_out import verdicts
from despin.training.manners import calibrator_of

HELD_OUT = 5
ENCODER = (*ENCODER_COLUMNS, *MEMORY_COLUMNS)
"""What the small encoder says of a place, and of the other places of its words."""
ENCODERS = (*ENCODER, *LARGE_COLUMNS)
ONE_PASS = tuple(c for c in PROBED.left if c not in {*CONTEXT_COLUMNS, *ENCODERS})
ELSEWHERE = (*MEMORY_COLUMNS, *LARGE_ELSEWHERE)
BOTH_SIDES = ("behind_best", *(c for c in PROBED.both if c.startswith("both_")))
COUNTS = tuple(c for c in CONTEXT_COLUMNS if "pair" in c or "triple" in c or "frequency" in c)
LEXICON = tuple(c for c in CONTEXT_COLUMNS if c.startswith("source") or c == "weight")
NOTHING = "nothing"
LEFT_OUT: dict[str, Collection[str]] = {
    NOTHING: (),
    "the document's manner": (),
    "the small encoder": ENCODER,
    "the large encoder": LARGE_COLUMNS,
    "both encoders": ENCODERS,
    "the language model, both sides": BOTH_SIDES,
    "the language model's inner states": STATE_COLUMNS,
    "the language model altogether": (*ONE_PASS, *BOTH_SIDES),
    "counts of pairs and triples": COUNTS,
    "the lexicon's weights and sources": LEXICON,
    "the same words elsewhere in the article": ELSEWHERE,
    "the rest of the article": ("candidate_in_document", "written_in_document", *ELSEWHERE),
    "all but the encoders": [c for c in PROBED.both if c not in ENCODERS],
    "all but the language model": [c for c in PROBED.both if c not in {*ONE_PASS, *BOTH_SIDES}],
}
"""What is left out, by name; the manner, which is made of the others, with each of them."""


Truth = tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]
"""Of each place: it was swapped, it is held for swapped, its original is known and ranked first."""


def judged(judge: Judging, data: Data) -> Truth:
    """What a judge makes of places, beside the truth."""
    found = verdicts(judge, data)
    first = rank_in_slot(found.candidate, data.slot_of) == 0
    best = np.flatnonzero(first) - data.first[:-1]
    return data.label != AS_WRITTEN, found.spun >= 0.5, best == data.label


def figures(parts: Sequence[Truth]) -> list[str]:
    """Precision, recall and F0.5 of all parts together, and the share of originals ranked first."""
    swapped, called, right = (np.concatenate(column) for column in zip(*parts, strict=True))
    both = (swapped & called).sum()
    p, r = both / max(1, called.sum()), both / max(1, swapped.sum())
    first = (right & swapped & called).sum() / max(1, both)
    return [f"{x:.3f}" for x in (p, r, 1.25 * p * r / max(1e-9, 0.25 * p + r), first)]


@dataclass(frozen=True)
class Evidence:
    """Simulated documents, real ones fold by fold, and other spun texts, behind the gate.

    Attributes:
        simulated: documents.
        real: what judges learn from: texts as they are, and with swaps taken back.
        measured: the same texts as they are, which is what is measured.
        others: more to learn from.
        prior: share of swapped slots of the simulated documents.
    """

    simulated: Data
    real: Sequence[Data]
    measured: Sequence[Data]
    others: Data | None
    prior: float

    @staticmethod
    def of(folder: Path, evaluation: Path) -> Evidence:
        """Read what ``despin train`` left.

        Raises:
            EvidenceError: it has seen fewer real texts than are measured, or more than once.
        """
        simulated, prior = read((folder / "both").glob("*.npz"), "both", layouts=(PROBED.both,))
        files = sorted((folder / "real").glob("*.npz"))
        numbers = folds.of_files(files, evaluation)
        *real, others = (
            [file for file, own in zip(files, numbers, strict=True) if own == number]
            for number in (*range(folds.FOLDS), None)
        )
        some = [of_fold for of_fold in real if of_fold]
        learnt = [real_examples(of_fold, prior) for of_fold in some]
        return Evidence(
            simulated,
            [part for part in learnt if part is not None],
            [folds.as_they_are(of_fold, "both") for of_fold in some],
            real_examples(others, prior),
            prior,
        )

    def compared(self, columns: Sequence[str], *, manner: bool) -> list[str]:
        """`figures` on simulated and on real places, for judges of these columns."""
        recipe = replace(CALIBRATOR, members=1)
        learns = calibrator_of if manner else judge_of
        simulated = narrowed(self.simulated, PROBED.both, columns)
        held_out = simulated.document % HELD_OUT == 0
        learnt, told = pick(simulated, ~held_out), pick(simulated, held_out)
        real = [narrowed(part, PROBED.both, columns) for part in self.real]
        always = [narrowed(self.others, PROBED.both, columns)] if self.others is not None else []
        on_simulated, on_real = [], []
        for number in range(len(real)):
            seen = together([*(r for at, r in enumerate(real) if at != number), *always])
            judge = learns(Examples(tuple(columns), learnt, seen, self.prior), recipe)
            measured = narrowed(self.measured[number], PROBED.both, columns)
            on_real.append(judged(judge, measured))
            on_simulated.append(judged(judge, told))
        return [*figures(on_simulated), *figures(on_real)]


def together(parts: Sequence[Data]) -> Data:
    """Several parts as one, their documents told apart."""
    offsets = np.cumsum([0, *(int(part.document.max()) + 1 for part in parts)])
    numbered = zip(parts, offsets.tolist(), strict=False)
    return joined([replace(part, document=part.document + offset) for part, offset in numbered])


def main() -> None:
    """Fit all, and put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("evidence", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--trial", action="store_true", help="leave RESULTS.md alone")
    given = parser.parse_args()
    try:
        evidence = Evidence.of(given.evidence, given.eval)
    except folds.EvidenceError as error:
        parser.error(str(error))
    rows = []
    for name, left_out in LEFT_OUT.items():
        columns = [column for column in PROBED.both if column not in left_out]
        rows.append([name, *evidence.compared(columns, manner=name == NOTHING)])
        print(" | ".join(rows[-1]), flush=True)
    documents = len(np.unique(evidence.simulated.document))
    places = len(evidence.simulated.label), sum(len(part.label) for part in evidence.real)
    told = (
        f"{documents} simulated documents with {places[0]:,} places that passed the gate, 22 real "
        f"ones with {places[1]:,}. Recall is of these places; the document's prior is not used.\n"
    )
    measures = ("precision", "recall", "F0.5", "first, of found")
    head = ["left out", *measures, *(f"real: {measure}" for measure in measures)]
    body = "\n".join([report.circumstances(), told, report.table(head, rows)])
    if not given.trial:
        report.put("ablation", "What each kind of evidence is worth", body)


if __name__ == "__main__":
    main()
