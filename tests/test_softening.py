"""Softening: law 7, by example and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.edit import Edit, apply
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.options import Quotes
from despin.softening import REPAIRS, soften
from despin.span import Span

TEXT = (
    "the ferry of Anna Berg sank near “the old harbour” and `a pier` at https://example.org/a, "
    "25 km from here. she waited."
)


def _finding(
    text: str,
    before: str,
    *after: str,
    rule: Rule = Rule.SYNONYM,
    applicability: Applicability = Applicability.SAFE,
) -> Finding:
    start = text.index(before)
    span = Span(start, start + len(before))
    candidates = tuple(Candidate(Edit(span, before, word), "test") for word in after)
    return Finding(rule, span, "", 0.95, applicability, candidates=candidates)


def _soften(finding: Finding, quotes: Quotes = Quotes.FLAG, text: str = TEXT) -> list[Finding]:
    return list(soften(Document("-", text), [finding], quotes))


def test_ordinary_words_pass_untouched() -> None:
    finding = _finding(TEXT, "sank", "foundered", "went down")
    assert _soften(finding) == [finding]


@pytest.mark.parametrize("hard", ["a pier", "example", "25 km", "km from", "at https"])
def test_findings_about_hard_text_are_dropped(hard: str) -> None:
    assert _soften(_finding(TEXT, hard, "other words")) == []
    assert _soften(_finding(TEXT, hard)) == []


def test_candidates_that_reach_into_hard_text_are_dropped_alone() -> None:
    start = TEXT.index("km from")
    wide = Edit(Span(start, start + 7), "km from", "miles off")
    narrow = Edit(Span(start + 3, start + 7), "from", "off")
    finding = Finding(
        Rule.SYNONYM,
        narrow.span,
        "",
        0.9,
        Applicability.SAFE,
        candidates=(Candidate(wide, "a"), Candidate(narrow, "b")),
    )
    [softened] = _soften(finding)
    assert [c.edit for c in softened.candidates] == [narrow]
    assert softened.applicability is Applicability.SAFE


def test_quoted_words_are_flagged_skipped_or_treated_alike() -> None:
    finding = _finding(TEXT, "old", "ancient")
    [flagged] = _soften(finding, Quotes.FLAG)
    assert (flagged.in_quote, flagged.applicability) == (True, Applicability.DISPLAY)
    [fixed] = _soften(finding, Quotes.FIX)
    assert (fixed.in_quote, fixed.applicability) == (True, Applicability.SAFE)
    assert _soften(finding, Quotes.SKIP) == []


def test_names_are_left_to_a_person() -> None:
    [softened] = _soften(_finding(TEXT, "Berg", "Mountain"), Quotes.FIX)
    assert softened.applicability is Applicability.DISPLAY
    assert not softened.in_quote


def test_what_changes_beside_a_name_does_not_touch_it() -> None:
    text = "the ferry sank.Anna Berg swam to Anna Berg’s house."
    finding = _finding(text, "sank.Anna", "sank. Anna", rule=Rule.MISSING_SPACE)
    assert _soften(finding, text=text) == [finding]


@pytest.mark.parametrize("rule", sorted(REPAIRS))
def test_repairs_reach_into_soft_text_but_not_into_hard(rule: Rule) -> None:
    for quotes in Quotes:
        soft = _finding(TEXT, "old", "ôld", rule=rule)
        assert _soften(soft, quotes) == [soft]
        assert _soften(_finding(TEXT, "pier", "piêr", rule=rule), quotes) == []


BLOCK = "Read Anna Berg’s “best” of 25 km at https://example.org/a now"


def test_a_scrape_block_goes_with_all_that_lies_wholly_inside() -> None:
    text = f"it sank.\n\n{BLOCK}\n\nthe end."
    whole = _finding(text, BLOCK, "", rule=Rule.BOILERPLATE)
    for quotes in Quotes:
        assert _soften(whole, quotes, text) == [whole]
    cut = _finding(text, BLOCK[: BLOCK.index("example")], "", rule=Rule.BOILERPLATE)
    assert _soften(cut, text=text) == []
    other = _finding(text, BLOCK, "", rule=Rule.DOUBLED_WORD)
    assert _soften(other, text=text) == []


@pytest.mark.parametrize("kept", ["`code`", "```\ncode\n```", "x <!-- despin:ignore -->"])
def test_a_scrape_block_never_takes_locked_text(kept: str) -> None:
    text = f"it sank.\n\nShare this\n{kept}\n\nthe end."
    block = f"Share this\n{kept}\n"
    assert _soften(_finding(text, block, "", rule=Rule.BOILERPLATE), text=text) == []


def test_front_matter_is_kept() -> None:
    text = "---\nshare: yes\n---\nit sank.\n"
    assert _soften(_finding(text, "share: yes", "", rule=Rule.BOILERPLATE), text=text) == []


PIECES = (
    *("the ferry", "sank", ".", ",", " ", "\n", "\n\n", "Anna Berg", "“", "”", "‘", "’", '"'),
    *("`x y`", "https://example.org/a", "a@example.org", "25 km", "<b>", "<!-- c -->", "NATO"),
    *("despin:ignore\n", "---\n", "a: b\n", "```\n"),
)


@st.composite
def documents_and_findings(draw: st.DrawFn) -> tuple[Document, list[Finding]]:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20)))
    places = st.integers(0, len(text))
    found = []
    for _ in range(draw(st.integers(1, 5))):
        candidates = []
        span = Span(*sorted((draw(places), draw(places))))
        for _ in range(draw(st.integers(0, 3))):
            edited = draw(st.one_of(st.just(span), st.builds(_span, places, places)))
            after = draw(st.sampled_from(["", "other", " ", f"a{edited.of(text)}"]))
            candidates.append(Candidate(Edit(edited, edited.of(text), after), "test"))
        rule, applicability = draw(st.sampled_from(Rule)), draw(st.sampled_from(Applicability))
        found.append(Finding(rule, span, "", 0.9, applicability, candidates=tuple(candidates)))
    return Document(draw(st.sampled_from(["a.md", "-"])), text), found


def _span(one: int, other: int) -> Span:
    return Span(min(one, other), max(one, other))


@given(documents_and_findings(), st.sampled_from(Quotes))
def test_law_7(case: tuple[Document, list[Finding]], quotes: Quotes) -> None:
    document, findings = case
    protected = document.protected
    for finding in soften(document, findings, quotes):
        for candidate in finding.candidates:
            edit = candidate.edit.trimmed()
            block = finding.rule is Rule.BOILERPLATE and not candidate.edit.after.strip()
            kept = protected.locked if block else protected.hard
            assert not any(span.overlaps(edit.span) for span in kept)
            if finding.rule in REPAIRS or block:
                continue
            if finding.applicability is not Applicability.DISPLAY:
                assert not any(span.overlaps(edit.span) for span in protected.names)
                if quotes is not Quotes.FIX:
                    assert not any(span.overlaps(edit.span) for span in protected.quotes)


@given(documents_and_findings())
def test_hard_text_is_still_there_after_any_edit(case: tuple[Document, list[Finding]]) -> None:
    document, findings = case
    words = [f for f in findings if f.rule is not Rule.BOILERPLATE]
    for finding in soften(document, words, Quotes.FIX):
        for candidate in finding.candidates:
            edit = candidate.edit.trimmed()
            result = apply(document.text, [edit])
            shift = len(edit.after) - len(edit.before)
            for span in document.protected.hard:
                moved = span.shifted(shift if span.start >= edit.span.end else 0)
                assert moved.of(result) == span.of(document.text)


@given(documents_and_findings(), st.sampled_from(Quotes))
def test_softening_twice_changes_nothing_more(
    case: tuple[Document, list[Finding]], quotes: Quotes
) -> None:
    document, findings = case
    once = list(soften(document, findings, quotes))
    assert list(soften(document, once, quotes)) == once
