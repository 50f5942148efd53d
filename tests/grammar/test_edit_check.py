"""Accepted edits checked, with matches given as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.edit import Edit, apply, between
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.grammar.edit_check import check_edits
from despin.grammar.matches import Match
from despin.grammar.mending import keeps, origin, widened
from despin.policy import decide
from despin.review import By, Review, Verdict
from despin.span import Span

AGREEMENT = [("companies (offers)", "AGREEMENT_SENT_START", "GRAMMAR", ("offer",))]
TWICE = [(r"\b(to to)\b", "ENGLISH_WORD_REPEAT_RULE", "MISC", ("to",))]

Accepted = Callable[..., Review]
Told = Callable[..., Any]


@pytest.mark.parametrize(
    ("line", "rules", "edit"),
    [
        ("Use a [program -> app] here.", None, ("a program", "an app")),
        ("The [firm -> companies] offers it.", AGREEMENT, ("firm offers", "companies offer")),
        (
            "[In line with -> According to] to it.",
            TWICE,
            ("In line with", "According"),  # and the "to" that stood there
        ),
        ("Use an [program -> map] here.", None, ("an program", "a map")),
        ("Use a [program -> map] here.", None, ("program", "map")),
    ],
)
def test_the_decision_takes_the_neighbour_along(
    line: str, rules: object, edit: tuple[str, str], accepted: Accepted, told: Told
) -> None:
    review = accepted(line)
    checked = check_edits(review, told(rules) if rules else told())
    (decision,) = checked.decisions
    assert decision.edit is not None
    assert (decision.edit.before, decision.edit.after) == edit
    assert decision.by is By.POLICY
    assert checked.findings == review.findings
    assert Review.from_json(checked.to_json()) == checked


def test_an_edit_whose_error_cannot_be_mended_is_opened_with_the_reason(
    accepted: Accepted, told: Told
) -> None:
    broken = told([("bad (word)", "SOME_RULE", "GRAMMAR", ())])
    checked = check_edits(accepted("A [good -> bad] word, a [big -> large] one."), broken)
    assert checked.result() == "A good word, a large one."
    bad, large = checked.findings
    assert bad.applicability is Applicability.UNSAFE
    assert "SOME_RULE says so" in bad.message
    assert large.applicability is Applicability.SAFE
    assert [d.verdict for d in checked.decisions] == [Verdict.OPEN, Verdict.ACCEPTED]


def test_an_error_that_was_there_before_is_not_held_against_an_edit(
    accepted: Accepted, told: Told
) -> None:
    rule = [("was (gone)", "SOME_RULE", "GRAMMAR", ("going",))]
    review = accepted("The [firm -> company] said it was gone.")
    assert check_edits(review, told(rule)) == review
    next_to_it = accepted("It [is -> was] here, it [got -> was] gone.")
    assert check_edits(next_to_it, told(rule)).result() == "It was here, it was going."


def test_what_a_person_decided_stays(accepted: Accepted, told: Told) -> None:
    review = accepted("Use a [program -> app] here.", by=By.USER)
    assert check_edits(review, told()) == review


def test_repairs_of_characters_are_not_asked_about(accepted: Accepted, told: Told) -> None:
    checker = told()
    review = accepted("Use a [program -> app] here.", rule=Rule.MOJIBAKE)
    assert check_edits(review, checker) == review
    assert checker.asked == []


@pytest.mark.parametrize(
    "line",
    ["“Use a” [program -> app] here.", "Ask Vitamin a [program -> app] here."],
)
def test_no_edit_reaches_into_a_quotation_or_a_name(
    line: str, accepted: Accepted, told: Told
) -> None:
    review = accepted(line)
    document = review.document
    name = document.text.find("Vitamin a")
    if name >= 0:
        protected = document.protected
        object.__setattr__(protected, "names", (Span(name, name + len("Vitamin a")),))
    checked = check_edits(review, told([("(a)”? app", "EN_A_VS_AN", "MISC", ("an",))]))
    assert checked.result() == document.text
    assert checked.findings[0].applicability is Applicability.UNSAFE


def test_two_edits_of_a_sentence_are_mended_together(accepted: Accepted, told: Told) -> None:
    review = accepted("Buy a [car -> auto] or a [program -> app] or an [idea -> hat] now.")
    assert check_edits(review, told()).result() == "Buy an auto or an app or a hat now."


def test_a_document_without_edits_is_not_asked_about(told: Told) -> None:
    checker = told()
    review = Review(Document("-", "Use a app."))
    assert check_edits(review, checker) is review
    assert checker.asked == []


@given(st.text("abc ", max_size=12), st.text("abc ", max_size=12), st.data())
def test_origin_leads_back_to_the_same_words(before: str, after: str, data: st.DataObject) -> None:
    edits = between(before, after)
    assert apply(before, edits) == after
    start = data.draw(st.integers(0, len(after)))
    end = data.draw(st.integers(start, len(after)))
    place = origin(Span(start, end), edits)
    assert 0 <= place.start <= place.end <= len(before)
    inside = [
        e for e in edits if e.span.overlaps(place) or e.span.start in (place.start, place.end)
    ]
    if not inside and not any(e.span.end in (place.start, place.end) for e in edits):
        assert place.of(before) == after[start:end]


def test_suggestions_that_undo_the_edit_are_not_tried() -> None:
    text = "the company sells"
    edit = Edit(Span(4, 11), "company", "companies")
    match = Match(Span(4, 13), "R", "GRAMMAR", "", ("company", "firm", "companies all"))
    assert [wide.after for wide in widened(text, edit, [], match)] == ["companies all"]


def test_keeps_knows_other_forms_of_a_word() -> None:
    assert keeps("company", "the companies offer")
    assert keeps("is", "it is")
    assert not keeps("app", "the program")
    assert not keeps("is", "its")


def test_an_edit_takes_no_allowed_word_along(accepted: Accepted, told: Told) -> None:
    review = accepted("The [firm -> companies] offers it.")
    checked = check_edits(review, told(AGREEMENT), allow=("Offers",))
    assert checked.result() == "The firm offers it."
    assert check_edits(review, told(AGREEMENT), allow=("it",)).result() == (
        "The companies offer it."
    )


def test_many_edits_are_checked(told: Told) -> None:
    """Any step that took quadratic time would take many times as long here."""
    line, many = "They desire to cross the river.\n", 8_000
    document = Document("-", line * many)
    places = (Span(at, at + 6) for at in range(5, len(line) * many, len(line)))
    edits = [Edit(place, "desire", "want") for place in places]
    findings = tuple(
        Finding(
            Rule.SYNONYM,
            edit.span,
            "Spun.",
            0.99,
            Applicability.SAFE,
            candidates=(Candidate(edit, "list", confidence=0.99),),
        )
        for edit in edits
    )
    review = decide(Review(document, findings))
    assert check_edits(review, told([])) == review
