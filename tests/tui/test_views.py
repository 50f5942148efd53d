from dataclasses import replace

from despin.finding import Rule
from despin.review import Verdict
from despin.tui.details import bar, details, shown_words, why
from despin.tui.layouts import layout
from despin.tui.runs import Mark, line_width
from despin.tui.views import View


def shown(lines):
    return ["".join(run.text for run in line).rstrip() for line in lines]


def marks(lines):
    return [(run.text, run.mark) for line in lines for run in line if run.finding >= 0]


def test_inline_strikes_and_inserts_what_is_accepted(make):
    review = make("Sell the [wagons|carriages] [now|].").decide(0, Verdict.ACCEPTED)
    lines = layout(review, {0, 1}, View.INLINE, 60).lines
    assert shown(lines) == ["Sell the wagons→carriages now."]
    assert marks(lines) == [
        ("wagons", Mark.OLD),
        ("→", Mark.FAINT),
        ("carriages", Mark.NEW),
        ("now", Mark.OPEN),
    ]


def test_rejected_and_weak_have_marks_of_their_own(make):
    review = make("[a|b] [c|d@35] [e|f]").decide(0, Verdict.REJECTED)
    assert marks(layout(review, {0, 1, 2}, View.INLINE, 60).lines) == [
        ("a✗", Mark.KEPT),
        ("c", Mark.WEAK),
        ("e", Mark.OPEN),
    ]


def test_what_is_not_shown_is_not_marked(make):
    assert marks(layout(make("[a|b] [c|d]"), {1}, View.INLINE, 60).lines) == [("c", Mark.OPEN)]


def test_side_by_side_keeps_paragraphs_in_step(make):
    review = make("A [long word|x] here and on.\n\nSecond [b|c].")
    review = review.decide(0, Verdict.ACCEPTED).decide(1, Verdict.ACCEPTED)
    assert shown(layout(review, (), View.SIDE_BY_SIDE, 33).lines) == [
        "A long word     │ A x here and",
        "here and on.    │ on.",
        "                │",
        "Second b.       │ Second c.",
    ]


def test_a_deletion_over_paragraphs_keeps_the_sides_in_step(make):
    review = make("One.\n\n[Share this\n\n|]Two.").decide(0, Verdict.ACCEPTED)
    lines = shown(layout(review, (), View.SIDE_BY_SIDE, 43).lines)
    assert lines[0] == "One.                 │ One."
    assert lines[-1] == "Two.                 │ Two."


def test_changes_only_shows_each_with_its_sentence(make):
    review = make("Clean here. The [site|place] shut.\n\nNothing else.")
    assert shown(layout(review, {0}, View.CHANGES, 60).lines) == [
        "1/1  ? 90 %  synonym",
        "The site→place shut.",
        "",
    ]


def test_every_view_shows_every_finding_on_some_line(make):
    review = make("[a|b] and [c|] and [d] and\n[e|f\n] end").decide(1, Verdict.ACCEPTED)
    for view in View:
        result = layout(review, {0, 1, 2, 3}, view, 30)
        assert all(result.rows_of(index) for index in range(4)), view
        assert all(line_width(line) <= 30 for line in result.lines)


def test_a_finding_without_words_of_its_own_can_be_seen(make):
    assert shown(layout(make("a[| b]c"), {0}, View.INLINE, 20).lines) == ["a‸c"]


def test_details_show_wordings_why_and_both_sentences(make):
    review = make("An operation failed. The [surgery|operation|act] was shut.")
    lines = shown(details(review, 0, 50, 30, {"surgery": "a medical procedure"}))
    assert lines[0] == "surgery → operation"
    assert lines[1] == "? undecided  90 % synonym"
    assert lines[3].split() == ["1", "operation", "━━━━━━━━━·", "90", "%"]
    text = " ".join(line.strip() for line in lines)
    assert "odds 148 to 1" in text
    assert "“operation” also occurs 1× in this article" in text
    assert "− The surgery was shut." in text
    assert "+ The operation was shut." in text
    assert "surgery  a medical procedure" in text


def test_few_rows_get_all_of_it_on_fewer_lines(make):
    long = "On and on it went, " * 12
    review = make(f"{long}the [surgery|operation|act] was shut, {long}")
    lines = details(review, 0, 60, 9, {})
    assert len(lines) <= 9
    assert all(line_width(line) <= 60 for line in lines)
    assert "the surgery was" in "".join(shown(lines))


def told(review, message):
    (finding,) = review.findings
    return replace(review, findings=(replace(finding, message=message),))


def test_few_rows_say_why_too(make):
    message = "“surgery” probably stands for “operation” (WordNet); odds 9 to 1"
    review = told(make("The [surgery|operation] was shut."), message)
    text = " ".join(shown(details(review, 0, 60, 9, {})))
    assert "odds 9 to 1" in text
    assert text.count("WordNet") == 1


def test_a_long_why_leaves_room_for_both_sentences(make):
    review = told(make("The [surgery|operation] was shut."), "It would break the grammar. " * 30)
    lines = shown(details(review, 0, 60, 9, {}))
    assert len(lines) == 9
    assert lines[-3].endswith("…")
    assert lines[-2:] == ["− The surgery was shut.", "+ The operation was shut."]


def test_why_names_quotation_marks(make):
    assert "in quotation marks" in why(make("[quick|fast]"), 0)


def test_no_proposal_is_said(make):
    assert "no proposal" in shown(details(make("[a]", rule=Rule.GRAMMAR), 0, 40, 9, {}))[0]


def test_shown_words():
    assert shown_words("") == "∅"
    assert shown_words(" ,") == "␣,"
    assert shown_words("a\nb") == "a⏎b"


def test_bar():
    assert bar(0.62) == "━━━━━━····"
    assert bar(0) == "·" * 10
