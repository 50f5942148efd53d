"""Everything `despin train` does: collect, fit the gate, collect behind it, fit the calibrator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions
from despin.score.calibrator import Calibrator
from despin.score.columns import ANY_MODEL, PROBED, Columns
from despin.score.evidence import CONTEXT_COLUMNS
from despin.score.judge import EVEN, Judge
from despin.score.language_model import Readers
from despin.score.near import NEAR_COLUMNS
from despin.training.calibrate import Data, fit
from despin.training.collect import Collector, Plan, nothing
from despin.training.descent import Recipe
from despin.training.evidence_file import read, save
from despin.training.examples import Examples, judge_of, pick, real_examples
from despin.training.held_out import HeldOut, held_out, measured
from despin.training.manners import calibrator_of

GATE = Recipe(hidden=20, members=2, epochs=6, batch=48)
CALIBRATOR = Recipe(hidden=64, members=4, epochs=10, batch=512, decay=3e-3)
"""Large batches. With batches of 32 a calibrator of 64 units, fitted on half as many documents, did
better on simulated ones left out (average precision .720, not .695), and worse where it had never
seen the spinner: .787, not .823, on really spun sources left out."""

FIRST = 210
"""Documents that the gate of the second collection learns from, at most."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Collected:
    """Evidence files.

    Attributes:
        left: of the one pass alone.
        both: of the one pass and of both sides.
        real: the same of texts that were really spun, one a file.
    """

    left: Sequence[Path]
    both: Sequence[Path]
    real: Sequence[Path] = ()


def build(
    plan: Plan,
    readers: Readers,
    out: Path,
    work: Path,
    say: Say = lambda _: None,
) -> dict[str, HeldOut]:
    """Write ``calibrator.npz`` into ``out``; evidence files stay in ``work``, and serve again.

    Args:
        plan: documents and seed of the second collection.
        readers: the language model, in the precision that will judge, counts and encoder.
        out: folder for the result.
        work: folder for evidence; a run that was stopped goes on from what is there.
        say: told what happens, one line each.

    Raises:
        CorpusError: the corpus holds nothing, or too little, to learn from.
        WriteError: a folder cannot be written.
    """
    table = Substitutions.of(Thesaurus.load(), plan.rows)
    first = replace(
        plan,
        documents=min(plan.documents, FIRST),
        seed=plan.seed + 1,
        gate=replace(plan.gate, share=0.0),
    )
    columns = readers.columns.left
    opening = Collector(readers, table, nothing(columns))
    early = opening.collect(first, work / "left", progress(say, "one pass"))
    data, prior = read(early, "left", layouts=(columns,))
    held_out(data)  # before the longer collection: there may be too little of it
    gate = fit(data, columns, prior, GATE)
    say("the first gate is fitted")
    collector = Collector(readers, table, gate)
    late = collector.collect(plan, work / "both", progress(say, "both sides"))
    others = replace(plan, seed=plan.seed + 2)
    late += collector.collect_clean(others, work / "clean", progress(say, "clean text"))
    real = collector.collect_real(plan, work / "real", progress(say, "really spun"))
    return fitted(Collected(early, late, real), out, say)


@dataclass(frozen=True)
class Wanted:
    """One of the judges: what it is fitted on.

    Attributes:
        stage: the examples it learns from, ``left`` or ``both``.
        columns: the evidence it sees.
        recipe: how it is fitted.
        even: share of a document's slots at which it is to be taken at its word.
        manner: it is a `Calibrator`, which knows a document's manner.
    """

    stage: str
    columns: tuple[str, ...]
    recipe: Recipe
    even: float = EVEN
    manner: bool = False

    def judge(self, examples: Examples, *, members: int | None = None) -> Judge | Calibrator:
        """What learns from them; of as many networks as the recipe says unless given."""
        recipe = replace(self.recipe, members=members or self.recipe.members)
        if not self.manner:
            return replace(judge_of(examples, recipe), even=self.even)
        both = calibrator_of(examples, recipe)
        return replace(both, second=replace(both.second, even=self.even))


