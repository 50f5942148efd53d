"""Rounds: repairs that follow from repairs, merged into edits of the text as read."""

from __future__ import annotations

import re

from despin.document import Document
from despin.edit import Edit, apply
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.policy import decide
from despin.review import Review, Verdict
from despin.rounds import UNSETTLED, settle
from despin.span import Span


def finds(*rows: tuple[str, str, Rule, Applicability]):  # type: ignore[no-untyped-def]
    """A checker that finds fixed words."""

    def check(document: Document) -> Review:
        found = [
            Finding(
                rule,
                Span(*match.span()),
                "",
                0.95,
                applicability,
                candidates=(Candidate(Edit(Span(*match.span()), match.group(), after), "s"),),
            )
            for before, after, rule, applicability in rows
            for match in re.finditer(before, document.text)
        ]
        return Review(document, tuple(sorted(found, key=lambda f: f.span)))

    return check


SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def test_a_second_round_sees_what_the_first_made_and_both_become_one_review() -> None:
    check = finds(
        ("one", "two", Rule.SYNONYM, SAFE),
        ("two lamps", "three lamps", Rule.PHRASE, SAFE),
        ("dim", "faint", Rule.SYNONYM, UNSAFE),
    )
    document = Document("-", "a dim room with one lamps, one chair and a dim bulb")
    review = settle(check, decide, document)
    assert review.result() == "a dim room with three lamps, two chair and a dim bulb"
    assert review.document is document
    assert apply(document.text, review.edits()) == review.result()
    assert [review.findings[i].span.of(document.text) for i in review.open()] == ["dim", "dim"]


def test_a_document_that_does_not_settle_keeps_only_its_pattern_edits() -> None:
    check = finds(
        ("tick", "tock", Rule.SYNONYM, SAFE),
        ("tock", "tick", Rule.SYNONYM, SAFE),
        ("the the", "the", Rule.DOUBLED_WORD, SAFE),
    )
    review = settle(check, decide, Document("-", "tick in the the night"))
    assert review.result() == "tick in the night"
    assert UNSETTLED in review.notes
    unsafe = [f for f in review.findings if f.rule is Rule.SYNONYM]
    assert all(f.applicability is UNSAFE for f in unsafe)


def test_nothing_to_fix_gives_the_check_itself() -> None:
    check = finds(("dim", "faint", Rule.SYNONYM, UNSAFE))
    document = Document("-", "a dim room")
    review = settle(check, decide, document)
    assert review == check(document)
    assert (
        settle(check, lambda review: decide(review, unsafe=True), document).result()
        == "a faint room"
    )
    assert review.decisions[0].verdict is Verdict.OPEN


def test_a_finding_of_a_later_round_stands_where_its_words_are_in_the_first_text() -> None:
    check = finds(
        ("dim", "faint", Rule.SYNONYM, SAFE),
        ("in in(?=.*faint)", "in", Rule.DOUBLED_WORD, SAFE),
    )
    document = Document("-", "put in in March, and dim")
    review = settle(check, decide, document)
    assert review.result() == "put in March, and faint"
    assert [f.span.of(document.text) for f in review.findings] == ["in in", "dim"]


def test_what_the_first_round_left_to_a_person_stays_where_no_edit_mends_it() -> None:
    def check(document: Document) -> Review:
        doubtful = "dim|a glum|merry" if "lamps" in document.text else "merry"
        return finds(
            ("lamps", "lights", Rule.SYNONYM, SAFE),
            (doubtful, "faint", Rule.SYNONYM, UNSAFE),
            ("glum", "sad", Rule.PHRASE, SAFE),
        )(document)

    document = Document("-", "dim lamps, a glum bulb, merry")
    review = settle(check, decide, document)
    assert review.result() == "dim lights, a sad bulb, merry"
    left = [review.findings[i].span.of(document.text) for i in review.open()]
    assert left == ["dim", "merry"]  # "a glum" is mended in part, and was judged as it stood then


def test_grammar_beside_what_the_first_round_left_to_a_person_is_left_too() -> None:
    def check(document: Document) -> Review:
        beside = "put in" if "dim" in document.text else "never"  # found as long as dim is there
        return finds(
            ("dim", "faint", Rule.SYNONYM, SAFE),
            (beside, "installed", Rule.SYNONYM, UNSAFE),
            ("(?<=put in) in(?=.*faint)", "", Rule.GRAMMAR, SAFE),
            ("an bulb", "a bulb", Rule.GRAMMAR, SAFE),
        )(document)

    document = Document("-", "put in in March, and dim; " + 40 * "." + " an bulb")
    review = settle(check, decide, document)
    assert review.result().startswith("put in in March, and faint")
    assert review.result().endswith(" a bulb")


def test_a_text_of_faults_alone_settles_in_linear_time() -> None:
    check = finds(("ab ", "a b", Rule.ENTITY, SAFE), ("a b", "c", Rule.MOJIBAKE, SAFE),
                  ("d", "e", Rule.SYNONYM, UNSAFE))  # fmt: skip
    review = settle(check, decide, Document("-", "ab d" * 10_000))
    assert review.result() == "cd" * 10_000
    assert len(list(review.open())) == 10_000
