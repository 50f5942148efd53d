"""Scorers by name: exactly the one asked for is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from despin.options import Options
from despin.score import Scorer
from despin.score.collocations import Collocations
from despin.score.judge import Judge
from despin.score.model_files import Precision

if TYPE_CHECKING:
    from despin.score.engine import Engine
    from despin.score.language_model import Readers

NAMES = ("lm", "fast", "auto")
PRECISION: Precision = "int8"
"""What the judges were trained on; the 8-bit weights differ by a tenth of a nat and cost half."""
CALIBRATOR = Path(__file__).parent / "data" / "calibrator.npz"

NO_MODEL = (
    "no language model is installed: collocations and lexicon alone decided "
    "(`despin model install` gets it)"
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
        return _language_model(options) if _model_is_there() else _fast((NO_MODEL,))
    name = options.scorer or "lm"
    if name == "fast":
        return _fast(())
    if name == "lm":
        return _language_model(options)
    if name == "auto":
        from despin.score.auto import AutoScorer

        return AutoScorer(_fast(()), lambda: _language_model(options))
    raise UnknownScorerError(f"no scorer is called {name!r}; there are {', '.join(NAMES)}")


def _model_is_there() -> bool:
    from despin.score.model_store import installed

    return _libraries_are_there() and installed() is not None


def _libraries_are_there() -> bool:
    from importlib.util import find_spec

    return all(find_spec(part) is not None for part in ("onnxruntime", "tokenizers"))


def _fast(notes: tuple[str, ...]) -> Scorer:
    """Counts and encoder; counts alone where the encoder's libraries are not installed."""
    from despin.score.evidence import CONTEXT_COLUMNS
    from despin.score.fast import FastScorer

    collocations = Collocations.load()
    if not _libraries_are_there():
        return FastScorer(collocations, Judge.load(CALIBRATOR, "counts", CONTEXT_COLUMNS), notes)
    from despin.score.encoder import ENCODER_COLUMNS, Encoder

    judge = Judge.load(CALIBRATOR, "fast", (*CONTEXT_COLUMNS, *ENCODER_COLUMNS))
    return FastScorer(collocations, judge, notes, Encoder())


def readers(model: Path | None = None, encoder: Path | None = None) -> Readers:
    """The language model, the counts and the encoder; of a GGUF file and a folder where given.

    Raises:
        ModelError: the language model is not installed, or cannot be run.
    """
    from despin.score.encoder import Encoder
    from despin.score.language_model import Readers

    return Readers(engine(model), Collocations.load(), Encoder(encoder) if encoder else Encoder())


def engine(model: Path | None = None) -> Engine:
    """The installed language model, or the GGUF file ``model``, converted when first named.

    Raises:
        ModelError: it is not installed, or cannot be run.
    """
    from despin.score.engine import Engine
    from despin.score.model_files import ModelError
    from despin.score.model_store import install, installed

    files = installed(model)
    if files is None and model is None:
        raise ModelError("the language model is not installed; `despin model install` gets it")
    return Engine(files or install(model), PRECISION)


def _language_model(options: Options) -> Scorer:
    from despin.score.language_model import (
        BOTH_COLUMNS,
        LEFT_COLUMNS,
        Judges,
        LanguageModelScorer,
    )
    from despin.score.model_store import DEFAULT

    return LanguageModelScorer(
        readers(options.model),
        Judges(
            Judge.load(CALIBRATOR, "gate", LEFT_COLUMNS),
            Judge.load(CALIBRATOR, "lm", BOTH_COLUMNS),
        ),
        model=options.model.stem if options.model else DEFAULT,
    )