JUDGES = {
    "counts": Wanted("left", CONTEXT_COLUMNS, GATE),
    "fast": Wanted("left", NEAR_COLUMNS, GATE, even=0.07),
    ANY_MODEL.gate: Wanted("left", ANY_MODEL.left, GATE),
    ANY_MODEL.calibrator: Wanted("both", ANY_MODEL.both, CALIBRATOR, even=0.05, manner=True),
    PROBED.gate: Wanted("left", PROBED.left, GATE),
    PROBED.calibrator: Wanted("both", PROBED.both, CALIBRATOR, even=0.05, manner=True),
}
"""The last two are for a model whose states a probe reads, those before them for any other."""


def fitted(
    evidence: Collected,
    out: Path,
    say: Say = lambda _: None,
    *,
    judges: Iterable[str] = tuple(JUDGES),
    trial: bool = True,
) -> dict[str, HeldOut]:
    """Fit judges on evidence files and write them.

    Args:
        evidence: the files.
        out: folder for ``calibrator.npz``.
        say: told what happens, one line each.
        judges: which of `JUDGES`; those that ask for more than the evidence has are left out.
        trial: fit each once before, without a tenth of the documents, and look at it there.

    Returns:
        For each judge that was tried, what the documents left out say.
    """
    arrays: dict[str, NDArray[np.generic]] = {}
    found: dict[str, HeldOut] = {}
    layouts = {"left": (PROBED.left, ANY_MODEL.left), "both": (PROBED.both, ANY_MODEL.both)}
    one_pass, prior = read([*evidence.left, *evidence.both], "left", layouts=layouts["left"])
    both, _ = read(evidence.both, "both", layouts=layouts["both"])
    simulated = {"left": one_pass, "both": both}
    given = _columns_of(one_pass)
    seen = {"left": given.left, "both": given.both}
    real = {name: real_examples(evidence.real, prior, name) for name in simulated}

    for name in judges:
        wanted = JUDGES[name]
        data, others = simulated[wanted.stage], real[wanted.stage]
        known = seen[wanted.stage]
        if not set(wanted.columns) <= set(known):
            continue
        examples = Examples(
            wanted.columns,
            narrowed(data, known, wanted.columns),
            narrowed(others, known, wanted.columns) if others else None,
            prior,
        )
        if trial:
            found[name] = _tried(wanted, examples)
            say(f"{name}: {found[name]}")
        arrays.update(wanted.judge(examples).arrays(name))
        say(f"{name} is fitted")
    save(arrays, out / "calibrator.npz")
    return found


def _tried(wanted: Wanted, examples: Examples) -> HeldOut:
    """What one network, fitted without a tenth of the documents, makes of these."""
    tenth = held_out(examples.simulated)
    real = None if examples.real is None else np.ones(len(examples.real.label), np.bool_)
    judge = wanted.judge(examples.where(~tenth, real), members=1)
    return measured(judge, pick(examples.simulated, tenth))


def _columns_of(one_pass: Data) -> Columns:
    """What was collected; files of evidence do not say."""
    return PROBED if one_pass.evidence.shape[1] == len(PROBED.left) else ANY_MODEL


def narrowed(data: Data, known: Sequence[str], columns: Sequence[str]) -> Data:
    """Some of the ``known`` columns of evidence only."""
    places = [known.index(column) for column in columns]
    if places == list(range(len(places))):
        return replace(data, evidence=data.evidence[:, : len(places)])  # a view
    return replace(data, evidence=data.evidence[:, places])


def progress(say: Say, what: str, step: int = 10) -> Callable[[int, int], None]:
    """Says every document whose number ``step`` divides, and the last."""

    def report(done: int, of: int) -> None:
        if done == of or done % step == 0:
            say(f"{what}: {done} of {of} documents")

    return report
