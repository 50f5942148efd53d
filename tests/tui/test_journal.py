import json

import pytest

from despin.fingerprint import fingerprints
from despin.journal import ORIGINALS, Journal, JournalError
from despin.review import Verdict


def test_decisions_and_place_come_back(make, tmp_path):
    review = make("[a|b] and [c|d|e] and [f|g]")
    journal = Journal.open(tmp_path, "k")
    decided = review.decide(0, Verdict.REJECTED)
    decided = decided.decide(1, Verdict.ACCEPTED, review.findings[1].candidates[1].edit)
    journal.record(decided, [0, 1])
    journal.stand_at(decided, 2)
    again = Journal.open(tmp_path, "k")
    assert again.restore(review) == decided
    assert again.place_in(review) == 2


def test_journals_of_other_documents_are_their_own(make, tmp_path):
    review = make("[a|b]")
    Journal.open(tmp_path, "k").record(review.decide(0, Verdict.ACCEPTED), [0])
    assert Journal.open(tmp_path, "other").restore(review) == review


def test_the_last_word_counts_and_reopening_is_a_word(make, tmp_path):
    review = make("[a|b]")
    journal = Journal.open(tmp_path, "k")
    journal.record(review.decide(0, Verdict.ACCEPTED), [0])
    journal.record(review, [0])
    assert Journal.open(tmp_path, "k").restore(review) == review


def test_decisions_survive_changes_elsewhere_and_lapse_where_the_words_changed(make, tmp_path):
    before = make("First one here. The [site|place] was shut then. We saw the [b|c] go by.")
    decided = before.decide(0, Verdict.ACCEPTED).decide(1, Verdict.ACCEPTED)
    Journal.open(tmp_path, "k").record(decided, [0, 1])
    after = make("New. First one here. The [site|place] was shut then. They had the [b|c] go.")
    restored = Journal.open(tmp_path, "k").restore(after)
    assert [d.verdict for d in restored.decisions] == ["accepted", "open"]


def test_equal_surroundings_are_told_apart_by_their_order(make):
    prints = fingerprints(make("x y [a|b] y x x y [a|b] y x"))
    assert prints[0] != prints[1]
    assert prints[0][:4] == prints[1][:4]


def alike(text, words="site", edit="place"):
    """The review of a text in which each of these words is a finding."""
    return text.replace(words, f"[{words}|{edit}]")


PARAGRAPH = "To book, follow the site to the shop.\n\n"


def verdicts(review):
    return "".join(str(decision.verdict)[0] for decision in review.decisions)


def test_no_decision_moves_to_an_equal_place_when_originals_are_saved(make, tmp_path):
    review = make(alike(PARAGRAPH * 4))
    journal = Journal.open(tmp_path, "k")
    decided = review.decide(1, Verdict.ACCEPTED).decide(2, Verdict.REJECTED)
    journal.record(decided, [1, 2])
    journal.save(decided, ORIGINALS)
    later = decided.decide(3, Verdict.ACCEPTED)
    journal.record(later, [3])
    now = make(alike(decided.result()))
    assert verdicts(now) == "ooo"
    assert verdicts(Journal.open(tmp_path, "k").restore(now)) == "ora"
    assert verdicts(Journal.open(tmp_path, "k").restore(review)) == "oara"


def test_decisions_follow_their_places_through_saving_twice(make, tmp_path):
    first = make(alike(PARAGRAPH * 3)).decide(2, Verdict.REJECTED).decide(0, Verdict.ACCEPTED)
    Journal.open(tmp_path, "k").record(first, [0, 2])
    Journal.open(tmp_path, "k").save(first, ORIGINALS)
    second = Journal.open(tmp_path, "k").restore(make(alike(first.result())))
    assert verdicts(second) == "or"
    second = second.decide(0, Verdict.ACCEPTED)
    journal = Journal.open(tmp_path, "k")
    journal.record(second, [0])
    journal.save(second, ORIGINALS)
    third = Journal.open(tmp_path, "k").restore(make(alike(second.result())))
    assert verdicts(third) == "r"


def test_of_equal_places_none_is_decided_where_the_text_has_changed(make, tmp_path):
    review = make(alike(PARAGRAPH * 3)).decide(0, Verdict.ACCEPTED).decide(1, Verdict.REJECTED)
    Journal.open(tmp_path, "k").record(review, [0, 1])
    for count in (1, 2, 3):
        changed = make("New. " + alike(PARAGRAPH * count))
        assert Journal.open(tmp_path, "k").restore(changed) == changed


