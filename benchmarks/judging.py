"""From texts to records: despin and the baselines on the same places of the same documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.baselines import Baselines, Replay, Tap, without_prior
from benchmarks.measures import Found, is_single
from benchmarks.ngrams import WORDS, Ngrams, sample
from benchmarks.records import Record, found
from benchmarks.restoration import Patch
from despin.document import Document
from despin.options import Grammar, Options
from despin.pipeline import Despinner
from despin.propose.substitutions import Substitutions
from despin.score import Scores
from despin.score.collocations import Collocations
from despin.scored import SCORED_RULES
from despin.text.tokens import normal, pieces

FLOOR = 0.02
"""Everything is found once at this bar. Higher ones are filters: overlaps are settled by
confidence, so what a higher bar keeps does not depend on what lies below it."""
BASELINE_FLOOR = 0.05
DESPIN, NO_PRIOR = "despin", "without the document's prior"
ONE_READING = "without judging again"
JUDGED = frozenset({DESPIN, NO_PRIOR, ONE_READING})
"""Systems whose confidences are the judges'."""
BASELINE = 0.5
"""Confidence of another one's finding at its own bar."""


class Judging:
    """Despin with one scorer, and the baselines."""

    def __init__(
        self, scorer: str, ngrams: Ngrams | None = None, judges: Path | None = None
    ) -> None:
        """Load everything; ``judges`` is a folder of such as do not ship.

        Raises:
            ModelError: the language model is asked for and cannot be loaded.
        """
        self.options = Options(
            min_confidence=FLOOR, scorer=scorer, judges=judges, grammar=Grammar.OFF
        )
        self.despinner = Despinner(self.options)
        self.tap = Tap(self.despinner.scorer)
        self.despinner.scorer = self.tap
        self.table: Substitutions = self.despinner.scored.table
        self.trained = self.tap.trained_prior(self.table)
        self.baselines = Baselines(Collocations.load(), ngrams)
        self._other = Despinner(
            replace(self.options, select=tuple(sorted(rule.value for rule in SCORED_RULES)))
        )
        self._other.scored.__dict__["table"] = self.table  # read once

    def record(  # noqa: PLR0913 - a record's parts
        self,
        key: str,
        group: str,
        source: str,
        text: str,
        golds: Sequence[Patch] = (),
        *,
        clean: bool = False,
        baselines: bool = True,
    ) -> Record:
        """Judge one text; of a clean one only the first wordings are kept, and not the text.

        Without ``baselines`` by despin alone, with and without the document's prior.
        """
        document = Document(key, text)
        most = 1 if clean else 5
        self.tap.seen.clear()
        review = self.despinner.check(document)
        systems = {DESPIN: found(review.findings, FLOOR, most)}
        for name, scores in self._others(baselines).items():
            floor = FLOOR if name in JUDGED else BASELINE if clean else BASELINE_FLOOR
            systems[name] = self._replayed(document, scores, floor, most)
        return Record(
            key,
            group,
            source,
            document.word_count,
            "" if clean else text,
            tuple(golds),
            tuple(gold for gold in golds if self._offers(gold)),
            systems,
        )

    def _others(self, baselines: bool) -> dict[str, list[Scores]]:
        """Each other system's scores for what the tap has seen, section by section."""
        others: dict[str, list[Scores]] = {}
        for seen in self.tap.seen:
            found = {NO_PRIOR: without_prior(seen.scores, seen.places, self.trained)}
            if seen.first is not None:
                found[ONE_READING] = seen.first
            if baselines:
                found |= self.baselines.of(seen)
            for name, scores in found.items():
                others.setdefault(name, []).append(scores)
        return others

    def _replayed(
        self, document: Document, scores: Sequence[Scores], floor: float, most: int
    ) -> tuple[Found, ...]:
        self._other.scorer = Replay(self.tap.name, [_above(each, floor) for each in scores])
        return found(self._other.check(document).findings, floor, most)

    def _offers(self, gold: Patch) -> bool:
        """Whether the lexicon offers the original of a one-word swap."""
        if not is_single(gold):
            return False
        number, wanted = (
            self.table.number(" ".join(normal(piece) for piece in pieces(side)))
            for side in (gold.before, gold.after)
        )
        if number is None or wanted is None:
            return False
        rows = self.table.rows
        return bool((self.table.target[rows[number] : rows[number + 1]] == wanted).any())


def _above(scores: Scores, floor: float) -> Scores:
    """The scores with what lies below the floor silenced, for speed."""
    spun = scores.spun.copy()
    spun[spun < floor] = 0
    return replace(scores, spun=spun)


def ngrams(corpus: Path, words: int = WORDS) -> Ngrams:
    """The n-gram baseline, trained."""
    return Ngrams(sample(corpus, words))
