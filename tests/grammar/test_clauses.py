"""Clauses read as sentences of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from despin.grammar.clauses import clauses
from despin.grammar.reading import read
from despin.grammar.server import Checker


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It closed because no shops offers it.", ["no shops offers it."]),
        ("He said that most trains runs late.", ["most trains runs late."]),
        ("It rained and the cats slept.", []),
        ("What follows after the games is unclear.", []),
        ("They stayed because of the rain.", []),
        ("The that-clause is not one.", []),
    ],
)
def test_clauses_begin_after_conjunctions_before_a_determiner(
    sentence: str, found: list[str]
) -> None:
    assert [span.of(sentence) for span, _ in clauses(sentence)] == found


def test_only_rules_about_a_beginning_are_believed_in_a_clause(
    told: Callable[..., Checker],
) -> None:
    sentence = "It closed because no shops offers it."
    believed = ("No shops (offers)", "AGREEMENT_SENT_START", "GRAMMAR", ("offer",))
    other = ("No shops offers", "SOME_RULE", "GRAMMAR", ("x",))
    ((match,),) = read(told([believed, other]), [sentence])
    assert match.span.of(sentence) == "offers"


def test_a_singular_subject_is_not_judged_before_a_subjunctive(
    told: Callable[..., Checker],
) -> None:
    rule = ("The car (were)", "SINGULAR_AGREEMENT_SENT_START", "GRAMMAR", ("was",))
    if_, because = read(told([rule]), ["If the car were red.", "It hid because the car were red."])
    assert if_ == ()
    assert len(because) == 1


def test_sentences_do_not_share_matches(told: Callable[..., Any]) -> None:
    told = told([("end", "A", "GRAMMAR", ()), ("end\n\nbegin", "B", "GRAMMAR", ())])
    first, second = read(told, ["the end", "begin here"])
    assert [match.rule_id for match in first] == ["A"]
    assert second == ()
    assert len(told.asked) == 1


def test_an_endless_sentence_is_sent_once_or_twice_not_in_its_square() -> None:
    sentence = "It closed because no shops offers it and " * 10_000
    sent = sum(len(span) for span, _ in clauses(sentence))
    assert sent < 10 * len(sentence)
