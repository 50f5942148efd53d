import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.edit import Edit, apply
from despin.review import Verdict
from despin.span import Span
from despin.tui import changes, likes, moves, steps
from despin.tui.session import File, Phase, Session


def session_of(*reviews):
    return Session(tuple(File(r.document.id, r, Phase.SCORED) for r in reviews))


def verdicts(session, file=0):
    return "".join(str(d.verdict)[0] for d in session.files[file].review.decisions)


def test_accepting_applies_the_best_candidate(make):
    session = changes.decide(session_of(make("the [surgery|operation|act]")), Verdict.ACCEPTED)
    assert session.file.review.result() == "the operation"


def test_accepting_nothing_proposed_changes_nothing(make):
    session = session_of(make("the [surgery]"))
    assert changes.decide(session, Verdict.ACCEPTED) is session


def test_a_number_accepts_that_candidate_and_no_other(make):
    session = session_of(make("the [surgery|operation|act]"))
    assert changes.accept_candidate(session, 2).file.review.result() == "the act"
    assert changes.accept_candidate(session, 3) is session


def test_own_words_replace_and_the_words_as_written_reject(make):
    session = session_of(make("the [surgery|operation]"))
    assert changes.accept_text(session, "unit").file.review.result() == "the unit"
    assert verdicts(changes.accept_text(session, "surgery")) == "r"
    assert changes.accept_text(session, "").file.review.result() == "the "


def test_all_later_is_one_step_from_the_cursor_on(make):
    session = moves.focus(session_of(make("[a|b] [c|d] [e] [f|g]")), 1)
    session = changes.later(session, Verdict.ACCEPTED)
    assert verdicts(session) == "oaoa"
    assert verdicts(steps.undo(session)) == "oooo"


def test_many_at_once_open_nothing_that_was_accepted_by_itself(make):
    session = session_of(make("[big|huge] [bridge|span] [bridge|span]"))
    both = Edit(Span(0, 10), "big bridge", "wide arch")
    session = changes.decide(session, Verdict.ACCEPTED, both)
    assert changes.later(session, Verdict.ACCEPTED).file.review.result() == "wide arch span"
    session = changes.decide(moves.focus(session, 2), Verdict.ACCEPTED)
    assert likes.alike(session) is session


def test_alike_reaches_all_files_and_keeps_capitals(make):
    session = session_of(make("[site|place] [site|spot]"), make("[Site|Spot] [other|thing]", "b"))
    session = likes.alike(changes.decide(session, Verdict.ACCEPTED))
    assert [f.review.result() for f in session.files] == ["place place", "Place other"]
    assert len(session.done) == 2


def test_alike_of_an_undecided_one_changes_nothing(make):
    session = session_of(make("[site|place] [site|spot]"))
    assert likes.alike(session) is session


def test_a_space_typed_beside_a_space_is_left_out(make):
    session = session_of(make("the [site|place] was (at[site|, place])"))
    assert changes.accept_text(session, " spot ").file.review.result() == "the spot was (atsite)"
    session = moves.focus(session, 1)
    assert changes.accept_text(session, " spot ").file.review.result() == "the site was (at spot )"
    assert changes.accept_text(session, " ").file.review.result() == "the site was (at )"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the [big|huge] bridge", "the bridge"),
        ("the bridge [again|anew], shut", "the bridge, shut"),
        ("[Sadly|Alas] it rained", " it rained"),
        ("a [site|x]-wide", "a -wide"),
        ("the\n[big|huge] bridge", "the\n bridge"),
    ],
)
def test_words_that_are_deleted_take_their_space_with_them(make, before, after):
    session = changes.accept_text(session_of(make(before)), "")
    assert session.file.review.result() == after
    assert steps.undo(session).file.review.result() == make(before).document.text
    again = changes.accept_text(moves.focus(session, 0), "own")
    assert "own" in again.file.review.result()
    assert "  " not in again.file.review.result()


