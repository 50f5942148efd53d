"""Collecting labelled evidence: documents are spun, scored, and what is true is noted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.lexicon.rows import LexiconRow
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.engine import Engine
from despin.score.form_facts import FormPieces
from despin.score.judge import Judge
from despin.score.language_model import Evidence, Judges, LanguageModelScorer, Readers
from despin.score.second_look import Gate
from despin.training.evaluation import EvaluationText
from despin.training.evidence_file import Batch, write
from despin.training.excerpts import Excerpt, clean_texts, texts
from despin.training.files import Files
from despin.training.lightened import lightened
from despin.training.partings import cut
from despin.training.plausibility import TwoSidedPlausibility, form_frequency
from despin.training.simulate import (
    UNCLEAR,
    Example,
    ModelPlausibility,
    both_examples,
    left_examples,
    spun_places,
    truth,
)
from despin.training.spinner import Spinner, Spun
from despin.training.style import drawn

FILE = 10
"""Documents whose evidence goes into one file."""
WRITTEN_SHARE = 0.2
"""Share of the slots that are as written which the gate learns from."""


@dataclass(frozen=True)
class Plan:
    """What to collect.

    Attributes:
        corpus: the corpus's folder.
        documents: how many documents.
        seed: decides which, and how they are spun.
        gate: how wide the gate stands; ``share`` 0 collects evidence of the one pass only.
        evaluation: text that must not be trained on.
        rows: a user's lexicon rows, joined to the thesaurus.
        real: texts that were really spun.
        clean: how many more documents to leave as they are, of all genres in equal parts.
    """

    corpus: Path
    documents: int
    seed: int
    gate: Gate = field(default_factory=lambda: Gate(least=0.0025, share=0.65))
    evaluation: EvaluationText | None = None
    rows: tuple[LexiconRow, ...] = ()
    real: tuple[Spun, ...] = ()
    clean: int = 0


@dataclass
class Count:
    """Tells how many things are done, and at the end of how many where there were fewer.

    Attributes:
        wanted: how many there should be.
        report: told how many are done, and of how many.
        done: how many are.
    """

    wanted: int
    report: Callable[[int, int], None]
    done: int = 0

    def add(self, done: int) -> None:
        """So many are done by now."""
        self.done = done
        self.report(done, self.wanted)

    def end(self) -> None:
        """There are no more."""
        if self.done < self.wanted:
            self.report(self.done, self.done)


class Collector:
    """Spins and scores documents with one model and one lexicon."""

    def __init__(self, readers: Readers, table: Substitutions, gate: Judge) -> None:
        self._readers, self._table, self._gate = readers, table, gate
        self._spinner = model_spinner(readers.engine, table, readers.near.collocations)

    def collect(
        self, plan: Plan, out: Path, report: Callable[[int, int], None] = lambda *_: None
    ) -> list[Path]:
        """Write evidence files into ``out``; those that are there already are kept.

        ``report`` is told how many documents are done, and of how many.

        Raises:
            CorpusError: the corpus holds nothing to learn from, or cannot be read.
        """
        return self._collect(plan, texts(plan), None, out, Count(plan.documents, report))

    def collect_clean(
        self, plan: Plan, out: Path, report: Callable[[int, int], None] = lambda *_: None
    ) -> list[Path]:
        """The same of the documents that stay as they are."""
        return self._collect(plan, clean_texts(plan), 0.0, out, Count(plan.clean, report))

    def _collect(
        self,
        plan: Plan,
        given: Iterable[Excerpt],
        rate: float | None,
        out: Path,
        count: Count,
    ) -> list[Path]:
        """Spin texts, at a rate of their own where none is given, and write evidence files."""
        scored = self._scored(plan)

        def make(one: Excerpt) -> tuple[int, Examples]:
            document = Document("simulated", one.text)
            spun = self._spinner.spin(document, drawn(one.rng, rate), one.rng)
            return one.number, scored(spun, one.rng, WRITTEN_SHARE)

        def save(made: list[tuple[int, Examples]], path: Path) -> None:
            texts, examples = zip(*made, strict=True)
            write(_united(examples, texts), path)

        files = Files(out, plan.seed, ".npz", FILE)
        paths = files.fill(given, make, save, count.add)
        count.end()
        return paths

    def collect_real(
        self, plan: Plan, out: Path, report: Callable[[int, int], None] = lambda *_: None
    ) -> list[Path]:
        """The same of ``plan.real``: a file for each, in their order, with all slots as written.

        Each is there as it is, and `lightened`.
        """
        scored = self._scored(plan)

        def make(spun: Spun) -> list[Examples]:
            rng, whole = random.Random(f"{plan.seed} {spun.text}"), cut(self._table, spun)
            return [scored(one, rng, 1.0) for one in (whole, *lightened(whole, rng))]

        return Files(out, plan.seed, ".npz", 1).fill(
            plan.real,
            make,
            lambda made, path: write(_united(made[0]), path),
            lambda done: report(done, len(plan.real)),
        )

    def _scored(self, plan: Plan) -> Callable[[Spun, random.Random, float], Examples]:
        """What turns a spun text into examples; the last argument is `left_examples`' share."""
        judges = Judges(self._gate, nothing(self._readers.columns.both), plan.gate)
        scorer = LanguageModelScorer(self._readers, judges, model="")

        def scored(spun: Spun, rng: random.Random, share: float) -> Examples:
            document, places = spun_places(self._table, spun)
            if not len(places):
                return Examples()
            labels = truth(self._table, places, spun)
            return _examples(places, scorer.look(document, places), labels, rng, share)

        return scored


@dataclass(frozen=True)
class Examples:
    """Of one document.

    Attributes:
        left: `left_examples`.
        both: `both_examples`.
        clear: slots whose truth is clear.
        swapped: how many of them were swapped.
    """

    left: Sequence[Example] = ()
    both: Sequence[Example] = ()
    clear: int = 0
    swapped: int = 0


def _examples(
    places: Slots,
    evidence: Evidence,
    labels: NDArray[np.int32],
    rng: random.Random,
    share: float,
) -> Examples:
    clear = labels != UNCLEAR
    return Examples(
        tuple(left_examples(places, evidence, labels, rng, share)),
        tuple(both_examples(evidence, labels)),
        int(clear.sum()),
        int((clear & (labels != -1)).sum()),
    )


def model_spinner(engine: Engine, table: Substitutions, collocations: Collocations) -> Spinner:
    """A spinner that swaps what the model finds plausible in its place."""
    forward = table.transposed()
    left = ModelPlausibility(engine, FormPieces(forward.forms, engine.pieces))
    plausible = TwoSidedPlausibility(left, forward, collocations)
    return Spinner(forward, form_frequency(forward, collocations), plausible)


def nothing(columns: tuple[str, ...]) -> Judge:
    """A judge that knows nothing: for the first collection, and where none is asked."""
    size = len(columns)
    return Judge(
        columns,
        np.zeros(size, np.float32),
        np.ones(size, np.float32),
        np.zeros((1, size + 1, 1), np.float32),
        np.zeros((1, 2), np.float32),
        np.zeros(size + 1, np.float32),
        0.05,
    )


def _united(documents: Sequence[Examples], texts: Sequence[int] = ()) -> Batch:
    return Batch(
        [document.left for document in documents],
        [document.both for document in documents],
        sum(document.clear for document in documents),
        sum(document.swapped for document in documents),
        texts,
    )
