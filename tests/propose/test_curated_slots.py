"""Curated rows where they are used: each hit opens a slot that offers the original.

Whether the word is wrong there is the scorer's to say, so the near misses open one too.
"""

from __future__ import annotations

import re

import pytest

from despin.document import Document
from despin.lexicon.inflection import paradigm
from despin.lexicon.location import packaged
from despin.lexicon.rows import LexiconRow, read_rows
from despin.propose.substitutions import Substitutions, slots

ROWS = [
    row
    for name in ("function_words", "spinner_words")
    for row in read_rows(packaged() / f"{name}.tsv")
]
JOINED = [row for row in ROWS if re.search(r"[-\d]", row.spun)]
"""Rows whose spun form is not words parted by spaces."""


def forms(lemma: str, row: LexiconRow) -> set[str]:
    return {form for some in paradigm(lemma, row.kind.pos).values() for form in some}


def offers(table: Substitutions, row: LexiconRow, sentence: str) -> bool:
    places = slots(table, Document("-", sentence))
    spun, originals = forms(row.spun, row), forms(row.original, row)
    return any(
        table.forms[int(places.form[candidate])] in originals
        for place in range(len(places))
        if table.forms[int(places.written[place])] in spun
        for candidate in places.candidates(place)
    )


def silent(table: Substitutions, rows: list[LexiconRow]) -> list[tuple[str, str, str]]:
    return [
        (row.spun, row.original, sentence)
        for row in rows
        for sentence in (row.hit, row.near_miss)
        if not offers(table, row, sentence)
    ]


def test_every_row_opens_a_slot_with_its_original(table: Substitutions) -> None:
    assert silent(table, [row for row in ROWS if row not in JOINED]) == []


def test_rows_with_hyphens_and_digits_open_one_too(table: Substitutions) -> None:
    assert silent(table, JOINED) == []


@pytest.mark.parametrize(
    "name", ["news_spinner", "blog_spinner", "general_spinner", "article_spinner"]
)
def test_every_row_of_a_dictionary_opens_a_slot_with_its_original(
    table: Substitutions, name: str
) -> None:
    rows = read_rows(packaged() / f"{name}.tsv")
    text = "".join(f"They saw {row.spun} there.\n" for row in rows)
    found = slots(table, Document("-", text))
    offered = {
        (table.forms[int(found.written[place])], table.forms[int(found.form[candidate])])
        for place in range(len(found))
        for candidate in found.candidates(place)
    }
    assert len(rows) > 250
    assert [(r.spun, r.original) for r in rows if (r.spun, r.original) not in offered] == []
