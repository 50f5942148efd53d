"""Everything a user can choose, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DEFAULT_MIN_CONFIDENCE = 0.5


class Quotes(StrEnum):
    """What happens to findings inside quotation marks."""

    FLAG = "flag"
    """Reported, edited only when a person accepts."""
    FIX = "fix"
    """Treated like any other text."""
    SKIP = "skip"
    """Not reported."""


class Grammar(StrEnum):
    """Which sentences LanguageTool reads."""

    OFF = "off"
    FINDINGS = "findings"
    """Sentences that hold findings or edits."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run; names are those of the command line and the configuration file.

    Attributes:
        select: names of the rules to run; empty means all.
        ignore: names of rules not to run.
        min_confidence: findings below it are not reported, 0 to 1.
        quotes: what happens inside quotation marks.
        scorer: ``lm``, ``fast`` or ``auto``; ``None`` means ``lm`` when a model is installed.
        model: a GGUF file to use instead of the installed model.
        lexicons: TSV files of the user, asked before the built-in ones.
        allow: words never touched, compared without case.
        unsafe_fixes: whether `fix` applies unsafe edits too.
        grammar: which sentences LanguageTool reads; ``None`` chooses by what is installed.
        languagetool_url: a LanguageTool server that is already running.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    quotes: Quotes = Quotes.FLAG
    scorer: str | None = None
    model: Path | None = None
    lexicons: tuple[Path, ...] = ()
    allow: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    grammar: Grammar | None = None
    languagetool_url: str | None = None
