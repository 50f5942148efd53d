from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from despin.edit import Edit
from despin.review import Verdict
from despin.span import Span
from despin.tui.layouts import Layout, layout
from despin.tui.views import View

TEXTS = st.lists(
    st.sampled_from(
        ["One [two|three] four. ", "\n", "\r\n", "[a\n\nb|c]", "[x|\n]", "日[本|語@20]", "[| in]"]
    ),
    max_size=12,
).map("".join)
VERDICTS = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(Verdict)), max_size=6)


def shown(result):
    return ["".join(run.text for run in line).rstrip() for line in result.lines]


@settings(deadline=None)
@given(TEXTS, VERDICTS, st.sampled_from(View), st.sampled_from(View))
def test_what_is_taken_over_looks_as_laid_out_anew(make, text, verdicts, view, other):
    review, before = make(text), Layout()
    for number, (index, verdict) in enumerate(verdicts):
        if index < len(review.findings):
            review = review.decide(index, verdict)
        marked = [i for i in range(len(review.findings)) if (i + number) % 3]
        before = layout(review, marked, other if number == 3 else view, 20, before)
        anew = layout(review, marked, other if number == 3 else view, 20)
        assert before.lines == anew.lines
        assert all(before.rows_of(i) == anew.rows_of(i) for i in range(len(review.findings)))


def test_only_the_paragraph_that_was_decided_is_laid_out_again(make):
    review = make("A [b|c].\n\nD [e|f].")
    before = layout(review, (0, 1), View.INLINE, 20)
    after = layout(review.decide(0, Verdict.ACCEPTED), (0, 1), View.INLINE, 20, before)
    assert shown(after) == ["A b→c.", "", "D e."]
    assert after.lines[2] is before.lines[2]


def test_an_edit_may_reach_into_the_next_paragraph(make):
    review = make("A [b|c].\nD e.")
    before = layout(review, (0,), View.INLINE, 20)
    edit = Edit(Span(2, 6), "b.\nD", "x")
    after = layout(review.decide(0, Verdict.ACCEPTED, edit), (0,), View.INLINE, 20, before)
    assert shown(after) == ["A b.", "D→x e."]
    back = layout(review, (0,), View.INLINE, 20, after)
    assert shown(back) == ["A b.", "D e."]


def test_lines_of_a_windows_text_end_without_a_sign(make):
    lines = shown(layout(make("A [b|c].\r\n\r\nD e.\r\n"), (0,), View.INLINE, 20))
    assert lines == ["A b.", "", "D e.", ""]


def test_a_change_has_a_place_of_its_own_whatever_its_neighbours_are(make):
    review = make("A [b|c] and [d|e].").decide(1, Verdict.ACCEPTED)
    result = layout(review, (0, 1), View.CHANGES, 40)
    assert shown(result)[:2] == ["1/2  ? 90 %  synonym", "A b→c and d→e."]
    assert result.rows_of(1) == (3, 4)


def test_another_review_of_the_same_text_is_laid_out_anew(make):
    review = make("A [b|c].")
    before = layout(review, (0,), View.INLINE, 20)
    newer = replace(review, findings=(), decisions=())
    assert layout(newer, (), View.INLINE, 20, before).rows_of(0) == ()
