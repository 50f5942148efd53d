"""The calibrator of `despin.score.masked_scorer`: spin, ask a model for differences, fit.

What ships learnt from the default language model's differences (`CausalReader`), since it is to
serve any masked model; `despin train --scorer hf:NAME` asks that model instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.lexicon.thesaurus import Thesaurus
from despin.options import HF
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.engine import Engine
from despin.score.form_facts import FormPieces
from despin.score.loading import UnknownScorerError, counts_scorer
from despin.score.masked_lm import folder_of, load
from despin.score.masked_reading import MaskedReader
from despin.score.masked_scorer import MASKED_COLUMNS, MaskedScorer, Reader
from despin.score.places import places
from despin.score.reading import BRANCH_RIGHT, WindowReader, compare, windows
from despin.span import Span
from despin.training.build import Say, progress
from despin.training.calibrate import fit
from despin.training.collect import FILE, Count, Plan, model_spinner, nothing
from despin.training.descent import Recipe
from despin.training.evidence_file import Batch, read, save, write
from despin.training.examples import pick
from despin.training.excerpts import Excerpt, texts
from despin.training.files import Files
from despin.training.held_out import HeldOut, held_out, measured
from despin.training.simulate import UNCLEAR, Example, both_examples, spun_places, truth
from despin.training.spinner import Spun
from despin.training.style import drawn

RECIPE = Recipe(hidden=10, members=4, epochs=30, batch=64, decay=3e-3)


@dataclass(frozen=True)
class CausalReader:
    """A causal language model as a `Reader`: the difference over wording and following pieces."""

    engine: Engine

    def gains(
        self, document: Document, slots: Slots, rows: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        """float32[rows], in nats; 0 where the words do not begin and end with a piece."""
        text, found = document.text, np.zeros(len(rows), np.float32)
        encoded = self.engine.pieces.encode(text)
        where = places(encoded, slots, text)
        forms = FormPieces(slots.forms, self.engine.pieces)
        reader = WindowReader(self.engine, encoded, slots, where, forms, text)
        slot = slots.slot_of[rows]
        for window in windows(self.engine, encoded, where):
            here = np.flatnonzero(np.isin(slot, window.slots))
            if not len(here):
                continue
            owner = np.searchsorted(window.slots, slot[here]).astype(np.int32)
            left = reader.left(window, rows[here], owner)
            wording, close, _ = reader.both(window, rows[here], slot[here])
            found[here] = wording + close - left.written[owner] - left.close[owner]
        return found

    def compare(self, document: Document, span: Span, wordings: Sequence[str]) -> list[float]:
        """The same for any wordings of one place."""
        found = compare(self.engine, document.text, span, wordings, BRANCH_RIGHT)
        return [float(gain) for gain in found]


def check_name(scorer: str) -> None:
    """See that `reader_of` may know a scorer, without loading anything.

    Raises:
        ModelError: ``hf:MODEL`` names no folder, and no model is called so.
        UnknownScorerError: another scorer was named.
    """
    if scorer.startswith(HF):
        folder_of(scorer.removeprefix(HF))
    elif scorer != "hf":
        raise UnknownScorerError(f"{scorer!r} is not trained; there are lm, hf and {HF}MODEL")


def reader_of(scorer: str, engine: Engine) -> Reader:
    """Who is asked for differences: the masked model that ``hf:MODEL`` names, or the engine.

    Raises:
        ModelError: the masked model cannot be loaded.
        UnknownScorerError: another scorer was named.
    """
    check_name(scorer)
    if scorer == "hf":
        return CausalReader(engine)
    return MaskedReader(load(scorer.removeprefix(HF)))


def build_masked(
    plan: Plan, engine: Engine, reader: Reader, out: Path, say: Say = lambda _: None
) -> HeldOut:
    """Write ``masked.npz`` into ``out``; evidence stays in ``out/work/masked``, and serves again.

    Args:
        plan: documents and seed; the gate is the scorer's own.
        engine: the language model that says which swaps are plausible.
        reader: the model that is asked for differences.
        out: folder for the result.
        say: told what happens, one line each.

    Raises:
        CorpusError: the corpus holds nothing to learn from, or cannot be read.
    """
    paths = _collected(plan, engine, reader, out / "work" / "masked", progress(say, "differences"))
    data, prior = read(paths, "both", layouts=(MASKED_COLUMNS,))
    tenth = held_out(data)
    trial = fit(pick(data, ~tenth), MASKED_COLUMNS, prior, replace(RECIPE, members=1))
    found = measured(trial, pick(data, tenth))
    say(f"masked: {found}")
    arrays = fit(data, MASKED_COLUMNS, prior, RECIPE).arrays("masked")
    save(arrays, out / "masked.npz")
    return found


def _collected(
    plan: Plan, engine: Engine, reader: Reader, out: Path, report: Callable[[int, int], None]
) -> list[Path]:
    """Evidence files of the plan's documents; those that are there already are kept."""
    table = Substitutions.of(Thesaurus.load(), plan.rows)
    spinner = model_spinner(engine, table, Collocations.load())
    scorer = MaskedScorer(reader, counts_scorer(), nothing(MASKED_COLUMNS), model="")

    def examples(given: Excerpt) -> Labelled:
        document = Document("simulated", given.text)
        spun = spinner.spin(document, drawn(given.rng), given.rng)
        return given.number, *_document(table, spun, scorer)

    count = Count(plan.documents, report)
    paths = Files(out, plan.seed, ".npz", FILE).fill(texts(plan), examples, _save, count.add)
    count.end()
    return paths


Labelled = tuple[int, list[Example], int, int]
"""Number of a document's text, its examples, its clear slots, and those that were swapped."""


def _save(made: list[Labelled], path: Path) -> None:
    texts, examples, slots, swapped = zip(*made, strict=True)
    write(Batch([], examples, sum(slots), sum(swapped), texts), path)


def _document(
    table: Substitutions, spun: Spun, scorer: MaskedScorer
) -> tuple[list[Example], int, int]:
    """What one document teaches."""
    document, slots = spun_places(table, spun)
    labels = truth(table, slots, spun)
    clear = labels != UNCLEAR
    looked = scorer.look(document, slots) if len(slots) else None
    examples = list(both_examples(looked, labels)) if looked else []
    return examples, int(clear.sum()), int((clear & (labels != -1)).sum())
