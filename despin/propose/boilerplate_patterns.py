"""The patterns of boilerplate, read from ``data/boilerplate.tsv`` when first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from despin.once import once
from despin.propose.shortcodes import only_shortcodes

_DATA = Path(__file__).parent / "data"

LONGEST = 160
"""Characters a line of boilerplate has at most, unless it is of shortcodes."""

_FRAME = "*_•·▶►→←«»>|#[]-–— \t\ufeff"
"""Bullets, emphasis and arrows that may frame a line."""

_GOES_ON = re.compile(
    r"(?<=[.!?]) +(?=[“\"‘']?[^\W\d_a-z])"
    r"|, (?=(?:said|says|wrote|asked|added|told|he|she|they|it|but|which|who|was|is)\b)"
)
"""Where another sentence begins behind a line of the site, or one that only quotes it."""
_OF_THE_SITE = re.compile(
    r"\b(?:you|your|our|please|click(?:ing)?|here|subscri\w+|sign(?:ing)? up|cookies?|links?"
    r"|commissions?|affiliate|rights|reserved|reprints?|polic(?:y|ies)|permission|disclosures?"
    r"|privacy|terms|consent|newsletters?|javascript|browser|free|unsubscribe)\b",
    re.IGNORECASE,
)
"""What sites say to readers, and hardly a short sentence of an article."""


class Kind(StrEnum):
    """What belongs to the line."""

    LINE = "line"
    HEADING = "heading"
    """The headlines under it go with it."""
    LABEL = "label"
    """It goes with the line of boilerplate under it, or at the text's end."""
    INLINE = "inline"
    """Its headline stands on the same line."""


class Certainty(StrEnum):
    """Whether the line may go unasked."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class BoilerplatePattern:
    """One row: a pattern for a whole line, with a line it must find and one it must not."""

    kind: Kind
    pattern: re.Pattern[str]
    certainty: Certainty
    hit: str
    near_miss: str

    def matches(self, line: str) -> bool:
        """Whether the line, without its frame, is of this pattern."""
        return self.pattern.fullmatch(line) is not None


@once
def patterns() -> tuple[BoilerplatePattern, ...]:
    """All patterns in the file's order; the first that matches counts."""
    source = (_DATA / "boilerplate.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in source.splitlines() if line and line[0] != "#"]
    return tuple(
        BoilerplatePattern(
            Kind(kind), re.compile(pattern, re.IGNORECASE), Certainty(certainty), hit, near_miss
        )
        for kind, pattern, certainty, hit, near_miss in rows[1:]
    )


_SHORTCODES = BoilerplatePattern(
    Kind.LINE,
    re.compile(""),
    Certainty.SAFE,
    hit="[vc_row]",
    near_miss="[video]",
)
"""What `only_shortcodes` knows: brackets are no frame there."""


@once
def _any() -> re.Pattern[str]:
    """All patterns as one: the question that nearly every line answers no."""
    return re.compile("|".join(f"(?:{p.pattern.pattern})" for p in patterns()), re.IGNORECASE)


def classify(line: str) -> BoilerplatePattern | None:
    """The pattern of a line, or ``None`` when it belongs to the article."""
    if only_shortcodes(line):
        return _SHORTCODES
    return _classified(line) if len(line) <= LONGEST else None


@lru_cache(maxsize=1024)
def _classified(line: str) -> BoilerplatePattern | None:
    bare = unframed(line)
    if not bare or not _any().fullmatch(bare):
        return None
    found = next(pattern for pattern in patterns() if pattern.matches(bare))
    return None if _takes_the_article_along(found, bare) else found


def _takes_the_article_along(pattern: BoilerplatePattern, bare: str) -> bool:
    """Whether words of a sentence that is not the site's stand behind those that are."""
    if pattern.kind is not Kind.LINE:
        return False
    for cut in _GOES_ON.finditer(bare):
        if pattern.matches(bare[: cut.start()]):
            behind = bare[cut.end() :]
            return not (_OF_THE_SITE.search(behind) or _classified(behind))
    return False


def unframed(line: str) -> str:
    """The line without bullets, emphasis and arrows around it."""
    return line.strip(_FRAME)
