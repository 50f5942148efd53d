"""Lexicon files that learn: counts add up, and what a person wrote stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.learning.lessons import Lesson, Sighting
from despin.learning.merging import merged
from despin.learning.pairs import Pair
from despin.learning.table import Table, parsed
from despin.learning.tally import Bars, Counts, Tally
from despin.lexicon.rows import Kind, LexiconError, read_rows

BILL = Pair("invoice", "bill", Kind.WORD)
SAY = Pair("mention", "say", Kind.VERB)
TELL = Pair("state", "say", Kind.VERB)
KEYS = [f"{number:012x}" for number in range(9)]
SEEN, ACCEPTED, REJECTED = Sighting.SEEN, Sighting.ACCEPTED, Sighting.REJECTED
ALL = Bars()


def lesson(key: int, how: Sighting, *pairs: Pair) -> Lesson:
    document = KEYS[key] if how is SEEN else "d"
    return Lesson(KEYS[key], document, f"{key}.txt", how, pairs)


def learn(table: Table, *lessons: Lesson, bars: Bars = ALL) -> Table:
    tally = Tally(known=set(table.known))
    tally.take(lessons)
    return parsed(merged(table, tally, bars).text())


def cells(table: Table) -> list[str]:
    """The rows as spun, original, weight, and the four counts; those not used in brackets."""
    out = []
    for line in table.lines:
        if line.cells is not None:
            c, n = line.cells, line.counts
            row = f"{c['spun']} {c['original']} {c.get('weight', '')}"
            row += f" {n.seen} {n.documents} {n.accepted} {n.rejected}"
            out.append(row if line.used else f"({row})")
    return out


def test_new_rows_come_most_often_met_first_then_by_alphabet() -> None:
    table = learn(Table(), lesson(1, SEEN, TELL, BILL, SAY, BILL), lesson(2, SEEN, BILL))
    assert cells(table) == [
        "invoice bill 4 3 2 0 0",
        "mention say 1 1 1 0 0",
        "state say 1 1 1 0 0",
    ]


def test_the_file_is_a_lexicon(tmp_path: Path) -> None:
    path = tmp_path / "learnt.tsv"
    table = learn(Table(), lesson(1, SEEN, SAY), lesson(2, REJECTED, BILL))
    path.write_text(table.text(), "utf-8")
    rows = read_rows(path)
    assert [(r.spun, r.original, r.kind, r.source) for r in rows] == [
        ("mention", "say", Kind.VERB, "learnt from 1.txt")
    ]
    assert Table.read(path) == table


def test_learning_the_same_again_changes_nothing() -> None:
    lessons = lesson(1, SEEN, SAY, BILL), lesson(2, REJECTED, BILL), lesson(3, ACCEPTED, SAY)
    table = learn(Table(), *lessons)
    assert learn(table, *lessons).text() == table.text()
    assert learn(table, *lessons[::-1], *lessons).text() == table.text()


def test_counts_add_up_over_runs() -> None:
    table = learn(Table(), lesson(1, SEEN, SAY))
    table = learn(table, lesson(2, SEEN, SAY, SAY), lesson(3, ACCEPTED, SAY))
    assert cells(table) == ["mention say 5 3 3 1 0"]


MINE = """\
# My words, of many years.
original\tspun\tnote