def test_an_edit_that_was_saved_is_not_made_again_elsewhere(make, tmp_path):
    review = make(f"{alike(PARAGRAPH)}{PARAGRAPH}").decide(0, Verdict.ACCEPTED)
    journal = Journal.open(tmp_path, "k")
    journal.record(review, [0])
    journal.save(review, ORIGINALS)
    left = make(review.result().replace("site", "[site|place]") + "More.")
    assert Journal.open(tmp_path, "k").restore(left) == left


def test_a_journal_without_places_is_read(make, tmp_path):
    review = make(f"The [a|b] was. {alike(PARAGRAPH * 2)}")
    journal = Journal.open(tmp_path, "k")
    records = [
        {"of": print_, "verdict": "rejected", "by": "user", "time": 1.0}
        for print_ in fingerprints(review)[:2]
    ]
    journal.path.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert verdicts(Journal.open(tmp_path, "k").restore(review)) == "roo"


def test_a_torn_line_costs_that_line_only(make, tmp_path):
    review = make("[a|b] [c|d]")
    journal = Journal.open(tmp_path, "k")
    decided = review.decide(0, Verdict.ACCEPTED)
    journal.record(decided, [0])
    with journal.path.open("ab") as file:
        file.write(b'{"of": ["synonym", "c"')
    torn = Journal.open(tmp_path, "k")
    assert torn.restore(review) == decided
    both = decided.decide(1, Verdict.REJECTED)
    torn.record(both, [1])
    assert Journal.open(tmp_path, "k").restore(review) == both


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "null",
        "7",
        '{"of": 3, "verdict": "open"}',
        '{"at": [1], "time": "x"}',
        "\xff",
        '{"saved": 3}',
        '{"of": ["a", "b", "c", "d", []], "verdict": "open"}',
        '{"of": ["synonym", "a", "", "", "x"], "verdict": "rejected", "by": "user"}',
        '{"of": ["synonym", "a", "", "", 0], "verdict": "open", "text": [], "start": {}}',
        '{"of": ["synonym", "a", "", "", 3], "verdict": "rejected", "by": "user", "then": [1, {}]}',
        '{"saved": {"of": "x", "where": "y", "edits": [[-1, "a", "b"]]}}',
    ],
)
def test_nonsense_is_passed_over(make, tmp_path, line):
    journal = Journal.open(tmp_path, "k")
    journal.path.write_text(line + "\n", "latin-1")
    assert Journal.open(tmp_path, "k").restore(make("[a|b]")) == make("[a|b]")


def test_an_edit_that_does_not_fit_is_passed_over(make, tmp_path):
    review = make("[a|b]")
    journal = Journal.open(tmp_path, "k")
    record = {"of": fingerprints(review)[0], "verdict": "accepted", "by": "user"}
    record |= {"offset": 5, "before": "zzz", "after": "y"}
    journal.path.write_text(json.dumps(record) + "\n")
    assert Journal.open(tmp_path, "k").restore(review) == review


def test_a_long_journal_is_rewritten_when_opened(make, tmp_path, monkeypatch):
    monkeypatch.setattr("despin.journal.LONGEST", 2000)
    review = make("[a|b] [c|d]").decide(0, Verdict.ACCEPTED)
    journal = Journal.open(tmp_path, "k")
    for _ in range(50):
        journal.record(review, [0])
        journal.stand_at(review, 1)
    size = journal.path.stat().st_size
    again = Journal.open(tmp_path, "k")
    assert again.path.stat().st_size < size / 10
    assert Journal.open(tmp_path, "k").restore(make("[a|b] [c|d]")) == review


def test_what_was_saved_is_known_of_this_text_alone(make, tmp_path, monkeypatch):
    review = make("[a|b] c").decide(0, Verdict.ACCEPTED)
    Journal.open(tmp_path, "k").save(review, "out")
    monkeypatch.setattr("despin.journal.LONGEST", 0)
    for _ in range(2):
        journal = Journal.open(tmp_path, "k")
        assert journal.saved_edits(review, "out") == journal.saved_edits(review, "") != ()
    assert journal.saved_edits(review, "elsewhere") == ()
    assert journal.saved_edits(make("[a|b] d"), "") == ()


def test_a_folder_that_cannot_be_made_is_reported(make, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError):
        Journal.open(tmp_path / "file" / "x", "k").record(make("[a|b]"), [0])
