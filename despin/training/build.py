"""Everything `despin train` does: collect, fit the gate, collect behind it, fit the calibrator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions
from despin.score.encoder import ENCODER_COLUMNS
from despin.score.evidence import CONTEXT_COLUMNS
from despin.score.judge import EVEN, Judge, softmax_by_slot
from despin.score.language_model import BOTH_COLUMNS, LEFT_COLUMNS, Readers
from despin.score.near import NEAR_COLUMNS
from despin.training.calibrate import AS_WRITTEN, Data, Recipe, fit
from despin.training.collect import Collector, Plan, nothing
from despin.training.evidence_file import joined, read, save

GATE = Recipe(hidden=20, members=2, epochs=6, batch=48)
CALIBRATOR = Recipe(hidden=64, members=4, epochs=10, batch=512, decay=3e-3)
"""Large batches. With batches of 32 a calibrator of 64 units, fitted on half as many documents, did
better on simulated ones left out (average precision .720, not .695), and worse where it had never
seen the spinner: .787, not .823, on really spun sources left out."""

DOUBT = 1.0
"""Nats of noise on what the encoder says while judges are fitted. It has learnt from the simulator,
as they do, and is surer of simulated swaps than of a real spinner's; without the noise they would
follow it blindly."""

REAL = 9.0
"""Of so many simulated documents one for each text that was really spun: a slot of these counts for
as many simulated ones. They are few, and worth more. Halving the number is a trade: average
precision on really spun sources left out .798 to .808, on simulated documents .661 to .647."""

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


@dataclass(frozen=True)
class HeldOut:
    """How a judge does on documents it did not learn from.

    Attributes:
        precision: of slots it holds for swapped (probability of at least a half).
        recall: of swapped slots, among those it was shown.
        first: share of known originals that it ranks first.
        slots: how many slots were looked at.
    """

    precision: float
    recall: float
    first: float
    slots: int


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
    """
    table = Substitutions.of(Thesaurus.load(), plan.rows)
    first = replace(
        plan,
        documents=min(plan.documents, FIRST),
        seed=plan.seed + 1,
        gate=replace(plan.gate, share=0.0),
    )
    opening = Collector(readers, table, nothing(LEFT_COLUMNS))
    early = opening.collect(first, work / "left", progress(say, "one pass"))
    data, prior = read(early, "left")
    gate = fit(data, LEFT_COLUMNS, prior, GATE)
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
        even: share of a document's slots at which it is to be taken at its word. The fast judge
            is the most modest of them.
    """

    stage: str
    columns: tuple[str, ...]
    recipe: Recipe
    even: float = EVEN


JUDGES = {
    "gate": Wanted("left", LEFT_COLUMNS, GATE),
    "counts": Wanted("left", CONTEXT_COLUMNS, GATE),
    "fast": Wanted("left", NEAR_COLUMNS, GATE, even=0.09),
    "lm": Wanted("both", BOTH_COLUMNS, CALIBRATOR, even=0.11),
}


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
        judges: which of `JUDGES`.
        trial: fit each once before, without a tenth of the documents, and look at it there.

    Returns:
        For each judge that was tried, what the documents left out say.
    """
    arrays: dict[str, NDArray[np.generic]] = {}
    found: dict[str, HeldOut] = {}
    one_pass, prior = read([*evidence.left, *evidence.both], "left")
    simulated = {"left": one_pass, "both": read(evidence.both, "both")[0]}
    real = {name: real_examples(evidence.real, prior, name) for name in simulated}

    for name in judges:
        wanted = JUDGES[name]
        data, others = simulated[wanted.stage], real[wanted.stage]
        narrow = [_narrow(some, wanted.columns) for some in (data, others) if some is not None]
        if trial:
            found[name] = _tried(wanted, narrow[0], narrow[1:], prior)
            say(f"{name}: {found[name]}")
        noisy = doubted(narrow[0], wanted.columns, wanted.recipe.seed)
        judge = fit(with_real(noisy, narrow[1:]), wanted.columns, prior, wanted.recipe)
        arrays.update(replace(judge, even=wanted.even).arrays(name))
        say(f"{name} is fitted")
    out.mkdir(parents=True, exist_ok=True)
    save(arrays, out / "calibrator.npz")
    return found


