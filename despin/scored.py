"""Findings that need a scorer: synonyms, function words and the user's own lexicon."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import RLock

from despin.document import Document
from despin.finding import Candidate, Finding, Rule
from despin.judged import Judged
from despin.once import once_property
from despin.options import Options
from despin.prior import Prior
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scorer
from despin.score.terms import doubted
from despin.score.threads import one_for_numpy
from despin.span import Span, TokenKind

SECTION = 10_000
"""Words judged together; a news article has 700."""
MOST_WORDS = 50_000
"""Words of the longest text that the language model is asked about."""
TOO_LONG = f"longer than {MOST_WORDS:,} words: the fast scorer decided"
FAST = "fast"
EXPLAINED = 0.001
"""Wordings less likely than this are not shown when a place is explained: there are dozens."""

SCORED_RULES = frozenset({Rule.SYNONYM, Rule.FUNCTION_WORD, Rule.LEXICON})


@dataclass(frozen=True)
class ScoredFindings:
    """What a scorer found in one document, and how."""

    findings: tuple[Finding, ...] = ()
    scorer: str = "none"
    model: str | None = None
    share: float | None = None
    prior: Prior | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One place and the wordings considered for it, for `despin explain`."""

    span: Span
    words: str
    spun: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class _Part:
    """What a scorer found in one section."""

    findings: list[Finding]
    share: float
    prior: Prior
    words: int


_alone = RLock()
"""Held while a document is scored: scorers keep what they learn of words, and share it."""


def _begin_anew() -> None:
    """A forked process is alone, whatever another thread did when it was made."""
    global _alone  # noqa: PLW0603
    _alone = RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def sections(document: Document) -> Iterator[tuple[Document, int]]:
    """The document in parts of about `SECTION` words, cut between sentences, and their offsets.

    A sentence without end is cut between two words.
    """
    if document.word_count <= SECTION * 1.5:
        yield document, 0
        return
    starts = {sentence.start for sentence in document.sentences}
    begin, words = 0, 0
    for token in document.tokens:
        at = token.span.start
        if words >= SECTION and (at in starts or words >= 2 * SECTION):
            yield replace(document, text=document.text[begin:at]), begin
            begin, words = at, 0
        words += token.kind is TokenKind.WORD
    yield replace(document, text=document.text[begin:]), begin


class ScoredProposer:
    """Opens slots with the substitution lexicon, has them scored, and makes findings."""

    def __init__(
        self, options: Options, rules: frozenset[Rule], scorer: Callable[[], Scorer]
    ) -> None:
        self._options = options
        self._rules = rules
        self._scorer = scorer

    @once_property
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
        self, document: Document, prior: Prior | None = None, within: Span | None = None
    ) -> ScoredFindings:
        """The scored findings of a document; they may overlap.

        ``prior`` fixes the document's prior; ``within`` keeps to the slots inside a span. A text
        of more than `SECTION` words is judged in sections, each a document of its own: memory
        stays bounded, and a long file may be spun in parts. One of more than `MOST_WORDS` is
        judged by the fast scorer.
        """
        if not self._rules & SCORED_RULES:
            return ScoredFindings()
        with _alone, one_for_numpy():
            return self._propose(document, prior, within)

    def _propose(
        self, document: Document, prior: Prior | None, within: Span | None
    ) -> ScoredFindings:
        _ = self.table.longest, document.protected  # while the scorer is still being loaded
        scorer = self._scorer()
        notes: tuple[str, ...] = scorer.notes
        if document.word_count > MOST_WORDS and scorer.name != FAST:
            scorer, notes = self._fast, (*notes, TOO_LONG)
        parts = [
            self._part(scorer, part, offset, prior, within) for part, offset in sections(document)
        ]
        words = max(1, sum(part.words for part in parts))
        return ScoredFindings(
            tuple(finding for part in parts for finding in part.findings),
            scorer.name,
            scorer.model,
            sum(part.share * part.words for part in parts) / words,
            parts[0].prior if len(parts) == 1 else None,
            notes,
        )

    @once_property
    def _fast(self) -> Scorer:
        from despin.score.loading import load

        return load(replace(self._options, scorer=FAST, model=None))

    def _part(
        self,
        scorer: Scorer,
        document: Document,
        offset: int,
        prior: Prior | None,
        within: Span | None,
    ) -> _Part:
        """What is found in one section; places are those of the whole text."""
        places = slots(self.table, document, self._options.allow, strict=True)
        if within is not None:
            low, high = max(0, within.start - offset), max(0, within.end - offset)
            places = places.within(Span(low, high))
        scores = scorer.score(document, places, prior)
        if within is None:  # a part of the places does not say what is a term of the whole
            scores = doubted(scores, places, document.word_count)
        found = Judged(document, places, scores).findings(self._options.min_confidence)
        return _Part(
            [finding.shifted(offset) for finding in found if finding.rule in self._rules],
            scores.share,
            scores.prior,
            document.word_count,
        )

    def explain(self, document: Document) -> list[Explanation]:
        """Every place with its wordings, the likeliest place first."""
        with _alone, one_for_numpy():
            places = slots(self.table, document, self._options.allow, strict=True)
            scores = self._scorer().score(document, places)
            scores = doubted(scores, places, document.word_count)
            judged = Judged(document, places, scores)
        found = [
            Explanation(
                places.span(index),
                places.span(index).of(document.text),
                float(judged.scores.spun[index]),
                judged.candidates(index, most=99, least=EXPLAINED),
            )
            for index in range(len(places))
        ]
        return sorted(found, key=lambda e: -e.spun)
