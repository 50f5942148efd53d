"""Texts that were really spun: what is a swap in them, and what is unclear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from despin.document import Document
from despin.learning.sources import LearningError
from despin.propose.substitutions import Substitutions, slots
from despin.training.real import of_gold, of_pair, read_real
from despin.training.simulate import AS_WRITTEN, UNCLEAR, truth
from despin.training.spinner import Spun

SPUN = "The firm sent its large invoices to a wrong place on Monday, as was customary there."
ORIGINAL = "The firm sent its big bills to a wrong address on Monday, as everybody there did."


def said(table: Substitutions, spun: Spun, word: str) -> int | str:
    """The label of a word, or the original where it is a swap whose original is offered."""
    document = Document("-", spun.text)
    places = slots(table, document)
    labels = truth(table, places, spun)
    index = next(i for i in range(len(places)) if places.span(i).of(document.text) == word)
    label = int(labels[index])
    return label if label < 0 else places.forms[int(places.form[label])]


def test_words_beside_their_originals_are_swaps_and_the_rest_is_unclear(
    table: Substitutions,
) -> None:
    spun = of_pair(SPUN, ORIGINAL)
    assert {(s.spun, s.original) for s in spun.swaps} >= {("invoices", "bills")}
    assert all(s.span.of(SPUN) == s.spun for s in spun.swaps)
    assert said(table, spun, "invoices") == "bills"
    assert said(table, spun, "place") == "address"
    assert said(table, spun, "sent") == AS_WRITTEN
    assert said(table, spun, "customary") == UNCLEAR  # the clause was written anew


def test_marked_spans_are_cut_word_by_word(table: Substitutions) -> None:
    start = SPUN.index("large")
    spun = of_gold(SPUN, [(start, start + 14, "large invoices", "big bills")], "here")
    assert said(table, spun, "invoices") == "bills"
    assert said(table, spun, "large") == "big"
    assert said(table, spun, "place") == AS_WRITTEN
    assert spun.original == SPUN.replace("large invoices", "big bills")


def test_a_file_of_pairs_and_marked_texts_is_read(tmp_path: Path) -> None:
    start = SPUN.index("invoices")
    rows = [
        {"spun": SPUN, "original": ORIGINAL, "source": "one"},
        {"spun": SPUN},
        {"spun": SPUN, "gold": [[start, start + 8, "invoices", "bills"]], "original": None},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    pair, marked = read_real(path)
    assert len(pair.swaps) > len(marked.swaps) == 1


def gold(start: int, end: int, words: str) -> str:
    return json.dumps({"spun": "a word", "gold": [[start, end, words, "c"]]})


@pytest.mark.parametrize(
    "line",
    [gold(0, 2, "a"), gold(-1, 0, "a"), gold(3, 1, "a"), gold(9, 10, "a"), gold(0, 1, "b")],
)
def test_words_that_do_not_stand_where_they_are_said_to_are_refused_by_their_line(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "gold.jsonl").write_text(line, "utf-8")
    with pytest.raises(LearningError, match="line 1"):
        read_real(tmp_path / "gold.jsonl")


@pytest.mark.parametrize(
    "line",
    ["{", '{"original": "a"}', '{"spun": "a word", "gold": [[0, 1, "b", "c"]]}', '{"spun": 3}'],
)
def test_what_is_no_such_record_is_refused_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps({"spun": SPUN, "original": ORIGINAL}) + "\n" + line, "utf-8")
    with pytest.raises(LearningError, match="line 2"):
        read_real(path)


@pytest.mark.parametrize("text", ["", '{"spun": "The same.", "original": "The same."}\n'])
def test_a_file_without_a_swap_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "pairs.jsonl").write_text(text)
    with pytest.raises(LearningError, match="holds a swap"):
        read_real(tmp_path / "pairs.jsonl")


def test_a_name_that_was_spun_is_a_swap_too() -> None:
    spun = of_pair("We met him at the White Home again.", "We met him at the White House again.")
    assert [(swap.span.of(spun.text), swap.original) for swap in spun.swaps] == [("Home", "House")]
