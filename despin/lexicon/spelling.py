"""British and American spelling: which of the two a text uses, and a word in either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from despin.lexicon.location import packaged
from despin.lexicon.rows import LexiconError
from despin.once import once

Variety = Literal["british", "american", "unknown"]

ENDINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "plain": (("", ""),),
    "noun": (("", ""), ("s", "s"), ("'s", "'s")),
    "our": tuple(
        (ending, ending)
        for ending in (
            "", "s", "'s", "ed", "ing", "ful", "fully", "less", "er", "ers", "able", "ably", "al",
            "ally", "ite", "ites", "hood", "hoods", "ist", "ists", "ly", "y", "some", "s'",
        )
    ),
    "ise": (
        ("ise", "ize"), ("ises", "izes"), ("ised", "ized"), ("ising", "izing"), ("iser", "izer"),
        ("isers", "izers"), ("isation", "ization"), ("isations", "izations"),
        ("isational", "izational"), ("isable", "izable"),
    ),
    "yse": (
        ("yse", "yze"), ("ysed", "yzed"), ("ysing", "yzing"), ("yser", "yzer"),
        ("ysers", "yzers"),
    ),
    "re": (("re", "er"), ("res", "ers"), ("re's", "er's"), ("red", "ered"), ("ring", "ering")),
    "double": (
        ("led", "ed"), ("ling", "ing"), ("ler", "er"), ("lers", "ers"), ("lings", "ings"),
    ),
    "ogue": (("ogue", "og"), ("ogues", "ogs"), ("ogued", "oged"), ("oguing", "oging")),
    "verb": (("", ""), ("s", "s"), ("d", "d"), ("ed", "ed"), ("ing", "ing"), ("ment", "ment")),
}  # fmt: skip
"""What is put after both stems of a row, by the row's kind ("analyses" is American too)."""

ONE_WAY = "-one-way"
"""After a kind: the American form is a British word too ("program", "check"), so it stays."""

LEAST_EVIDENCE = 2
LEAST_SHARE = 0.75

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


@once
def _pairs() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """British form to American form, and back where that is safe.

    Raises:
        LexiconError: a row of ``spelling.tsv`` does not have three cells or names no known kind.
    """
    path = packaged() / "spelling.tsv"
    to_american: dict[str, str] = {}
    to_british: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if number == 1 or not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        kind = cells[-1].removesuffix(ONE_WAY)
        if len(cells) != 3 or kind not in ENDINGS:
            raise LexiconError(f"{path}:{number}: not 'british, american, endings'")
        forms = {cells[0] + a: cells[1] + b for a, b in ENDINGS[kind]}
        to_american |= forms
        if kind == cells[-1]:
            to_british |= {b: a for a, b in reversed(forms.items())}
    return to_american, to_british


def american(word: str) -> str:
    """The American spelling of a lower-case word or phrase."""
    table = _pairs()[0]
    return " ".join(table.get(part, part) for part in word.split(" "))


def british(word: str) -> str:
    """The British spelling of a lower-case word or phrase."""
    table = _pairs()[1]
    return " ".join(table.get(part, part) for part in word.split(" "))


def variety(text: str) -> Variety:
    """Which spelling ``text`` keeps to, told from the words that have two.

    -ize says nothing, as British publishers use it too. Less than `LEAST_EVIDENCE` words, or less
    than `LEAST_SHARE` of them on one side, is "unknown".
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    to_american, to_british = _pairs()
    on_british = sum(word in to_american for word in words)
    on_american = sum(word in to_british and "iz" not in word[-9:] for word in words)
    total = on_british + on_american
    if total < LEAST_EVIDENCE:
        return "unknown"
    if on_british >= LEAST_SHARE * total:
        return "british"
    return "american" if on_american >= LEAST_SHARE * total else "unknown"


def respell(word: str, to: Variety) -> str:
    """A lower-case word or phrase as the variety spells it; "unknown" leaves it as it is."""
    if to == "unknown":
        return word
    return british(word) if to == "british" else american(word)
