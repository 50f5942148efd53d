"""Scorers by name: exactly the one asked for is imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from despin.once import once
from despin.options import HF, KNOWN_SCORERS, Options
from despin.score import Scorer
from despin.score.collocations import Collocations
from despin.score.judge import Judge, knows
from despin.score.model_files import INSTALL, RUNNING, ModelError, Precision, missing, need

if TYPE_CHECKING:
    from despin.score.engine import Engine
    from despin.score.fast import FastScorer
    from despin.score.language_model import LanguageModelScorer, Readers
    from despin.score.model_files import ModelFiles
    from despin.score.near import NearReader
    from despin.score.states import Probe

PRECISION: Precision = "int8"
"""What the judges were trained on; the 8-bit weights differ by a tenth of a nat and cost half."""
LARGE_ENCODER = Path(__file__).parent / "data" / "large-encoder"
"""What reads beside the language model; every scorer has the small one."""
FORMS_KEPT = 12_000
"""Forms of which the large encoder keeps vectors beyond a text: 9 MB, and an article has some six
thousand."""
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

        fast = fast_scorer(options.judges)
        return AutoScorer(fast, lambda: _language_model(options), _called(options))
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


def readers(
    model: Path | None = None,
    judges: Path | None = None,
    *,
    encoder: Path | None = None,
    large: Path | None = None,
) -> Readers:
    """The language model and what is read beside it.

    Args:
        model: a GGUF file other than the installed model.
        judges: a folder that ``despin train`` wrote; its probe counts, if there is one.
        encoder: folder of a small encoder that does not ship.
        large: folder of a large one that does not ship, packed or ready to run.

    Raises:
        ModelError: the language model is not installed, or cannot be run.
        JudgeError: a probe cannot be read.
    """
    from despin.score.encoder import Encoder
    from despin.score.encoder_store import ready
    from despin.score.engine import Engine
    from despin.score.language_model import Readers

    files = model_files(model)
    reading = Encoder(ready(large or LARGE_ENCODER), kept=FORMS_KEPT)
    return Readers(Engine(files, PRECISION), _near(encoder), reading, probe(files, judges))


def probe(files: ModelFiles, judges: Path | None = None) -> Probe | None:
    """What reads this model's states: of a folder of judges, or what ships; if it fits."""
    from despin.score.states import FILE, Probe

    own = judges_file(judges, FILE)
    found = Probe.load(own if own.exists() else judges_file(None, FILE))
    return found if found.fits(files) else None


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
    """The installed language model, or the GGUF file ``model``.

    Raises:
        ModelError: it is not installed, or cannot be run.
    """
    from despin.score.engine import Engine

    return Engine(model_files(model), PRECISION)


def model_files(model: Path | None = None) -> ModelFiles:
    """The installed language model's files, or those of a GGUF file, converted when first named.

    Raises:
        ModelError: it is not installed, or cannot be run.
    """
    from despin.score.model_store import install, installed

    need(RUNNING)
    files = installed(model)
    if files is None and model is None:
        raise ModelError("the language model is not installed; `despin model install` gets it")
    return files or install(model)


def _language_model(options: Options) -> LanguageModelScorer:
    from despin.score.calibrator import Calibrator
    from despin.score.language_model import Judges, LanguageModelScorer

    path = judges_file(options.judges)
    given = readers(options.model, judges=options.judges)
    if not knows(path, given.columns.gate):
        given = replace(given, probe=None)
    columns = given.columns
    return LanguageModelScorer(
        given,
        Judges(
            Judge.load(path, columns.gate, columns.left),
            Calibrator.load(path, columns.calibrator, columns.both),
        ),
        model=_called(options),
    )


def _called(options: Options) -> str:
    """The language model's name."""
    from despin.score.model_store import DEFAULT

    return options.model.stem if options.model else DEFAULT
