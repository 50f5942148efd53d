"""Findings that need a scorer: synonyms, function words and the user's own lexicon."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.lexicon.sources import Source
from despin.lexicon.spelling import respell, variety
from despin.options import Options
from despin.policy import SAFE_CONFIDENCE
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scorer, Scores
from despin.span import Span
from despin.text.tokens import normal
from despin.wording import replacement_edit

MOST_CANDIDATES = 9
"""Alternatives kept of a finding: a person picks them with the keys 1 to 9."""
LEAST_CANDIDATE = 0.01
"""Alternatives less likely than this are not shown, unless there is no other."""

SCORED_RULES = frozenset({Rule.SYNONYM, Rule.FUNCTION_WORD, Rule.LEXICON})


@dataclass(frozen=True)
class ScoredFindings:
    """What a scorer found in one document, and how."""

    findings: tuple[Finding, ...] = ()
    scorer: str = "none"
    model: str | None = None
    share: float | None = None
    prior: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One place and everything that was considered for it, for `despin explain`."""

    span: Span
    words: str
    spun: float
    candidates: tuple[Candidate, ...]


class ScoredProposer:
    """Opens slots with the substitution lexicon, has them scored, and makes findings."""

    def __init__(
        self, options: Options, rules: frozenset[Rule], scorer: Callable[[], Scorer]
    ) -> None:
        self._options = options
        self._rules = rules
        self._scorer = scorer
        self._allow = frozenset(normal(word) for word in options.allow)

    @cached_property
    def table(self) -> Substitutions:
        """The built-in thesaurus and the user's lexicons.

        Raises:
            LexiconError: a lexicon of the user cannot be read.
        """
        from despin.lexicon.rows import read_rows
        from despin.lexicon.thesaurus import Thesaurus

        rows = [row for path in self._options.lexicons for row in read_rows(path)]
        return Substitutions.of(Thesaurus.load(), rows)

    def propose(
        self, document: Document, prior: float | None = None, within: Span | None = None
    ) -> ScoredFindings:
        """The scored findings of a document; they may overlap.

        ``prior`` fixes the document's prior; ``within`` keeps to the slots inside a span.
        """
        if not self._rules & SCORED_RULES:
            return ScoredFindings()
        places = slots(self.table, document, self._allow)
        if within is not None:
            places = places.within(within)
        scorer = self._scorer()
        scores = scorer.score(document, places, prior)
        findings = tuple(self._findings(document, places, scores))
        return ScoredFindings(
            findings, scorer.name, scorer.model, scores.share, scores.prior, scorer.notes
        )

    def explain(self, document: Document) -> list[Explanation]:
        """Every place with all candidates that were scored, the likeliest place first."""
        places = slots(self.table, document, self._allow)
        scores = self._scorer().score(document, places)
        found = [
            Explanation(
                places.span(index),
                places.span(index).of(document.text),
                float(scores.spun[index]),
                _candidates(document, places, scores, index, most=99, least=0.0),
            )
            for index in range(len(places))
        ]
        return sorted(found, key=lambda e: -e.spun)

    def _findings(self, document: Document, places: Slots, scores: Scores) -> Iterator[Finding]:
        for index in np.flatnonzero(scores.spun >= self._options.min_confidence):
            rule = _rule(places, int(index))
            candidates = _candidates(document, places, scores, int(index))
            if rule in self._rules and candidates:
                yield _finding(document, places, rule, int(index), candidates, scores)


def _rule(places: Slots, index: int) -> Rule:
    rows = places.candidates(index)
    if places.user[rows.start : rows.stop].all():
        return Rule.LEXICON
    return Rule.FUNCTION_WORD if places.function_word[index] else Rule.SYNONYM


def _finding(  # noqa: PLR0913, PLR0917 - one value for each part of a finding
    document: Document,
    places: Slots,
    rule: Rule,
    index: int,
    candidates: tuple[Candidate, ...],
    scores: Scores,
) -> Finding:
    span = places.span(index)
    confidence = float(scores.spun[index])
    sure = min(confidence, candidates[0].confidence) >= SAFE_CONFIDENCE
    return Finding(
        rule=rule,
        span=span,
        message=_message(document, span, candidates[0]),
        confidence=confidence,
        applicability=Applicability.SAFE if sure else Applicability.UNSAFE,
        candidates=candidates,
    )


def _candidates(  # noqa: PLR0913 - the two limits have defaults
    document: Document,
    places: Slots,
    scores: Scores,
    index: int,
    *,
    most: int = MOST_CANDIDATES,
    least: float = LEAST_CANDIDATE,
) -> tuple[Candidate, ...]:
    """The scored candidates of a place, the likeliest first."""
    rows = np.array([r for r in places.candidates(index) if not np.isnan(scores.odds[r])], int)
    rows = rows[np.argsort(-scores.candidate[rows], kind="stable")]
    span, spelling = places.span(index), variety(document.text)
    found: dict[str, Candidate] = {}
    for row in rows:
        confidence = float(scores.candidate[row])
        if len(found) == most or (found and confidence < least):
            break
        wording = respell(places.forms[int(places.form[row])], spelling)
        edit = replacement_edit(document.text, span, wording)
        if edit.after == edit.before or edit.after in found:
            continue
        label = _label(places, int(row))
        found[edit.after] = Candidate(edit, label, float(scores.odds[row]), confidence)
    return tuple(found.values())


def _label(places: Slots, row: int) -> str:
    return "your lexicon" if places.user[row] else Source(int(places.source[row])).label


def _message(document: Document, span: Span, best: Candidate) -> str:
    """Why: the source, the odds, and whether the proposed word is the article's own."""
    words, proposed = span.of(document.text), best.edit.after
    parts = [f"“{words}” probably stands for “{proposed}” ({best.source})"]
    if best.score is not None:
        parts.append(_odds(best.score))
    times = _occurrences(document, [normal(w) for w in proposed.split()])
    if times:
        parts.append(f"it also occurs {times}× in this article")
    return "; ".join(parts)


def _odds(score: float) -> str:
    if score < 0:
        return "it reads no better than what is written"
    odds = np.exp(min(score, 11.5))
    return f"it reads better, {odds:,.0f} to 1" if odds >= 1.5 else "it reads about as well"


def _occurrences(document: Document, words: Collection[str]) -> int:
    """How often the words stand one after another in the document."""
    wanted = list(words)
    own = document.normal_words
    size = len(wanted)
    return sum(own[i : i + size] == wanted for i in range(len(own) - size + 1))
