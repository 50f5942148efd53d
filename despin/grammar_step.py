"""Grammar as a step of the pipeline: what to read, and what to do where there is no server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from despin.document import Document
from despin.finding import Applicability, Finding, Rule
from despin.grammar.matches import CATEGORIES
from despin.grammar.server import (
    EXTRA_MISSING,
    Checker,
    default_mode,
    open_checker,
    why_unavailable,
)
from despin.once import once_property
from despin.options import Grammar, Options
from despin.review import Review
from despin.rules import is_scored
from despin.span import Span
from despin.text.span_index import overlapping


class GrammarStep:
    """LanguageTool beside the pipeline; without it every call is a no-op."""

    def __init__(self, options: Options, scorer: Callable[[], object]) -> None:
        """Hold the options; ``scorer`` gives the scorer, which may be able to rank wordings."""
        self._options = options
        self._scorer = scorer

    @once_property
    def _checker(self) -> Checker | None:
        if default_mode(self._options) is Grammar.OFF:
            return None
        return open_checker(self._options, self._options.grammar_categories or CATEGORIES)[0]

    @property
    def notes(self) -> tuple[str, ...]:
        """Why grammar was not checked, if it was wanted.

        Somebody who neither asked for grammar, in any option, nor installed the extra is told
        nothing.
        """
        if self._checker is not None:
            return (self._checker.note,) if self._checker.note else ()
        if self._options.grammar is Grammar.OFF:
            return ()
        reason = why_unavailable(self._options)
        if reason is None or (reason == EXTRA_MISSING and not self._asked):
            return ()
        return (reason,)

    @property
    def _asked(self) -> bool:
        """Whether an option speaks of grammar."""
        options = self._options
        return bool(options.grammar or options.grammar_categories or options.languagetool_url)

    def start(self) -> None:
        """Let the server start while other work is done."""
        if self._checker is not None:
            self._checker.start()

    def findings(self, document: Document, found: Sequence[Finding]) -> list[Finding]:
        """LanguageTool's findings in the sentences that hold ``found``, or in all.

        An error in words that are probably spun is the swap's own, and goes with it. So, most
        likely, does one beside them: there nothing is mended unasked. What a pattern mends unasked
        is left to it, and so is a word that stands twice, which it may only ask about.
        """
        if self._checker is None:
            return []
        from despin.propose.grammar import Rank, findings

        spans: list[Span] | None = None
        if default_mode(self._options) is Grammar.FINDINGS:
            spans = [document.sentence_at(finding.span.start) for finding in found]
        near = [finding.span for finding in found if is_scored(finding.rule)]
        rank: Rank | None = getattr(self._scorer(), "compare", None)
        objections = findings(document, spans, self._checker, self._options.quotes, rank)
        safe = [finding.span for finding in found if finding.applicability is Applicability.SAFE]
        twice = [finding.span for finding in found if finding.rule is Rule.DOUBLED_WORD]
        taken, spun = overlapping([*near, *safe, *twice]), overlapping(near)
        return [beside_spun(each, spun) for each in objections if not taken(each.span)]

    def check_edits(self, review: Review) -> Review:
        """The review with accepted edits that would add an error mended or left to a person."""
        if self._checker is None:
            return review
        from despin.grammar.edit_check import check_edits

        checked = check_edits(review, self._checker, self._options.allow)
        note = self._checker.note
        if note is None or note in checked.notes:
            return checked
        return replace(checked, notes=(*checked.notes, note))

    def close(self) -> None:
        """Give the server up."""
        if "_checker" in self.__dict__ and self._checker is not None:
            self._checker.close()


REACH = 30
"""Code points between a spun word and an error it may have made: a few words."""


def beside_spun(finding: Finding, spun: Callable[[Span], bool]) -> Finding:
    """The finding, unsafe where a spun word is near; ``spun`` says whether one overlaps a span."""
    near = Span(max(0, finding.span.start - REACH), finding.span.end + REACH)
    if finding.applicability is Applicability.SAFE and spun(near):
        return replace(finding, applicability=Applicability.UNSAFE)
    return finding