def _tried(wanted: Wanted, data: Data, others: Sequence[Data], prior: float) -> HeldOut:
    """What one network, fitted without a tenth of the documents, makes of these."""
    noisy = doubted(part(data, held_out=False), wanted.columns, wanted.recipe.seed)
    recipe = replace(wanted.recipe, members=1)
    judge = fit(with_real(noisy, others), wanted.columns, prior, recipe)
    return measured(judge, part(data, held_out=True))


def real_examples(paths: Sequence[Path], prior: float, name: str = "both") -> Data | None:
    """What was really spun, weighed as if a share ``prior`` of its slots were swapped.

    So the judges learn how swaps look, and not that documents are as heavily spun as those few.
    """
    if not paths:
        return None
    data, share = read(paths, name, lacking=0.0)
    written = data.label == AS_WRITTEN
    odds = np.where(written, (1 - prior) / (1 - share), prior / share)
    return replace(data, weight=(data.weight * odds).astype(np.float32))


def with_real(data: Data, real: Sequence[Data]) -> Data:
    """All together, their documents told apart; the real ones count for `REAL`."""
    parts, documents = [data], int(data.document.max()) + 1
    worth = np.float32(max(1.0, documents / REAL))
    for some in real:
        parts.append(replace(some, document=some.document + documents, weight=some.weight * worth))
        documents += int(some.document.max()) + 1
    return joined(parts)


def doubted(data: Data, columns: tuple[str, ...], seed: int) -> Data:
    """Evidence with `DOUBT` about the encoder: of each candidate, and of each slot as a whole."""
    if not set(ENCODER_COLUMNS) <= set(columns):
        return data
    rng = np.random.default_rng(seed)
    gain, spun, best, behind = (columns.index(name) for name in ENCODER_COLUMNS)
    sizes = np.diff(data.first)
    own = rng.normal(0.0, DOUBT, len(data.evidence))
    of_spun, of_best = (np.repeat(rng.normal(0.0, DOUBT, len(sizes)), sizes) for _ in range(2))
    evidence = data.evidence.astype(np.float32)
    evidence[:, gain] += own
    evidence[:, spun] += of_spun
    evidence[:, best] += of_best
    evidence[:, behind] = np.maximum(evidence[:, behind] + of_best - own, 0.0)
    return replace(data, evidence=evidence.astype(np.float16))


def measured(judge: Judge, data: Data) -> HeldOut:
    """What the judge makes of slots whose truth is known, under the prior it was trained at."""
    slot = data.slot_of
    scores = judge.scores(data.evidence.astype(np.float32))
    judged = softmax_by_slot(*scores, slot, len(data.label))
    swapped, called = data.label != -1, judged.spun >= 0.5
    known = np.flatnonzero(data.label >= 0)
    true = judged.candidate[data.first[known] + data.label[known]]
    best = np.maximum.reduceat(judged.candidate, data.first[:-1])[known]
    weight = data.weight
    return HeldOut(
        precision=_share((weight * (swapped & called)).sum(), (weight * called).sum()),
        recall=_share((swapped & called).sum(), swapped.sum()),
        first=_share((true >= best).sum(), len(known)),
        slots=len(data.label),
    )


def part(data: Data, *, held_out: bool) -> Data:
    """Every tenth document, or all the others."""
    return pick(data, (data.document % 10 == 0) == held_out)


def pick(data: Data, slots: NDArray[np.bool_]) -> Data:
    """Some of the slots, with their rows."""
    return take(data, np.flatnonzero(slots))


def take(data: Data, chosen: NDArray[np.int_]) -> Data:
    """Slots by their numbers, with their rows; one may be taken more than once."""
    sizes = np.diff(data.first)[chosen]
    begins = np.cumsum(sizes) - sizes
    rows = np.repeat(data.first[chosen] - begins, sizes) + np.arange(int(sizes.sum()))
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Data(
        data.evidence[rows],
        first,
        data.label[chosen],
        data.weight[chosen],
        data.document[chosen],
    )


def _narrow(data: Data, columns: Sequence[str]) -> Data:
    """The first columns of evidence only."""
    return replace(data, evidence=data.evidence[:, : len(columns)])


def _share(some: float, of: float) -> float:
    return float(some) / float(of) if of else 0.0


def progress(say: Say, what: str, step: int = 10) -> Callable[[int, int], None]:
    """Says every document whose number ``step`` divides, and the last."""

    def report(done: int, of: int) -> None:
        if done == of or done % step == 0:
            say(f"{what}: {done} of {of} documents")

    return report
