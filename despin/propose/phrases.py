"""Tortured phrases: fixed terms that a spinner translated word by word.

``counterfeit consciousness`` stands for ``artificial intelligence``. Phrases and what they stand
for come from the Problematic Paper Screener (Cabanac, Labbé and Magazinov 2021, arXiv:2107.06751).
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.propose.phrase_context import holds
from despin.propose.phrase_inflection import inflected
from despin.propose.phrase_table import WORD, Phrase, PhraseIndex
from despin.span import Span
from despin.text.span_index import touches

CONFIDENCE = {"exact": 0.97, "inflected": 0.95, "context": 0.8, "unsafe": 0.65, "nearby": 0.6}
"""Chances that the phrase is tortured, by how it was recognised."""

_GAP = re.compile(r"[^\S\n]*\n?[^\S\n]*|-")
_JOINTS = frozenset("-/_&@")
_NEARBY = 4
"""Words that may stand between those of a phrase that need only be near each other."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A phrase found: its words in the text, and what shall stand there."""

    phrase: Phrase
    span: Span
    words: int
    after: str
    kind: str


class PhraseProposer:
    """Finds the phrases of one index, the longest first where they overlap."""

    def __init__(
        self, index: Callable[[], PhraseIndex] | None = None, rule: Rule = Rule.PHRASE
    ) -> None:
        """Find what ``index`` gives, which is called at the first document."""
        from despin.propose.phrase_table import packaged_index

        self._load = index or packaged_index
        self._rule = rule

    @property
    def rules(self) -> frozenset[Rule]:
        """Phrases, or the user's lexicon."""
        return frozenset({self._rule})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each phrase."""
        index = self._load()
        text = document.text
        matches = list(_matches(text, index))
        matches.sort(key=lambda match: (-match.words, match.span.start))
        taken: list[Span] = []
        lower = ""
        for match in matches:
            if touches(taken, match.span):
                continue
            if match.phrase.context:
                lower = lower or text.lower().replace("’", "'")
                if not holds(match.phrase.context, lower):
                    continue
            insort(taken, match.span)
            finding = self._finding(text, match)
            if finding is not None:
                yield finding

    def _finding(self, text: str, match: _Match) -> Finding | None:
        """What to say of a match; nothing where the words have the capitals that a row gives."""
        from despin.wording import replacement_edit

        confidence = CONFIDENCE[match.kind]
        source = "your lexicon" if match.phrase.user else "tortured phrases"
        edit = replacement_edit(text, match.span, match.after)
        if edit.before.split() == edit.after.split():
            return None
        words = " ".join(match.span.of(text).split())
        return Finding(
            rule=self._rule,
            span=match.span,
            message=f"“{words}” stands for “{match.after}”.",
            confidence=confidence,
            applicability=_applicability(match),
            candidates=(Candidate(edit, source, confidence=confidence),),
        )


def _applicability(match: _Match) -> Applicability:
    if match.kind == "nearby":
        return Applicability.DISPLAY
    return Applicability.SAFE if match.kind in {"exact", "inflected"} else Applicability.UNSAFE


def _matches(text: str, index: PhraseIndex) -> Iterator[_Match]:
    words = list(WORD.finditer(text))
    rows = index.rows
    for number, word in enumerate(words):
        first = word.group().lower()
        if first not in rows and "’" not in first:
            continue
        for phrase in index.starting_with(first.replace("’", "'")):
            match = _match(text, words, number, phrase)
            if match is not None:
                yield match
                break


def _match(text: str, words: Sequence[re.Match[str]], number: int, phrase: Phrase) -> _Match | None:
    if phrase.nearby:
        return _near(words, number, phrase)
    count = len(phrase.words)
    if number + count > len(words):
        return None
    found = words[number : number + count]
    last = len(found) - 1
    for at in range(1, last):
        if found[at].group().lower().replace("’", "'") != phrase.words[at]:
            return None
    ending = found[last].group().lower().replace("’", "'")
    end = found[last].end()
    if last and ending.endswith("'s") and not phrase.words[last].endswith("'s"):
        ending, end = ending[:-2], end - 2
    after: str | None = phrase.expected
    if ending != phrase.words[last]:
        after = inflected(phrase, ending) if _akin(ending, phrase.words[last]) else None
    if after is None or not _gaps_agree(text, found, phrase):
        return None
    kind = _kind(phrase, exact=after == phrase.expected)
    span = Span(found[0].start(), end)
    return _Match(phrase, span, count, _wrapped(span.of(text), after), kind)


def _wrapped(before: str, after: str) -> str:
    """``after`` with the line break of a hard-wrapped ``before``, at the same word if it can be."""
    wrapped = re.search(r"\s*\n\s*", before)
    if wrapped is None:
        return after
    words = after.split(" ")
    at = min(len(before[: wrapped.start()].split()), len(words) - 1)
    return wrapped.group().join(filter(None, (" ".join(words[:at]), " ".join(words[at:]))))


def _kind(phrase: Phrase, *, exact: bool) -> str:
    if phrase.user:
        return "exact"
    if phrase.unsafe or len(phrase.words) == 1:
        return "unsafe"
    if phrase.context:
        return "context"
    return "exact" if exact else "inflected"


def _akin(one: str, other: str) -> bool:
    """The cheap question before inflection is asked: all but the ending agrees."""
    stem = min(len(one), len(other)) - 1
    return stem > 2 and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 3


def _gaps_agree(text: str, found: Sequence[re.Match[str]], phrase: Phrase) -> bool:
    """Whether the words are parted as in the phrase, and no part of a longer compound.

    A hyphen may stand for a space. "Evidence of labor-market health" is no "evidence of labor".
    """
    before = text[found[0].start() - 1 : found[0].start()]
    behind = text[found[-1].end() : found[-1].end() + 1]
    emphasised = before == behind == "_"
    if (before in _JOINTS or behind in _JOINTS) and not emphasised:
        return False
    gaps = [text[a.end() : b.start()] for a, b in pairwise(found)]
    return all(
        _GAP.fullmatch(gap) and (gap == "-" or wanted != "-")
        for gap, wanted in zip(gaps, phrase.gaps, strict=True)
    )


def _near(words: Sequence[re.Match[str]], number: int, phrase: Phrase) -> _Match | None:
    """The phrase's words, in order, with a few others between them."""
    at = number
    for wanted in phrase.words[1:]:
        nearby = range(at + 1, min(at + 2 + _NEARBY, len(words)))
        following = [n for n in nearby if words[n].group().lower() == wanted]
        if not following:
            return None
        at = following[0]
    span = Span(words[number].start(), words[at].end())
    return _Match(phrase, span, len(phrase.words), phrase.expected, "nearby")
