"""read → propose → score → decide: the one path that every face of despin takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from threading import Thread

from despin import policy
from despin.allowed import spared
from despin.document import Document
from despin.finding import Finding, Rule
from despin.grammar_step import GrammarStep
from despin.once import once_property
from despin.options import Options
from despin.propose import Proposer
from despin.review import Review
from despin.rounds import MAX_ROUNDS, settle
from despin.rules import chosen
from despin.score import Scorer
from despin.score.loading import load
from despin.scored import SCORED_RULES, Explanation, ScoredProposer
from despin.softening import soften
from despin.span import Span
from despin.text.language import why_not_english

__all__ = ["MAX_ROUNDS", "Despinner"]


class Despinner:
    """Holds the lexicons and the scorer, loaded when first needed, for many documents.

    It keeps nothing of one document for the next: the same document gives the same review,
    alone or among others.
    """

    def __init__(self, options: Options | None = None) -> None:
        """Check the options; nothing large is loaded yet.

        Raises:
            UnknownRuleError: a rule is selected or ignored that does not exist.
            TypeError: the options are no `Options`.
        """
        if not isinstance(options, Options | None):
            raise TypeError(f"options must be Options, not {type(options).__name__}")
        self.options = options or Options()
        self.rules = chosen(self.options.select, self.options.ignore)

    @once_property
    def scorer(self) -> Scorer:
        """The scorer that the options ask for.

        Raises:
            ModelError: the language model is asked for and cannot be loaded.
            UnknownScorerError: no scorer has that name, or it cannot run here.
            JudgeError: the folder of judges holds none for it.
        """
        return load(self.options)

    @once_property
    def proposers(self) -> Sequence[Proposer]:
        """The pattern proposers of the chosen rules."""
        from despin.propose.registry import pattern_proposers

        return [p for p in pattern_proposers(self.options) if p.rules & self.rules]

    @once_property
    def grammar(self) -> GrammarStep:
        """LanguageTool, where it is wanted and there."""
        return GrammarStep(self.options, lambda: self.scorer)

    @once_property
    def scored(self) -> ScoredProposer:
        """The proposer whose findings come from the scorer."""
        return ScoredProposer(self.options, self.rules, lambda: self.scorer)

    def propose(self, document: Document | str) -> Review:
        """The review of what patterns alone show; quick, no model is asked."""
        document = _document(document)
        reason = why_not_english(document)
        if reason:
            return Review(document, notes=(*document.notes, reason))
        return Review(document, self.settled(document, self._pattern_findings(document)))

    def check(self, document: Document | str) -> Review:
        """The review of everything found in ``document``, all decisions open."""
        document = _document(document)
        reason = why_not_english(document)
        if reason:
            return Review(document, notes=(*document.notes, reason))
        self.grammar.start()
        self._load_early()
        patterns = self._pattern_findings(document)
        scored = self.scored.propose(document)
        found = [*patterns, *scored.findings]
        if Rule.GRAMMAR in self.rules:
            found += self.grammar.findings(document, self.settled(document, found))
        return Review(
            document=document,
            findings=self.settled(document, found),
            scorer=scored.scorer,
            model=scored.model,
            spun_share=scored.share,
            prior=scored.prior,
            notes=(*document.notes, *scored.notes, *self.grammar.notes),
        )

    def fix(self, document: Document | str) -> Review:
        """The review with what is safe accepted, repeated until nothing more is.

        Later rounds see the text that earlier ones made; their edits are carried back to the
        text as read. Where a document does not settle in `MAX_ROUNDS`, its scored edits are left
        to a person.
        """
        return settle(self.check, self._decide, _document(document))

    def rescore(self, review: Review, span: Span) -> Review:
        """The review with the open findings of the sentences around ``span`` scored again.

        The sentences are read with the accepted edits made. Decisions, the findings elsewhere and
        the document's prior stay.
        """
        from despin.rescoring import rescore

        return rescore(self, review, span)

    def explain(self, document: Document | str) -> list[Explanation]:
        """Every place of a text with all candidates that were scored, the likeliest first."""
        return self.scored.explain(_document(document))

    def close(self) -> None:
        """Give up what lives outside this process: the share in a LanguageTool server."""
        self.grammar.close()

    def _load_early(self) -> None:
        """Where the scorer will be asked and is not here yet, it is loaded beside other work."""
        if "scorer" not in self.__dict__ and self.rules & SCORED_RULES:
            Thread(target=self._try_to_load).start()

    def _try_to_load(self) -> None:
        with suppress(Exception):  # who asks for it tries again, and is told
            _ = self.scorer

    def _decide(self, review: Review) -> Review:
        decided = policy.decide(review, unsafe=self.options.unsafe_fixes)
        return self.grammar.check_edits(decided)

    def _pattern_findings(self, document: Document) -> list[Finding]:
        found = (f for proposer in self.proposers for f in proposer.propose(document))
        return [f for f in found if f.rule in self.rules]

    def settled(self, document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings above the bar, softened where protected, without overlaps.

        Nothing of them changes allowed words.
        """
        bar = self.options.min_confidence
        others = spared(document.text, findings, self.options.allow)
        softened = soften(document, others, self.options.quotes)
        return policy.resolve(f for f in softened if f.confidence >= bar)


def _document(document: Document | str) -> Document:
    return document if isinstance(document, Document) else Document("-", document)
