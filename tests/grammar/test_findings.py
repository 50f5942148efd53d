"""Matches as findings: what is masked, flagged, ranked; matches given as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from despin.document import Document
from despin.finding import Applicability, Rule
from despin.grammar.masking import masked, with_neighbours
from despin.options import DEFAULT_MIN_CONFIDENCE, Quotes
from despin.policy import SAFE_CONFIDENCE
from despin.propose.grammar import findings
from despin.span import Span

Told = Callable[..., Any]
HAVE = [(r"He (have)", "HE_VERB_AGR", "GRAMMAR", ("has", "had"))]


def test_a_certain_rule_with_one_wording_is_safe(told: Told) -> None:
    document = Document("-", "They sent a apple.")
    (finding,) = findings(document, None, told())
    assert finding.rule is Rule.GRAMMAR
    assert finding.applicability is Applicability.SAFE
    assert finding.best is not None
    assert (finding.best.edit.before, finding.best.edit.after) == ("a", "an")
    assert finding.best.source == "LanguageTool EN_A_VS_AN"


def test_a_word_that_stands_twice_on_purpose_is_no_error(told: Told) -> None:
    twice = [(r"\b(\w+ \w+) not help", "ENGLISH_WORD_REPEAT_RULE", "MISC", ("did",))]
    document = Document("-", "What he did did not help. The The did not help.")
    assert findings(document, None, told(twice)) == []
    slip = [(r"the the", "ENGLISH_WORD_REPEAT_RULE", "MISC", ("the",))]
    (finding,) = findings(Document("-", "He sat at the the pier."), None, told(slip))
    assert finding.applicability is Applicability.SAFE


def test_an_stands_before_an_unstressed_h(told: Told) -> None:
    article = [(r"\b([Aa]n) “?[a-z]", "EN_A_VS_AN", "MISC", ("a",))]
    right = Document("-", "An historic day: an “heroic” crew sold an hotel.")
    assert findings(right, None, told(article)) == []
    (finding,) = findings(Document("-", "They built an house."), None, told(article))
    assert finding.applicability is Applicability.SAFE


def test_two_wordings_or_an_uncertain_rule_are_for_a_person(told: Told) -> None:
    document = Document("-", "He have left.")
    (finding,) = findings(document, None, told(HAVE))
    assert finding.applicability is Applicability.UNSAFE
    assert [c.edit.after for c in finding.candidates] == ["has", "had"]
    assert sum(c.confidence for c in finding.candidates) == pytest.approx(finding.confidence)
    rare = [("have", "ANOTHER", "GRAMMAR", ("has",))]
    (finding,) = findings(document, None, told(rare))
    assert finding.applicability is Applicability.UNSAFE


def test_the_language_model_ranks_and_may_object(told: Told) -> None:
    def rank(document: Document, span: Span, wordings: Sequence[str]) -> list[float]:
        assert span.of(document.text) == "have"
        return [{"has": -3.0, "had": 4.0}[wording] for wording in wordings]

    (finding,) = findings(Document("-", "He have left."), None, told(HAVE), rank=rank)
    assert [c.edit.after for c in finding.candidates] == ["had", "has"]
    assert [c.score for c in finding.candidates] == [4.0, -3.0]
    assert 0.92 < finding.confidence < 1

    apple = Document("-", "They sent a apple.")
    (finding,) = findings(apple, None, told(), rank=lambda *_: [-4.0])
    assert finding.applicability is Applicability.UNSAFE
    assert finding.confidence < 0.95


def test_masked_text_has_the_same_length_and_keeps_numbers() -> None:
    document = Document("-", "See https://example.org/an-apple or call a 30 times.")
    text = masked(document)
    assert len(text) == len(document.text)
    assert "example" not in text
    assert "30" in text
    assert text.endswith("times.")


def test_what_touches_a_mask_is_dropped(told: Told) -> None:
    rules = [("xxx", "R", "GRAMMAR", ("y",)), (r"\b(a) x", "EN_A_VS_AN", "MISC", ("an",))]
    document = Document("-", "There is a https://example.org/an page for you.")
    assert findings(document, None, told(rules)) == []
    far = [("(There) is a x", "R", "GRAMMAR", ("Here",))]
    assert len(findings(document, None, told(far))) == 1


def test_quotations_are_flagged_fixed_or_skipped(told: Told) -> None:
    document = Document("-", "She said “it is a apple” and left.")
    (flagged,) = findings(document, None, told())
    assert flagged.in_quote
    assert flagged.applicability is Applicability.DISPLAY
    (fixed,) = findings(document, None, told(), Quotes.FIX)
    assert fixed.in_quote
    assert fixed.applicability is Applicability.SAFE
    assert findings(document, None, told(), Quotes.SKIP) == []


def test_no_candidate_changes_a_name(told: Told) -> None:
    rules = [("Mr Walton say", "R", "GRAMMAR", ("Mr Waltons say", "Mr Walton says"))]
    document = Document("-", "Yesterday Mr Walton say it rained.")
    assert document.protected.in_name(Span(13, 19))
    (finding,) = findings(document, None, told(rules))
    assert [c.edit.after for c in finding.candidates] == ["says"]
    assert finding.confidence < 0.5


def test_a_verb_beside_a_name_is_no_certain_error(told: Told) -> None:
    rule = [("(has) two", "AGREEMENT_SENT_START", "GRAMMAR", ("have",))]
    club = Document("-", "In May the Ruxton Anchors has two matches; the boats has two oars.")
    assert club.protected.names
    named, boats = findings(club, None, told(rule))
    assert named.applicability is Applicability.UNSAFE
    assert named.confidence < 0.5
    assert boats.applicability is Applicability.SAFE


def test_a_match_without_a_wording_is_not_reported(told: Told) -> None:
    document = Document("-", "They sent a apple.")
    assert findings(document, None, told([("sent", "R", "GRAMMAR", ("sent",))])) == []


def test_only_the_sentences_asked_for_are_read(told: Told) -> None:
    checker = told()
    document = Document("-", "They sent a apple. They ate a egg.")
    (finding,) = findings(document, [document.sentences[1]], checker)
    assert finding.span.of(document.text) == "a"
    assert finding.span.start > 20
    assert all("apple" not in asked for asked in checker.asked)


def test_neighbours_are_looked_for_beyond_blanks() -> None:
    assert with_neighbours("one  two  six", Span(5, 8)) == Span(2, 11)
    assert with_neighbours("two", Span(0, 3)) == Span(0, 3)


def test_a_category_that_is_read_only_where_asked_for_is_shown(told: Told) -> None:
    misspelt = [("definately", "MORFOLOGIK_RULE_EN_US", "TYPOS", ("definitely",))]
    (finding,) = findings(Document("-", "She was definately late."), None, told(misspelt))
    assert finding.confidence >= DEFAULT_MIN_CONFIDENCE
    assert finding.applicability is Applicability.UNSAFE


@pytest.mark.parametrize(
    ("score", "applicability"),
    [(-0.9, Applicability.UNSAFE), (0.4, Applicability.SAFE)],
)
def test_nothing_is_safe_that_the_language_model_makes_less_than_nine_tenths_sure(
    score: float, applicability: Applicability, told: Told
) -> None:
    agreement = [("offers", "SUBJECT_VERB_AGREEMENT_PLURAL", "GRAMMAR", ("offer",))]
    document = Document("-", "Most shops offers it.")
    (finding,) = findings(document, None, told(agreement), rank=lambda *_: [score])
    assert finding.applicability is applicability
    assert (finding.confidence >= SAFE_CONFIDENCE) is (applicability is Applicability.SAFE)
