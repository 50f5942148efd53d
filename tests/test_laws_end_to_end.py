"""The laws of docs/design.md that only the whole pipeline can keep or break: 5, 6 and 7."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from despin import Despinner, Options, Review
from despin.document import Document
from despin.finding import Applicability, Rule
from despin.options import Grammar
from despin.review import By, Verdict
from despin.rounds import UNSETTLED
from despin.softening import REPAIRS

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
SENTENCES = sorted(
    {
        span.of(document.text)
        for document in (Document(path.name, path.read_text("utf-8")) for path in EXAMPLES)
        for span in document.sentences
    }
)
ODD = (
    *("as”a gift” of", "said.Nobody", "the the", "â€™", "&amp;", "&lt;b&gt;", "{old|new}", "{of"),
    *("“He mentioned the money,”", "‘the the’", "Maria Brandt", "25 km", "`the the`", "a | b"),
    *("https://example.org/the-the?a=1&amp;b=2", "a@example.org", "<b>the the</b>"),
    *("\nRelated Article:\nAnother story\n", "\nShare this article on Facebook\n", "```\n"),
    *("<!-- despin:ignore -->", "---\n", "\u00a0", "\u200b", "\u2028", "\x0b", "\ufeff"),
    *("é", "e\u0301", "👩‍🚒", "Ω", "的", "”", "“", '"', "’", "(", "…", "-", "\x1c", "\t"),
)
GAPS = (" ", " ", " ", "", "\n", "\n\n", "\r\n\r\n", "  ")
TEXTS = st.lists(
    st.one_of(st.sampled_from(SENTENCES), st.sampled_from(ODD), st.text(max_size=5)),
    max_size=8,
).flatmap(
    lambda parts: st.lists(st.sampled_from(GAPS), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    )
)
laws = settings(max_examples=60, deadline=None)


@cache
def despinner(*, unsafe: bool = False) -> Despinner:
    return Despinner(
        Options(scorer="fast", grammar=Grammar.OFF, unsafe_fixes=unsafe, min_confidence=0.3)
    )


def outside(review: Review) -> tuple[str, str]:
    """What lies outside the accepted edits in the text as read, and in the result."""
    text, result = review.document.text, review.result()
    before, after, at, shift = [], [], 0, 0
    for edit in review.edits():
        assert edit.span.of(text) == edit.before
        before.append(text[at : edit.span.start])
        after.append(result[at + shift : edit.span.start + shift])
        at = edit.span.end
        shift += len(edit.after) - len(edit.before)
    return "".join([*before, text[at:]]), "".join([*after, result[at + shift :]])


@laws
@given(TEXTS, st.booleans())
def test_law_5_nothing_changes_outside_accepted_edits(text: str, unsafe: bool) -> None:
    review = despinner(unsafe=unsafe).fix(text)
    before, after = outside(review)
    assert before == after


@laws
@given(TEXTS)
def test_law_6_rejecting_everything_gives_the_document_back(text: str) -> None:
    review = despinner().fix(text)
    for index in range(len(review.findings)):
        review = review.decide(index, Verdict.REJECTED)
    assert review.result() == text


@laws
@given(TEXTS, st.booleans())
def test_law_6_the_result_of_a_fix_is_fixed(text: str, unsafe: bool) -> None:
    review = despinner(unsafe=unsafe).fix(text)
    if UNSETTLED not in review.notes:
        again = despinner(unsafe=unsafe).fix(replace(review.document, text=review.result()))
        assert again.edits() == ()


@laws
@given(TEXTS, st.booleans())
def test_law_7_protected_text_is_kept(text: str, unsafe: bool) -> None:
    review = despinner(unsafe=unsafe).check(text)
    protected = review.document.protected
    for finding in review.findings:
        for candidate in finding.candidates:
            edit = candidate.edit.trimmed()
            block = finding.rule is Rule.BOILERPLATE and not candidate.edit.after.strip()
            assert not (protected.is_locked if block else protected.is_hard)(edit.span)
            if finding.applicability is not Applicability.DISPLAY and not block:
                soft = protected.in_quote(edit.span) or protected.in_name(edit.span)
                assert finding.rule in REPAIRS or not soft


@laws
@given(TEXTS)
def test_a_policy_takes_nothing_that_is_for_display(text: str) -> None:
    review = despinner(unsafe=True).fix(text)
    for finding, decision in zip(review.findings, review.decisions, strict=True):
        if decision.edit is not None:
            assert decision.by is By.POLICY
            assert finding.applicability is not Applicability.DISPLAY
