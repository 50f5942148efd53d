"""Everything a user can choose, as one frozen value."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from numbers import Real
from pathlib import Path
from typing import Any

DEFAULT_MIN_CONFIDENCE = 0.6


class OptionError(ValueError):
    """An option has a value of the wrong kind; the message names the option."""


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


ALL_CATEGORIES = frozenset(
    "AI_RULES APRIL CASING COLLOCATIONS COMPOUNDING CONFUSED_WORDS CREATIVE_WRITING GRAMMAR MISC "
    "MULTITOKEN_SPELLING NONSTANDARD_PHRASES PLAIN_ENGLISH PROPER_NOUNS PUNCTUATION REDUNDANCY "
    "REPETITIONS_STYLE SEMANTICS STYLE TON_ACADEMIC TYPOGRAPHY TYPOS WIKIPEDIA".split()
)
"""LanguageTool's categories for English."""


def category(name: str) -> str:
    """The category of that name, however it is written.

    Raises:
        OptionError: LanguageTool has none that is called so.
    """
    if name.upper() in ALL_CATEGORIES:
        return name.upper()
    raise OptionError(
        f"{name!r} is no category of LanguageTool; there are {', '.join(sorted(ALL_CATEGORIES))}"
    )


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
        """Take the names of choices for the choices, strings for paths, and one for several.

        Raises:
            OptionError: a value is of the wrong kind.
        """
        for field in fields(self):
            value = _KINDS[field.name](field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value)


def _string(name: str, value: Any, verb: str = "is") -> str:
    if isinstance(value, str) and value:
        return value
    raise OptionError(f"{name} {verb} {value!r}, not a string")


def _path(name: str, value: Any, verb: str = "is") -> Path:
    if isinstance(value, str | os.PathLike) and isinstance(os.fspath(value), str) and value:
        return Path(value)
    raise OptionError(f"{name} {verb} {value!r}, not a path")


def _number(name: str, value: Any) -> float:
    if not isinstance(value, Real) or isinstance(value, bool):
        raise OptionError(f"{name} is {value!r}, not a number")
    number = float(value)
    if not 0 <= number <= 1:
        raise OptionError(f"{name} is {value}, not between 0 and 1")
    return number


def _flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise OptionError(f"{name} is {value!r}, not True or False")


def _one_of(kind: type[StrEnum]) -> Callable[[str, Any], StrEnum]:
    def chosen(name: str, value: Any) -> StrEnum:
        try:
            return kind(value)
        except ValueError:
            raise OptionError(f"{name} is {value!r}, not one of {', '.join(kind)}") from None

    return chosen


def _several(one: Callable[[str, Any, str], Any], what: str) -> Callable[[str, Any], Any]:
    """A single value is a list of one: taken apart, a string would be its letters."""

    def held(name: str, value: Any) -> tuple[Any, ...]:
        if isinstance(value, str | os.PathLike):
            value = (value,)
        if not isinstance(value, Iterable) or isinstance(value, bytes):
            raise OptionError(f"{name} is {value!r}, not a {what} or several")
        return tuple(one(name, entry, "holds") for entry in value)

    return held


def _optional(kind: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    return lambda name, value: None if value is None else kind(name, value)


_STRINGS = _several(_string, "string")
_KINDS: dict[str, Callable[[str, Any], Any]] = {
    "select": _STRINGS,
    "ignore": _STRINGS,
    "min_confidence": _number,
    "quotes": _one_of(Quotes),
    "scorer": _optional(_string),
    "model": _optional(_path),
    "judges": _optional(_path),
    "lexicons": _several(_path, "path"),
    "allow": _STRINGS,
    "unsafe_fixes": _flag,
    "grammar": _optional(_one_of(Grammar)),
    "grammar_categories": _STRINGS,
    "languagetool_url": _optional(_string),
}
"""What makes an option's value of what was given, or refuses it."""
