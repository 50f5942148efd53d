"""Every row of the spinners' dictionaries is at work: a slot opens and offers the original."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.lexicon.location import packaged
from despin.lexicon.rows import read_rows
from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions, slots


@pytest.mark.parametrize("name", ["news_spinner", "blog_spinner"])
def test_every_row_opens_a_slot_with_its_original(name: str) -> None:
    rows = read_rows(packaged() / f"{name}.tsv")
    text = "".join(f"They saw {row.spun} there.\n" for row in rows)
    table = Substitutions.of(Thesaurus.load())
    found = slots(table, Document("-", text))
    offered = {
        (table.forms[int(found.written[place])], table.forms[int(found.form[candidate])])
        for place in range(len(found))
        for candidate in found.candidates(place)
    }
    assert len(rows) > 250
    assert [(r.spun, r.original) for r in rows if (r.spun, r.original) not in offered] == []
