from dataclasses import replace

import pytest

from despin.edit import Edit
from despin.finding import Candidate, Rule
from despin.review import Verdict
from despin.span import Span
from despin.tui import changes, merging, moves, steps
from despin.tui.session import Counts, File, Filter, Phase, Session, counts


def session_of(*reviews):
    return Session(tuple(File(r.document.id, r, Phase.SCORED) for r in reviews))


def test_next_passes_over_what_is_decided_and_goes_round(make):
    session = session_of(make("[a|b] [c|d] [e|f]"))
    session = changes.decide(moves.focus(session, 1), Verdict.REJECTED)
    session = moves.undecided(moves.focus(session, 0), 1)
    assert session.focus == 2
    assert moves.undecided(session, 1).focus == 0


def test_next_goes_on_in_the_next_file_when_this_one_is_done(make):
    session = session_of(make("[a|b]"), make("clean", "b"), make("[c|d] [e|f]", "c"))
    session = moves.undecided(changes.decide(session, Verdict.ACCEPTED), 1)
    assert (session.at, session.focus) == (2, 0)


def test_when_all_is_decided_nothing_moves(make):
    session = changes.decide(session_of(make("[a|b]")), Verdict.ACCEPTED)
    assert moves.undecided(session, 1) is session


def test_the_bar_hides_weak_findings_but_not_decided_ones(make):
    session = session_of(make("[a|b@20] [c|d@90] [e|f@10]"))
    assert session.visible() == (1,)
    session = moves.move_bar(session, -3)
    assert session.visible() == (0, 1)
    session = changes.decide(moves.focus(session, 0), Verdict.ACCEPTED)
    assert moves.move_bar(session, 10).visible() == (0, 1)


def test_the_bar_stays_between_its_ends(make):
    session = session_of(make("[a|b]"))
    assert moves.move_bar(session, -99).bar == 0.05
    assert moves.move_bar(session, 99).bar == 0.95


@pytest.mark.parametrize(
    ("bar", "steps", "after"), [(0.98, 1, 0.98), (0.98, -1, 0.93), (0.0, -1, 0.0), (0.0, 1, 0.05)]
)
def test_the_bar_never_goes_the_other_way(make, bar, steps, after):
    session = replace(session_of(make("[a|b]")), bar=bar)
    assert moves.move_bar(session, steps).bar == after


def test_the_filter_by_rule_quote_and_decision(make):
    session = session_of(make("[a|b] [q|d]"))
    assert moves.with_filter(session, Filter(in_quote=True)).visible() == (1,)
    assert moves.with_filter(session, Filter(frozenset({Rule.MOJIBAKE}))).visible() == ()
    decided = changes.decide(session, Verdict.REJECTED)
    assert moves.with_filter(decided, Filter(undecided=True)).focus == 1


def test_search_finds_sentences_and_wordings_and_goes_round(make):
    session = session_of(make("One [a|b] here.\n\nTwo [c|d] there.\n\nThree [e|special] more."))
    assert moves.search(session, "THERE").focus == 1
    assert moves.search(session, "special").focus == 2
    assert moves.search(moves.focus(session, 2), "one").focus == 0
    assert moves.search(session, "nowhere").focus == 0


@pytest.mark.parametrize("query", ["don't  yield", "DON’T", '"no" to', "glad of"])
def test_search_looks_over_line_ends_and_forms_of_marks(make, query):
    session = session_of(make("[a|b] c. They don’t\n  [yield|x] and say “no” to it. [e|glad\nof]."))
    assert moves.search(session, query).focus == (2 if "glad" in query else 1)


def test_search_beyond_finds_the_next_match(make):
    session = session_of(make("[a|b] it.\n\n[c|d] it."))
    assert moves.search(session, "it").focus == 0
    assert moves.search(session, "it", beyond=True).focus == 1


def test_search_goes_on_into_the_next_files_and_comes_round(make):
    session = session_of(
        make("[a|b] it.\n\n[c|d] no.", "1"),
        make("[e|f] no.", "2"),
        make("[g|h] x.\n\n[i|it].", "3"),
    )
    places = []
    for _ in range(3):
        session = moves.search(session, "IT", beyond=True)
        places.append((session.at, session.focus))
    assert places == [(2, 1), (0, 0), (2, 1)]
    assert moves.search(session, "nowhere", beyond=True) is session


def test_counts(make):
    session = changes.decide(session_of(make("[a|b] [c|d] [e|f@10]")), Verdict.ACCEPTED)
    assert counts(session, session.file) == Counts(total=2, decided=1, accepted=1)


def test_findings_that_arrive_later_keep_decisions_and_cursor(make):
    session = session_of(make("a [b|c] d e [f|g]"))
    session = changes.decide(moves.focus(session, 1), Verdict.ACCEPTED)
    scored = make("[a|x] [b|c] [d|y] e [f|g]")
    session = merging.arrived(session, 0, scored, Phase.SCORED)
    assert [d.verdict for d in session.file.review.decisions] == [
        "open",
        "open",
        "open",
        "accepted",
    ]
    assert session.focus == 3


def test_a_decided_finding_outlives_a_review_without_it(make):
    session = session_of(make("a [b c|x] d"))
    session = changes.decide(session, Verdict.ACCEPTED)
    session = merging.arrived(session, 0, make("a b [c|y] [d|z]"), Phase.SCORED)
    assert session.file.review.result() == "a x d"
    assert len(session.file.findings) == 2
    assert steps.undo(session).file.review.result() == "a b c d"


def arrives(session, review):
    """The session with a review that arrives later, and its words that have a finding."""
    session = merging.arrived(session, 0, review, Phase.SCORED)
    text = review.document.text
    return session, [finding.span.of(text) for finding in session.file.findings]


def test_a_new_finding_on_the_article_of_a_mended_word_gives_way(make):
    review = make("It was a [surgery|operation] today")
    (finding,) = review.findings
    edit = Edit(Span(7, 16), "a surgery", "an operation")
    finding = replace(finding, candidates=(Candidate(edit, "WordNet", 5.0, 0.9),))
    session = session_of(replace(review, findings=(finding,)))
    session = changes.decide(session, Verdict.ACCEPTED)
    session, words = arrives(session, make("It [was|is] [a|the] surgery [today|now]"))
    assert words == ["was", "surgery", "today"]
    for index in (0, 2):
        session = changes.decide(moves.focus(session, index), Verdict.ACCEPTED)
    assert session.file.review.result() == "It is an operation now"


def test_a_new_finding_on_the_space_of_a_deleted_word_gives_way(make):
    session = changes.accept_text(session_of(make("a house [boat|ship] , sold")), "")
    assert session.file.review.result() == "a house , sold"
    session, words = arrives(session, make("a house[ |-]boat[ |], sold"))
    assert words == ["boat", " "]
    session = changes.decide(moves.focus(session, 1), Verdict.ACCEPTED)
    assert session.file.review.result() == "a house, sold"


def test_an_insertion_at_the_border_of_a_decided_word_stays(make):
    session = changes.decide(session_of(make("a [lamp|light] is on")), Verdict.ACCEPTED)
    session, words = arrives(session, make("a lamp[|,] is [on|lit]"))
    assert words == ["lamp", "", "on"]
    session = changes.decide(moves.focus(session, 1), Verdict.ACCEPTED)
    assert session.file.review.result() == "a light, is on"


def test_a_file_that_fails_keeps_what_it_has(make):
    session = merging.failed(session_of(make("[a|b]")), 0, "no model")
    assert session.file.error == "no model"
    assert session.focus == 0