@pytest.mark.parametrize(
    ("marked", "own"),
    [
        ("It was Tom[ 's|'s] idea", ("’s", "It was Tom’s idea")),
        ("one thing[ :|: ]to win", ("; ", "one thing; to win")),
        ("in the[ the|] harbour", ("old", "in the old harbour")),
    ],
)
def test_the_proposal_taken_from_the_box_is_the_proposal(make, marked, own):
    session = session_of(make(marked))
    edit = changes.editable(session)
    accepted = changes.decide(session, Verdict.ACCEPTED).file.review.result()
    taken = changes.accept_line(session, changes.in_one_line(edit.after))
    assert (verdicts(taken), taken.file.review.result()) == ("a", accepted)
    assert changes.accept_line(session, own[0]).file.review.result() == own[1]


def test_a_space_that_a_neighbour_takes_is_left_to_it(make):
    session = session_of(make("“So,” [that |]she [quick|fast] said"))
    session = changes.decide(session, Verdict.ACCEPTED)
    session = changes.accept_text(moves.focus(session, 1), "")
    assert session.file.review.result() == "“So,” she said"
    assert verdicts(session) == "aa"
    session = session_of(make("x [that |][quick|fast] said"))
    session = changes.decide(session, Verdict.ACCEPTED)
    session = changes.accept_text(moves.focus(session, 1), "")
    assert session.file.review.result() == "x  said"
    assert verdicts(session) == "aa"


def test_alike_leaves_what_is_decided(make):
    session = session_of(make("[site|place] [site|spot] [site|spot]"))
    session = changes.decide(moves.focus(session, 1), Verdict.REJECTED)
    session = likes.alike(changes.decide(moves.focus(session, 0), Verdict.ACCEPTED))
    assert session.file.review.result() == "place site place"


def test_ignoring_here_rejects_the_words_in_this_file_only(make):
    session = session_of(make("[site|place] x [site|spot]"), make("[site|place]", "b"))
    session = likes.reject_alike(session, "ignore here", everywhere=False)
    assert (verdicts(session), verdicts(session, 1)) == ("rr", "o")


def test_undo_brings_the_cursor_back_to_file_and_finding(make):
    session = session_of(make("[a|b] [c|d]"), make("[e|f]", "b"))
    session = changes.decide(moves.focus(session, 1), Verdict.ACCEPTED)
    session = steps.undo(moves.to_file(session, 1))
    assert (session.at, session.focus) == (0, 1)


def test_a_decision_after_undo_forgets_what_was_undone(make):
    session = steps.undo(changes.decide(session_of(make("[a|b]")), Verdict.ACCEPTED))
    assert steps.redo(session).file.review.result() == "b"
    session = changes.decide(session, Verdict.REJECTED)
    assert steps.redo(session) is session


DO = {
    "accept": lambda s: changes.decide(s, Verdict.ACCEPTED),
    "reject": lambda s: changes.decide(s, Verdict.REJECTED),
    "second": lambda s: changes.accept_candidate(s, 2),
    "own": lambda s: changes.accept_text(s, "own words"),
    "accept later": lambda s: changes.later(s, Verdict.ACCEPTED),
    "reject later": lambda s: changes.later(s, Verdict.REJECTED),
    "alike": likes.alike,
    "ignore": lambda s: likes.reject_alike(s, "ignore", everywhere=True),
    "undo": steps.undo,
    "redo": steps.redo,
    "next": lambda s: moves.undecided(s, 1),
    "back": lambda s: moves.by(s, -1),
    "file": lambda s: moves.to_file(s, s.at + 1),
    "up": lambda s: moves.move_bar(s, 4),
    "down": lambda s: moves.move_bar(s, -4),
}


@given(st.lists(st.sampled_from(sorted(DO)), max_size=30))
def test_any_mixture_can_be_undone_to_the_beginning_and_redone_to_the_end(make, actions):
    start = session_of(make("[a|b|c] [a|d] x [e] [q|r@20]"), make("y [A|B] [z|]\n", "b"))
    session = start
    for action in actions:
        session = DO[action](session)
        for file in session.files:
            text = file.review.document.text
            edits = [d.edit for d in file.review.decisions if d.edit is not None]
            assert file.review.result() == apply(text, edits)
    end = session
    while session.undone:
        session = steps.redo(session)
    last = session
    while session.done:
        session = steps.undo(session)
    assert [f.review for f in session.files] == [f.review for f in start.files]
    while session.undone:
        session = steps.redo(session)
    assert [f.review for f in session.files] == [f.review for f in last.files]
    assert len(end.files) == len(start.files)
