"""Reviews: decisions, results and the round trip through JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.edit import Edit, apply
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.policy import beside, decide, extent, resolve
from despin.prior import Prior
from despin.review import By, Decision, Review, Verdict
from despin.span import Span
from despin.wire import WireError

TEXTS = st.text(alphabet="ab c“”\r\n😀é", min_size=1, max_size=40)


@st.composite
def findings_in(draw: st.DrawFn, text: str) -> Finding:
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    span = Span(start, end)
    candidates = tuple(
        Candidate(
            Edit(span, span.of(text), draw(st.text(alphabet="xy ", max_size=5))),
            draw(st.sampled_from(["WordNet", "Moby"])),
            draw(st.none() | st.floats(-9, 9, width=32)),
            draw(st.floats(0, 1, width=32)),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return Finding(
        rule=draw(st.sampled_from(list(Rule))),
        span=span,
        message=draw(st.text(max_size=10)),
        confidence=draw(st.floats(0, 1, width=32)),
        applicability=draw(st.sampled_from(list(Applicability))),
        in_quote=draw(st.booleans()),
        candidates=candidates,
    )


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    text = draw(TEXTS)
    found = resolve(draw(st.lists(findings_in(text), max_size=8)))
    prior = draw(st.sampled_from([None, Prior(0.25, 0.125)]))
    review = Review(Document("a.txt", text, notes=("read",), meta={"k": "v"}), found, prior=prior)
    for index in range(len(found)):
        verdict = draw(st.sampled_from(list(Verdict)))
        if verdict is Verdict.ACCEPTED and found[index].best is None:
            continue
        review = review.decide(index, verdict, by=draw(st.sampled_from(list(By))))
    return review


@given(reviews())
def test_a_review_survives_json(review: Review) -> None:
    assert Review.from_json(review.to_json()) == review
    assert "\n" not in review.to_json()


def test_a_review_older_than_priors_of_quotations_has_one_for_all_words() -> None:
    line = Review(Document("a.txt", "They met."), (), prior=Prior(0.25, 0.125)).to_json()
    older = {key: value for key, value in json.loads(line).items() if key != "quoted_prior"}
    assert Review.from_json(json.dumps(older)).prior == Prior.same(0.25)


def test_a_name_that_is_not_utf_8_survives_json() -> None:
    review = Review(Document("caf\udce9 é 😀.txt", "They met – in the rain."), ())
    line = review.to_json()
    line.encode("utf-8")
    assert "\n" not in line
    assert Review.from_json(line) == Review.from_json(line.encode("utf-8")) == review


@given(reviews())
def test_the_result_is_the_accepted_edits_applied_and_nothing_else(review: Review) -> None:
    text = review.document.text
    assert review.result() == apply(text, review.edits())
    rejected = review
    for index in range(len(review.findings)):
        rejected = rejected.decide(index, Verdict.REJECTED)
    assert rejected.result() == text


def overlap(one: Finding, other: Finding) -> bool:
    """Whether two findings cannot both stand in a review."""
    return extent(one).overlaps(extent(other)) or extent(one) == extent(other)


@given(TEXTS.flatmap(lambda text: st.lists(findings_in(text), max_size=12)), st.integers(0, 12))
def test_what_is_beside_others_overlaps_none_of_them(found: list[Finding], cut: int) -> None:
    some, others = found[:cut], found[cut:]
    kept = list(beside(some, map(extent, others)))
    assert kept == [f for f in some if not any(overlap(f, other) for other in others)]


@given(TEXTS.flatmap(lambda text: st.lists(findings_in(text), max_size=12)))
def test_what_resolve_keeps_never_overlaps_and_stays(found: list[Finding]) -> None:
    kept = resolve(found)
    assert resolve(kept) == kept
    for index, finding in enumerate(kept):
        assert not any(overlap(finding, other) for other in kept[index + 1 :])


@given(reviews())
def test_the_policy_accepts_only_what_may_be_done_unasked(review: Review) -> None:
    fresh = Review(review.document, review.findings)
    decided = decide(fresh)
    for finding, decision in zip(decided.findings, decided.decisions, strict=True):
        if decision.verdict is Verdict.ACCEPTED:
            assert finding.applicability is Applicability.SAFE
    assert all(
        f.applicability is not Applicability.DISPLAY
        for f, d in zip(decided.findings, decide(fresh, unsafe=True).decisions, strict=True)
        if d.verdict is Verdict.ACCEPTED
    )


def review_of_two(first: Span, second: Span) -> Review:
    text = "alpha beta gamma"
    found = tuple(
        Finding(
            Rule.SYNONYM,
            span,
            "",
            0.9,
            Applicability.SAFE,
            candidates=(Candidate(Edit(span, span.of(text), "x"), "s"),),
        )
        for span in (first, second)
    )
    return Review(Document("-", text), found)


@given(reviews(), st.data())
def test_deciding_all_at_once_is_deciding_one_after_the_other(
    review: Review, data: st.DataObject
) -> None:
    """Edits may be wider than their findings, and meet several others."""
    text, one_by_one, wishes = review.document.text, review, []
    indices = st.integers(0, max(0, len(review.findings) - 1))
    for index in data.draw(st.lists(indices, max_size=6)) if review.findings else ():
        verdict = data.draw(st.sampled_from(list(Verdict)))
        edit = None
        if verdict is Verdict.ACCEPTED:
            start = data.draw(st.integers(0, len(text)))
            span = Span(start, data.draw(st.integers(start, len(text))))
            edit = Edit(span, span.of(text), data.draw(st.sampled_from(["", "x"])))
        one_by_one = one_by_one.decide(index, verdict, edit)
        wishes.append((index, Decision(verdict, edit, By.USER)))
    assert review.decide_all(wishes) == one_by_one
    edits = [d.edit for d in one_by_one.decisions if d.edit]
    assert not any(e.conflicts(other) for e in edits for other in edits if e is not other)


def test_accepting_an_edit_reopens_the_one_it_conflicts_with() -> None:
    review = review_of_two(Span(0, 10), Span(6, 10))
    review = review.decide(0, Verdict.ACCEPTED).decide(1, Verdict.ACCEPTED)
    assert [d.verdict for d in review.decisions] == [Verdict.OPEN, Verdict.ACCEPTED]
    assert review.result() == "alpha x gamma"


def test_a_person_may_type_another_wording() -> None:
    review = review_of_two(Span(0, 5), Span(6, 10))
    own = Edit(Span(0, 5), "alpha", "omega")
    assert review.decide(0, Verdict.ACCEPTED, own).result() == "omega beta gamma"
    with pytest.raises(ValueError, match="not what stands there"):
        review.decide(0, Verdict.ACCEPTED, Edit(Span(0, 5), "wrong", "omega"))


def test_accepting_needs_an_edit() -> None:
    with pytest.raises(ValueError, match="holds its edit"):
        Decision(Verdict.ACCEPTED)


def test_a_changed_text_is_refused_when_a_review_is_read_back() -> None:
    line = review_of_two(Span(0, 5), Span(6, 10)).to_json()
    with pytest.raises(WireError, match="not the text that was reviewed"):
        Review.from_json(line.replace("gamma", "gammy"))
    with pytest.raises(WireError, match="without its text"):
        Review.from_json(review_of_two(Span(0, 5), Span(6, 10)).to_json(with_text=False))
    for line in ("{}", '{"x', '{"x": "\\udce9"}', '{"x": ' + "[" * 100_000):
        with pytest.raises(WireError, match=r"not a despin\.review/1"):
            Review.from_json(line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"before":"alpha"', '"before":"ALPHA"'),
        ('"candidates":[{"span":[0,5]', '"candidates":[{"span":[1,6]'),
        ('"span":[6,10],"line"', '"span":[6,300],"line"'),
    ],
)
def test_a_place_that_the_text_has_not_is_refused(old: str, new: str) -> None:
    line = review_of_two(Span(0, 5), Span(6, 10)).to_json()
    assert old in line
    with pytest.raises(WireError, match=r"contradicts itself: .* at "):
        Review.from_json(line.replace(old, new))


def test_a_verdict_may_be_named_and_must_exist() -> None:
    span = Span(0, 4)
    candidate = Candidate(Edit(span, "site", "place"), "WordNet", 1.0, 0.9)
    finding = Finding(Rule.SYNONYM, span, "", 0.9, Applicability.SAFE, candidates=(candidate,))
    review = Review(Document("a.txt", "site"), (finding,))
    named = review.decide(0, "accepted")  # type: ignore[arg-type] # programs do write so
    assert named == review.decide(0, Verdict.ACCEPTED)
    assert Review.from_json(named.to_json()).result() == "place"
    with pytest.raises(ValueError, match="bogus"):
        review.decide(0, "bogus")  # type: ignore[arg-type]
