"""What LanguageTool says of a text, in code points of that text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from despin.span import Span

CATEGORIES = ("GRAMMAR", "MISC", "CONFUSED_WORDS", "COLLOCATIONS")
"""LanguageTool's categories that are read unless others are asked for; no spelling, no style."""

SPELLING = frozenset({"TYPOS", "MULTITOKEN_SPELLING"})
"""The categories that hold spelling; names are what users complain of most."""

NOISE = re.compile(r"COMPOUND|COHERENCY|DIACRITICS|_HYPHEN")
"""Rules about how a word is written, not about grammar ("car maker", "industrialise")."""

ARTICLE = "EN_A_VS_AN"
REPEATED = "ENGLISH_WORD_REPEAT_RULE"

_UNSENDABLE = re.compile("[\U00010000-\U0010ffff\ud800-\udfff]")
# LanguageTool counts UTF-16 units; with one of these for each the two counts agree, and a lone
# surrogate could not be sent at all.
_STAND_IN = "\u263a"


@dataclass(frozen=True, slots=True)
class Match:
    """One thing LanguageTool objects to.

    Attributes:
        span: where, code points of the text that was checked.
        rule_id: LanguageTool's name of the rule, such as ``EN_A_VS_AN``.
        category: LanguageTool's name of its category, such as ``GRAMMAR``.
        message: one sentence for people.
        replacements: what LanguageTool would write instead, its best first.
    """

    span: Span
    rule_id: str
    category: str
    message: str
    replacements: tuple[str, ...] = ()

    def shifted(self, by: int) -> Match:
        """The same match ``by`` code points further on."""
        span = self.span.shifted(by)
        return Match(span, self.rule_id, self.category, self.message, self.replacements)


def sendable(text: str) -> str:
    """``text`` with one BMP character for each that UTF-16 counts double; the same length."""
    return _UNSENDABLE.sub(_STAND_IN, text)


def from_library(found: Iterable[Any], sent: str, categories: Iterable[str]) -> list[Match]:
    """The matches of language_tool_python's, less what is noise or not where it says.

    ``sent`` is the text the server was given. Its context shows the matched words: where they are
    not what stands at the offset, the count went wrong and the match is left out.
    """
    wanted = frozenset(categories)
    matches = []
    for match in found:
        span = Span(match.offset, match.offset + match.error_length)
        if match.category not in wanted or NOISE.search(match.rule_id):
            continue
        if _plain(match.matched_text) != _plain(span.of(sent)):
            continue
        if match.rule_id == ARTICLE and not sent[span.end : span.end + 9].lstrip()[:1].isalpha():
            continue  # "an 8-metre wall", "an £11 ticket": it cannot read numbers aloud
        message = " ".join(match.message.split())
        replacements = tuple(match.replacements)
        matches.append(Match(span, match.rule_id, match.category, message, replacements))
    return matches


def _plain(text: str) -> str:
    return re.sub(r"\s", " ", text)
