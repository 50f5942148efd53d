"""Many sentences in few requests, each answered as if it had been sent alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from despin.grammar.clauses import as_sentence, clauses
from despin.grammar.matches import Match
from despin.grammar.paragraphs import SEPARATOR

if TYPE_CHECKING:
    from despin.grammar.server import Checker

_SPACE = re.compile(r"\s")


def read(checker: Checker, sentences: Sequence[str]) -> list[tuple[Match, ...]]:
    """The matches of each sentence, placed in it, in text order.

    Sentences are independent: what stands around one changes nothing about it, so that a document
    gets the same findings alone or among others, whole or in part.
    """
    sent: list[str] = []
    origin: list[tuple[int, int, frozenset[str] | None]] = []
    for index, sentence in enumerate(sentences):
        line = _SPACE.sub(" ", sentence)
        sent.append(line)
        origin.append((index, 0, None))
        for span, believed in clauses(line):
            sent.append(as_sentence(span.of(line)))
            origin.append((index, span.start, believed))
    answers: list[list[Match]] = [[] for _ in sentences]
    for (index, start, rules), matches in zip(origin, _each(checker, sent), strict=True):
        placed = [m.shifted(start) for m in matches if rules is None or m.rule_id in rules]
        known = {m.span for m in answers[index]}
        answers[index] += [m for m in placed if m.span not in known]
    return [tuple(sorted(a, key=lambda m: (m.span, m.rule_id))) for a in answers]


def _each(checker: Checker, paragraphs: Sequence[str]) -> list[list[Match]]:
    """The matches of each paragraph of one text made of all."""
    answers: list[list[Match]] = [[] for _ in paragraphs]
    starts, at = [], 0
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + len(SEPARATOR)
    index = 0
    for match in sorted(checker.check(SEPARATOR.join(paragraphs)), key=lambda m: m.span):
        while index + 1 < len(starts) and starts[index + 1] <= match.span.start:
            index += 1
        if match.span.end <= starts[index] + len(paragraphs[index]):
            answers[index].append(match.shifted(-starts[index]))
    return answers
