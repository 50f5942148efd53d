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


SCORERS = ("lm", "fast", "auto")
"""The scorers that ship."""
HF = "hf:"
"""What the name of a masked language model, or of its folder, begins with."""
KNOWN_SCORERS = ", ".join((*SCORERS, f"{HF}MODEL"))
"""All that a scorer may be called, for people."""


def is_scorer(name: str) -> bool:
    """Whether a scorer may be called so; a model of the user's own may still be missing."""
    return name in SCORERS or name.startswith(HF)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run; names are those of the command line and the configuration file.

    Attributes:
        select: names of the rules to run; empty means all.
        ignore: names of rules not to run.
        min_confidence: findings below it are not reported, 0 to 1.
        quotes: what happens inside quotation marks.
        scorer: ``lm``, ``fast``, ``auto`` (``lm`` for the documents in which ``fast`` suspects
            something), or ``hf:`` and the name or folder of a masked language model; ``None``
            means ``lm`` when a model is installed, else ``fast``.
        model: a GGUF file to use instead of the installed model.
        judges: a folder that ``despin train`` wrote, asked instead of the judges that ship.
        lexicons: TSV files of the user, asked before the built-in ones.
        allow: words never touched, compared without case.
        unsafe_fixes: whether `fix` applies unsafe edits too.
        grammar: which sentences LanguageTool reads; ``None`` chooses by what is installed.
        grammar_categories: LanguageTool's categories to read; empty means grammar, confused words,
            collocations and miscellaneous, without spelling.
        languagetool_url: a LanguageTool server that is already running.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    quotes: Quotes = Quotes.FLAG
    scorer: str | None = None
    model: Path | None = None
    judges: Path | None = None
    lexicons: tuple[Path, ...] = ()
    allow: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    grammar: Grammar | None = None
    grammar_categories: tuple[str, ...] = ()
    languagetool_url: str | None = None

    def __post_init__(self) -> None:
        """Take the names of choices for the choices.

        Raises:
            ValueError: there is no such choice.
        """
        object.__setattr__(self, "quotes", Quotes(self.quotes))
        if self.grammar is not None:
            object.__setattr__(self, "grammar", Grammar(self.grammar))
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(f"min_confidence is {self.min_confidence}, not between 0 and 1")
