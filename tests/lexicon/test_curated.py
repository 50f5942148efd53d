"""The lexicons are source code, so they are linted."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from despin.lexicon.inflection import paradigm
from despin.lexicon.location import packaged
from despin.lexicon.rows import LexiconRow, normal_form, read_rows
from despin.lexicon.sources import Source
from despin.lexicon.thesaurus import Thesaurus

WITH_EXAMPLES = ("function_words", "spinner_words")
NAMES = (*WITH_EXAMPLES, "news_spinner", "blog_spinner", "general_spinner", "article_spinner")
ROWS = {name: read_rows(packaged() / f"{name}.tsv") for name in NAMES}
ALL = [row for rows in ROWS.values() for row in rows]


def shows(row: LexiconRow, sentence: str) -> bool:
    forms = [form for some in paradigm(row.spun, row.kind.pos).values() for form in some]
    one = "|".join(map(re.escape, forms))
    return re.search(rf"(?<![\w-])(?:{one})(?![\w-])", sentence.lower()) is not None


@pytest.mark.parametrize("name", NAMES)
def test_file_is_in_normal_form(name: str) -> None:
    assert normal_form(ROWS[name]) == (packaged() / f"{name}.tsv").read_text("utf-8")


def test_each_pair_stands_once() -> None:
    assert [pair for pair, n in Counter((r.spun, r.original) for r in ALL).items() if n > 1] == []


def test_no_row_corrects_to_itself() -> None:
    assert [row for row in ALL if row.spun == row.original] == []


def test_cycles_are_marked() -> None:
    pairs = {(row.spun, row.original, row.kind) for row in ALL}
    unmarked = [
        (row.spun, row.original)
        for row in ALL
        if (row.original, row.spun, row.kind) in pairs and not row.note.startswith("cycle: ")
    ]
    assert unmarked == []


def test_weights_are_odds_a_spinner_could_have() -> None:
    assert [row for row in ALL if not 0.02 <= row.weight <= 5] == []


def test_forms_are_lower_case_and_sourced() -> None:
    assert [r for r in ALL if (r.spun + r.original) != (r.spun + r.original).lower()] == []
    assert [r for r in ALL if not r.source] == []


def test_every_row_has_a_hit_and_a_near_miss_that_show_the_spun_form() -> None:
    rows = [row for name in WITH_EXAMPLES for row in ROWS[name]]
    assert [row.spun for row in rows if not shows(row, row.hit)] == []
    assert [row.spun for row in rows if not shows(row, row.near_miss)] == []
    assert [row.spun for row in rows if row.hit == row.near_miss] == []


def test_compiled_thesaurus_holds_every_curated_row() -> None:
    thesaurus = Thesaurus.load()
    missing = []
    for row in ALL:
        found = thesaurus.candidates(row.spun)
        at = found.forms.index(row.original) if found and row.original in found.forms else None
        if found is None or at is None or not found.sources[at] & Source.CURATED:
            missing.append((row.spun, row.original))
    assert missing == [], "put them in: lexicons/README.md"
