"""What people's decisions teach."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.learning.lessons import Lesson, Sighting, of_review
from despin.learning.pairs import Pair
from despin.learning.tally import Counts, Tally
from despin.lexicon.rows import Kind
from despin.review import By, Review, Verdict
from despin.span import Span
from despin.wording import replacement_edit

TEXT = (
    "The clinic offers a surgery to boffins. Its invoice was paid, he mentioned. "
    "The Home debated it, and no Boffins came from Oslo."
)
BILL = Pair("invoice", "bill", Kind.WORD)


def found(text: str, words: str, *wordings: str, rule: Rule = Rule.SYNONYM) -> Finding:
    span = Span(text.index(words), text.index(words) + len(words))
    candidates = tuple(Candidate(replacement_edit(text, span, w), "test") for w in wordings)
    return Finding(rule, span, "m", 0.9, Applicability.SAFE, candidates=candidates)


def review(*findings: Finding, text: str = TEXT, name: str = "folder/a.txt") -> Review:
    return Review(Document(name, text), findings)


def pairs(lessons: list[Lesson]) -> list[tuple[str, str, str]]:
    return [(lesson.how.value, p.spun, p.original) for lesson in lessons for p in lesson.pairs]


def test_an_accepted_edit_is_a_row_without_its_article() -> None:
    decided = review(found(TEXT, "surgery", "operation")).decide(0, Verdict.ACCEPTED)
    assert decided.edits()[0].before == "a surgery"
    lessons = list(of_review(decided))
    assert pairs(lessons) == [("accepted", "surgery", "operation")]
    assert (lessons[0].name, lessons[0].words) == ("a.txt", "surgery")


def test_a_wording_of_the_persons_own_counts() -> None:
    finding = found(TEXT, "invoice", "bill")
    edit = replacement_edit(TEXT, finding.span, "fee")
    decided = review(finding).decide(0, Verdict.ACCEPTED, edit)
    assert pairs(list(of_review(decided))) == [("accepted", "invoice", "fee")]


def test_a_rejection_counts_against_the_first_wording() -> None:
    decided = review(found(TEXT, "invoice", "bill", "fee")).decide(0, Verdict.REJECTED)
    assert pairs(list(of_review(decided))) == [("rejected", "invoice", "bill")]


@pytest.mark.parametrize("verdict", [Verdict.OPEN, Verdict.ACCEPTED, Verdict.REJECTED])
def test_what_the_policy_decided_counts_for_nothing(verdict: Verdict) -> None:
    decided = review(found(TEXT, "invoice", "bill")).decide(0, verdict, by=By.POLICY)
    assert list(of_review(decided)) == []


def test_open_findings_and_those_without_a_wording_teach_nothing() -> None:
    decided = review(found(TEXT, "invoice", "bill"), found(TEXT, "boffins"))
    assert list(of_review(decided.decide(1, Verdict.REJECTED))) == []


@pytest.mark.parametrize("rule", [Rule.DOUBLED_WORD, Rule.MOJIBAKE, Rule.GRAMMAR, Rule.SPINTAX])
def test_mended_damage_is_no_wording(rule: Rule) -> None:
    decided = review(found(TEXT, "invoice", "bill", rule=rule)).decide(0, Verdict.ACCEPTED)
    assert list(of_review(decided)) == []


@pytest.mark.parametrize(
    ("words", "wording"), [("Home", "House"), ("Oslo", "Bergen"), ("boffins", "NASA staff")]
)
def test_names_are_learnt_when_asked_for(words: str, wording: str) -> None:
    decided = review(found(TEXT, words, wording)).decide(0, Verdict.ACCEPTED)
    assert pairs(list(of_review(decided))) == []
    assert len(pairs(list(of_review(decided, names=True)))) == 1


def tally(*lessons: Lesson, known: set[str] | None = None) -> Tally:
    counted = Tally(known=set(known or ()))
    counted.take(lessons)
    return counted


def test_decisions_made_later_add_to_those_made_before() -> None:
    text = "The invoice is due, and the invoice of May as well."
    second = text.rindex("invoice")
    findings = (found(text, "invoice", "bill"), found(text, "invoice", "bill"))
    span = Span(second, second + 7)
    candidate = Candidate(replacement_edit(text, span, "bill"), "test")
    findings = (
        findings[0],
        Finding(Rule.SYNONYM, span, "m", 0.9, Applicability.SAFE, candidates=(candidate,)),
    )
    monday = review(*findings, text=text).decide(0, Verdict.ACCEPTED)
    first = tally(*of_review(monday))
    assert first.counts == {BILL: Counts(documents=1, accepted=1)}
    tuesday = tally(*of_review(monday.decide(1, Verdict.ACCEPTED)), known=first.known)
    assert tuesday.counts == {BILL: Counts(documents=0, accepted=1)}
    again = tally(*of_review(monday.decide(1, Verdict.ACCEPTED)), known=tuesday.known)
    assert again.counts == {}


def test_words_that_are_always_left_are_named() -> None:
    texts = [f"The invoice is due, and boffins paid it in {month}." for month in ("May", "June")]
    lessons = []
    for number, text in enumerate(texts):
        findings = (found(text, "invoice", "bill"), found(text, "boffins", "scientists"))
        verdict = Verdict.ACCEPTED if number else Verdict.REJECTED
        decided = review(*findings, text=text).decide(0, Verdict.REJECTED).decide(1, verdict)
        lessons += of_review(decided)
    counted = tally(*lessons)
    assert counted.always_left() == ["invoice"]
    assert counted.counts[BILL] == Counts(rejected=2)
    assert {lesson.how for lesson in lessons} == {Sighting.ACCEPTED, Sighting.REJECTED}
