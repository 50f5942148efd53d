"""The real LanguageTool: offsets, lengths, clean prose, and the same answers in any company."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from despin.document import Document
from despin.finding import Applicability
from despin.grammar.client import ServerChecker
from despin.grammar.edit_check import check_edits
from despin.grammar_step import GrammarStep
from despin.options import Grammar, Options
from despin.policy import decide
from despin.propose.doubled_words import DoubledWordProposer
from despin.propose.grammar import findings
from despin.review import Review
from despin.span import Span

pytestmark = pytest.mark.languagetool

ARTICLE = """\
Harbour town votes on a new ferry

Mayor Dana Whitlock said on Tuesday that “the old boat are a danger and we needs a new one”.

The council meets again in May. Ms Whitlock wants a vote because no local companies offers the \
same repairs for less than £40,000.

“It is an disgrace,” said Pete O’Hara, who runs Ahmeds Boats. See https://example.org/an-boat for \
a list of dates.

The Blue Anchors has played at at the pier since 2011. Its drummer works for an engineering firm.
"""


def mended(text: str, checker: ServerChecker) -> Review:
    document = Document("-", text)
    review = decide(Review(document, tuple(findings(document, None, checker))))
    return check_edits(review, checker)


def test_errors_are_mended_outside_quotations_and_names(checker: ServerChecker) -> None:
    review = mended(ARTICLE, checker)
    changed = {(edit.before, edit.after) for edit in review.edits()}
    assert changed == {("offers", "offer"), (" at", "")}
    protected = review.document.protected
    for edit in review.edits():
        assert not protected.in_quote(edit.span)
        assert not protected.in_name(edit.span)
        assert not protected.is_hard(edit.span)
    assert not mended(review.result(), checker).edits()


def test_a_sentence_is_read_alike_alone_and_among_others(checker: ServerChecker) -> None:
    document = Document("-", ARTICLE)
    together = findings(document, None, checker)
    alone = [
        finding
        for sentence in document.sentences
        for finding in findings(document, [sentence], ServerChecker(checker._server))
    ]
    assert alone == together


def test_places_are_right_behind_characters_that_count_twice(checker: ServerChecker) -> None:
    text = "😀😀 They saw a 𝒶 and ate a apple 🍎. 👩‍👩‍👧 He went to to bed."
    found = checker.check(text)
    assert [match.span.of(text) for match in found] == ["a", "to to"]


def test_a_long_line_is_read_to_its_end(checker: ServerChecker) -> None:
    text = "The ferry left at noon. " * 1_500 + "x" * 30_000 + " They ate a apple."
    (match,) = checker.check(text)
    assert match.span.start == text.index("a apple")
    assert checker.note is None


class _Sure:
    """A scorer to which every wording reads far better."""

    def compare(self, _: Document, __: Span, wordings: Sequence[str]) -> list[float]:
        return [9.0 for _ in wordings]


def test_what_a_pattern_mends_is_left_to_it(
    checker: ServerChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("despin.grammar_step.open_checker", lambda *_: (checker, None))
    document = Document("-", "He sat at the the pier. No other companies offers it.")
    (doubled,) = DoubledWordProposer().propose(document)
    step = GrammarStep(Options(grammar=Grammar.ALL), _Sure)
    alone, beside = step.findings(document, []), step.findings(document, [doubled])
    assert [f.span.of(document.text) for f in alone] == ["the the", "offers"]
    assert beside == alone[1:]


def test_what_a_pattern_only_asks_about_is_not_mended_unasked(
    checker: ServerChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("despin.grammar_step.open_checker", lambda *_: (checker, None))
    document = Document("-", "Nobody could say what shape it was in in winter.")
    (doubled,) = DoubledWordProposer().propose(document)
    assert doubled.applicability is Applicability.UNSAFE
    step = GrammarStep(Options(grammar=Grammar.ALL), _Sure)
    assert step.findings(document, [doubled]) == []
