"""Scorers by name: exactly the one asked for is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from despin.once import once
from despin.options import HF, KNOWN_SCORERS, Options
from despin.score import Scorer
from despin.score.collocations import Collocations
from despin.score.judge import Judge
from despin.score.model_files import INSTALL, RUNNING, ModelError, Precision, missing, need

if TYPE_CHECKING:
    from despin.score.engine import Engine
    from despin.score.fast import FastScorer
    from despin.score.language_model import LanguageModelScorer, Readers
    from despin.score.near import NearReader

PRECISION: Precision = "int8"
"""What the judges were trained on; the 8-bit weights differ by a tenth of a nat and cost half."""
CALIBRATOR = Path(__file__).parent / "data" / "calibrator.npz"
MASKED_CALIBRATOR = "masked.npz"

NO_MODEL = (
    "no language model is installed: the fast scorer decided (`despin model install` gets it)"
)
NO_LIBRARIES = (
    "what runs a language model is not installed: the fast scorer decided, without its encoder "
    f"(`{INSTALL}` gets it, then `despin model install` the model)"
)


class UnknownScorerError(ValueError):
    """A scorer was asked for that does not exist, or cannot run here."""


def load(options: Options) -> Scorer:
    """The scorer of the options: the one named, or else the best that is installed.

    Raises:
        UnknownScorerError: the name is not known.
        ModelError: the language model is asked for and cannot be loaded.
    """
    if options.scorer is None and options.model is None:
        if missing(RUNNING):
            return fast_scorer(options.judges, (NO_LIBRARIES,))
        there = _model_is_there()
        return _language_model(options) if there else fast_scorer(options.judges, (NO_MODEL,))
    name = options.scorer or "lm"
    if name == "fast":
        return fast_scorer(options.judges)
    if name == "lm":
        return _language_model(options)
    if name.startswith(HF):
        return _masked(name.removeprefix(HF), options.judges)
    if name == "auto":
        from despin.score.auto import AutoScorer

        return AutoScorer(fast_scorer(options.judges), lambda: _language_model(options))
    raise UnknownScorerError(f"no scorer is called {name!r}; there are {KNOWN_SCORERS}")


def _model_is_there() -> bool:
    from despin.score.model_store import installed

    return installed() is not None


def judges_file(folder: Path | None, name: str = CALIBRATOR.name) -> Path:
    """A file of judges: of a folder that ``despin train`` wrote, or of those that ship."""
    return (folder or CALIBRATOR.parent) / name


def fast_scorer(judges: Path | None = None, notes: tuple[str, ...] = ()) -> FastScorer:
    """Counts and encoder; counts alone where the encoder's libraries are not installed."""
    if missing(RUNNING):
        return counts_scorer(judges, notes)
    from despin.score.fast import FastScorer
    from despin.score.near import NEAR_COLUMNS

    judge = Judge.load(judges_file(judges), "fast", NEAR_COLUMNS)
    return FastScorer(_near(None), judge, notes)


def counts_scorer(judges: Path | None = None, notes: tuple[str, ...] = ()) -> FastScorer:
    """Counts and lexicon alone; the gate of masked models, whose calibrator learnt behind it."""
    from despin.score.evidence import CONTEXT_COLUMNS
    from despin.score.fast import FastScorer
    from despin.score.near import NearReader

    judge = Judge.load(judges_file(judges), "counts", CONTEXT_COLUMNS)
    return FastScorer(NearReader(Collocations.load()), judge, notes)


def readers(model: Path | None = None, encoder: Path | None = None) -> Readers:
    """The language model, the counts and the encoder; of a GGUF file and a folder where given.

    Raises:
        ModelError: the language model is not installed, or cannot be run.
    """
    from despin.score.language_model import Readers

    return Readers(engine(model), _near(encoder))


@once
def _near(folder: Path | None) -> NearReader:
    """Loaded once: ``auto`` has two scorers, and long texts are left to the fast one.

    No default: a call without the argument would be another one for the cache.
    """
    from despin.score.encoder import DATA, Encoder
    from despin.score.near import NearReader

    return NearReader(Collocations.load(), Encoder(folder or DATA))


def _masked(name: str, judges: Path | None) -> Scorer:
    from despin.score.masked_lm import load as load_masked
    from despin.score.masked_reading import MaskedReader
    from despin.score.masked_scorer import MASKED_COLUMNS, MaskedScorer

    reader = MaskedReader(load_masked(name))
    judge = Judge.load(judges_file(judges, MASKED_CALIBRATOR), "masked", MASKED_COLUMNS)
    return MaskedScorer(reader, counts_scorer(), judge, model=name)


def engine(model: Path | None = None) -> Engine:
    """The installed language model, or the GGUF file ``model``, converted when first named.

    Raises:
        ModelError: it is not installed, or cannot be run.
    """
    from despin.score.engine import Engine
    from despin.score.model_store import install, installed

    need(RUNNING)
    files = installed(model)
    if files is None and model is None:
        raise ModelError("the language model is not installed; `despin model install` gets it")
    return Engine(files or install(model), PRECISION)


def _language_model(options: Options) -> LanguageModelScorer:
    from despin.score.calibrator import Calibrator
    from despin.score.language_model import (
        BOTH_COLUMNS,
        LEFT_COLUMNS,
        Judges,
        LanguageModelScorer,
    )
    from despin.score.model_store import DEFAULT

    path = judges_file(options.judges)
    return LanguageModelScorer(
        readers(options.model),
        Judges(
            Judge.load(path, "gate", LEFT_COLUMNS),
            Calibrator.load(path, "lm", BOTH_COLUMNS),
        ),
        model=options.model.stem if options.model else DEFAULT,
    )