said\tpronounced\tthe Ipswich spinner
# I am not sure of this one:
bill\tinvoice
"""


def test_a_persons_file_keeps_its_lines() -> None:
    table = learn(parsed(MINE), lesson(1, SEEN, BILL, SAY))
    lines = table.text().splitlines()
    own = MINE.splitlines()
    assert lines[0] == own[0]
    assert lines[1] == f"{own[1]}\tkind\tweight\tsource\tseen\tdocuments\taccepted\trejected"
    assert lines[2:5] == own[2:5]
    assert lines[5] == "bill\tinvoice\t\t\t\t\t1\t1\t0\t0"
    assert lines[6] == "say\tmention\t\tverb\t2\tlearnt from 1.txt\t1\t1\t0\t0"


def test_a_persons_row_is_never_put_aside_and_keeps_its_weight() -> None:
    mine = "spun\toriginal\tweight\ninvoice\tbill\t0.3\n"
    table = learn(parsed(mine), lesson(1, REJECTED, BILL), lesson(2, REJECTED, BILL))
    assert cells(table) == ["invoice bill 0.3 0 0 0 2"]


def test_rejections_put_a_learnt_row_aside_and_acceptance_brings_it_back() -> None:
    table = learn(Table(), lesson(1, ACCEPTED, BILL), lesson(2, REJECTED, BILL))
    assert cells(table) == ["invoice bill 1 0 1 1 1"]
    table = learn(table, lesson(3, REJECTED, BILL))
    assert cells(table) == ["(invoice bill 0.67 0 1 1 2)"]
    table = learn(table, lesson(4, ACCEPTED, BILL))
    assert cells(table) == ["invoice bill 1 0 1 2 2"]


def test_the_bars_hold_back_new_rows_until_they_are_reached() -> None:
    bars = Bars(count=3, documents=2)
    table = learn(Table(), lesson(1, SEEN, BILL, BILL, BILL), bars=bars)
    assert cells(table) == ["(invoice bill 4 3 1 0 0)"]
    assert cells(learn(table)) == ["invoice bill 4 3 1 0 0"], "bars are those of the last run"
    table = learn(table, lesson(2, SEEN, BILL), bars=bars)
    assert cells(table) == ["invoice bill 5 4 2 0 0"]


def test_a_weight_that_a_person_changed_stays() -> None:
    table = learn(Table(), lesson(1, SEEN, SAY, TELL))
    assert cells(table)[0] == "mention say 1 1 1 0 0"
    mine = parsed(table.text().replace("say\tverb\t1\tlearnt", "say\tverb\t7\tlearnt", 1))
    again = learn(mine, lesson(2, SEEN, SAY))
    assert cells(again) == ["mention say 7 2 2 0 0", "state say 0.67 1 1 0 0"]


def test_weights_stay_between_a_tenth_and_ten() -> None:
    often = [lesson(number, SEEN, *[BILL] * 9) for number in (1, 2)]
    assert cells(learn(Table(), *often)) == ["invoice bill 10 18 2 0 0"]
    never = [lesson(number, REJECTED, BILL) for number in range(1, 9)]
    assert cells(learn(Table(), *never, lesson(0, REJECTED, *[BILL] * 9)))[0].startswith(
        "(invoice bill 0.1 "
    )


def test_rows_that_are_used_come_before_those_held_back() -> None:
    lessons = lesson(1, SEEN, BILL, BILL, BILL, SAY), lesson(2, SEEN, SAY)
    table = learn(Table(), *lessons, bars=Bars(documents=2))
    assert cells(table) == ["mention say 3 2 2 0 0", "(invoice bill 4 3 1 0 0)"]


def test_a_row_that_a_person_took_back_stays_until_it_is_rejected_again() -> None:
    table = learn(Table(), lesson(1, REJECTED, BILL))
    mine = parsed(table.text().replace("#~ invoice", "invoice"))
    mine = learn(mine, lesson(2, SEEN, SAY))
    assert cells(mine)[0] == "invoice bill 0.5 0 0 0 1"
    assert cells(learn(mine, lesson(3, REJECTED, BILL)))[0].startswith("(")


def test_words_that_somebody_replaced_are_not_always_left() -> None:
    tally = Tally()
    met = [("kerb", REJECTED)] * 2 + [("lift", REJECTED)] * 2 + [("lift", ACCEPTED)]
    for number, (words, how) in enumerate([*met, ("tap", REJECTED)]):
        tally.take([replace(lesson(number, how, BILL), words=words)])
    assert tally.always_left() == ["kerb"]


def test_a_row_of_another_kind_with_the_same_words_takes_the_counts() -> None:
    table = learn(parsed("spun\toriginal\tkind\ninvoice\tbill\tnoun\n"), lesson(1, SEEN, BILL))
    assert cells(table) == ["invoice bill  1 1 0 0"]


def test_line_ends_stay() -> None:
    text = learn(parsed("spun\toriginal\r\nboffin\tscientist"), lesson(1, SEEN, BILL)).text()
    assert text.count("\n") == text.count("\r\n") == 4


def test_a_note_with_a_soft_line_break_stays_one_line() -> None:
    text = "spun\toriginal\tnote\nboffin\tscientist\tone\vother\r\n"
    (row,) = parsed(text).rows()
    assert row.cells is not None
    assert row.cells["note"] == "one\vother"
    assert parsed(text).text() == text


def test_a_byte_order_mark_stays_in_front(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("spun\toriginal\nboffin\tscientist\n", "utf-8-sig")
    table = learn(Table.read(path), lesson(1, SEEN, BILL))
    assert table.text().startswith("\ufeffspun\toriginal\t")
    assert not table.rows_text().startswith("\ufeff")
    assert cells(table) == ["boffin scientist  0 0 0 0", "invoice bill 2 1 1 0 0"]


def test_a_persons_capitals_are_no_other_row() -> None:
    table = learn(parsed("spun\toriginal\nInvoice\tbill\n"), lesson(1, SEEN, BILL))
    assert cells(table) == ["Invoice bill  1 1 0 0"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("spun\tweight\n", "lacks the column 'original'"),
        ("spun\toriginal\tseen\nx\ty\tmany\n", ":2: seen 'many' is not a count"),
        ("spun\toriginal\tseen\nx\ty\t-1\n", ":2: seen '-1' is not a count"),
    ],
)
def test_a_file_that_is_no_lexicon_is_refused(tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(text)
    with pytest.raises(LexiconError, match=cause):
        Table.read(path)


words = st.sampled_from(["say", "state", "bill", "invoice", "a lot of"])
pairs = st.builds(Pair, words, words, st.sampled_from([Kind.WORD, Kind.VERB]))
lessons = st.lists(
    st.builds(
        lesson,
        st.integers(0, 8),
        st.sampled_from(Sighting),
        pairs,
        pairs,
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)
notes = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=5)
files = st.lists(
    st.one_of(
        notes.map("# {}".format),
        st.just(""),
        st.tuples(words, words, notes).map(lambda row: "\t".join(row).rstrip("\t")),
        words.map("#~ {}\tsay".format),
    ),
    max_size=6,
).map(lambda lines: "".join(f"{line}\n" for line in ["spun\toriginal\tnote", *lines]))


@given(files, lessons, st.builds(Bars, st.integers(1, 3), st.integers(1, 3)))
@settings(deadline=None)
def test_laws_of_merging(text: str, given: list[Lesson], bars: Bars) -> None:
    before = parsed(text)
    after = learn(before, *given, bars=bars)
    assert learn(after, *given, bars=bars).text() == after.text(), "once is enough"
    written = after.text()
    for line in text.splitlines()[1:]:
        assert line in written, "nothing of a person's is lost"
    assert [row.pair for row in before.rows()] == [
        row.pair for row in list(after.rows())[: len(list(before.rows()))]
    ]
    tally = Tally()
    tally.take(given)
    met = sum((counts for counts in tally.counts.values()), Counts())
    had = {row.pair: row.counts for row in after.lines if row.cells is not None}
    assert sum(had.values(), Counts()) == met, "every sighting is counted once"
