"""Collecting labelled evidence: documents are spun, scored, and what is true is noted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from despin.document import Document
from despin.lexicon.rows import LexiconRow
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.engine import Engine
from despin.score.form_facts import FormPieces
from despin.score.judge import Judge
from despin.score.language_model import (
    BOTH_COLUMNS,
    Evidence,
    Judges,
    LanguageModelScorer,
    Readers,
)
from despin.score.second_look import Gate
from despin.training.corpus import CorpusDocument, EvaluationText, mixed
from despin.training.evidence_file import Batch, write
from despin.training.files import Files
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
from despin.training.spinner import Spinner
from despin.training.style import drawn

FILE = 10
"""Documents whose evidence goes into one file."""
LENGTHS = (150, 250, 500)
"""Words of a document, drawn: memory of the article needs some length, variety many documents."""
LEAST = 60
LONGEST = 6000
"""Code points."""


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
    """

    corpus: Path
    documents: int
    seed: int
    gate: Gate = field(default_factory=lambda: Gate(least=0.006, share=0.45))
    evaluation: EvaluationText | None = None
    rows: tuple[LexiconRow, ...] = ()


class Collector:
    """Spins and scores documents with one model and one lexicon."""

    def __init__(self, readers: Readers, table: Substitutions, gate: Judge) -> None:
        self._readers, self._table, self._gate = readers, table, gate
        self._spinner = model_spinner(readers.engine, table, readers.collocations)

    def collect(
        self, plan: Plan, out: Path, report: Callable[[int, int], None] = lambda *_: None
    ) -> list[Path]:
        """Write evidence files into ``out``; those that are there already are kept.

        ``report`` is told how many documents are done, and of how many.
        """
        seen: list[Evidence] = []
        judges = Judges(self._gate, nothing(BOTH_COLUMNS), plan.gate)
        scorer = LanguageModelScorer(
            self._readers,
            judges,
            model="",
            observer=lambda _, evidence: seen.append(evidence),
        )
        return Files(out, plan.seed, ".npz", FILE).fill(
            texts(plan),
            lambda given: self._document(*given, scorer, seen),
            lambda made, path: write(_united(made), path),
            lambda done: report(done, plan.documents),
        )

    def _document(
        self,
        text: str,
        rng: random.Random,
        scorer: LanguageModelScorer,
        seen: list[Evidence],
    ) -> tuple[list[Example], list[Example], int, int]:
        """Examples of one document, its clear slots, and those of them that were swapped."""
        spun = self._spinner.spin(Document("simulated", text), drawn(rng), rng)
        document, places = spun_places(self._table, spun)
        labels = truth(self._table, places, spun)
        seen.clear()
        scorer.score(document, places)
        if not seen:
            return [], [], 0, 0
        clear = labels != UNCLEAR
        return (
            list(left_examples(places, seen[0], labels, rng)),
            list(both_examples(seen[0], labels)),
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


def texts(plan: Plan) -> Iterator[tuple[str, random.Random]]:
    """Excerpts of calibrator documents, each with a random state of its own."""
    documents = mixed(
        plan.corpus, "calibrator", words=10**9, seed=plan.seed, evaluation=plan.evaluation
    )
    return islice(prepared(documents, plan.seed), plan.documents)


def prepared(documents: Iterable[CorpusDocument], seed: int) -> Iterator[tuple[str, random.Random]]:
    """Excerpts of the documents that are long enough, each with a random state of its own."""
    for number, document in enumerate(documents):
        if len(document.text.split()) >= LEAST:
            rng = random.Random(f"{seed}/{number}")
            yield _typeset(excerpt(document.text, rng), rng), rng


def excerpt(text: str, rng: random.Random) -> str:
    """Whole paragraphs of about a drawn length, from the beginning or from inside."""
    wanted = rng.choice(LENGTHS)
    paragraphs = text.split("\n")
    lengths = [len(paragraph.split()) for paragraph in paragraphs]
    start = 0
    if sum(lengths) > wanted and rng.random() < 0.5:
        start = rng.randrange(len(paragraphs))
        while start > 0 and sum(lengths[start:]) < wanted:
            start -= 1
    end = start
    while end < len(paragraphs) and sum(lengths[start:end]) < wanted:
        end += 1
    return "\n".join(paragraphs[start:end])[:LONGEST]


def _typeset(text: str, rng: random.Random) -> str:
    """Blank lines and curly apostrophes in some documents, as in real ones."""
    if rng.random() < 0.5:
        text = text.replace("\n", "\n\n")
    return text.replace("'", "’") if rng.random() < 0.3 else text


def _united(batch: list[tuple[list[Example], list[Example], int, int]]) -> Batch:
    return Batch(
        [document[0] for document in batch],
        [document[1] for document in batch],
        sum(document[2] for document in batch),
        sum(document[3] for document in batch),
    )
