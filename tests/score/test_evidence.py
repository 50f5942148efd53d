"""Evidence of counts: what stands beside a possessive's noun stands beside its ending too."""

from __future__ import annotations

import numpy as np
import pytest

from despin.document import Document
from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions, slots
from despin.score.collocations import Collocations
from despin.score.evidence import CONTEXT_COLUMNS, context_evidence, contexts
from despin.score.form_facts import FormCounts


@pytest.fixture(scope="module")
def collocations() -> Collocations:
    return Collocations.load()


@pytest.fixture(scope="module")
def table() -> Substitutions:
    return Substitutions.of(Thesaurus.load())


def evidence(text: str, written: str, candidate: str, table: Substitutions) -> dict[str, float]:
    """What is known of a candidate at the first place of the words."""
    collocations = Collocations.load()
    document = Document("-", text)
    places = slots(table, document)
    counts = FormCounts(table.forms, collocations)
    rows = context_evidence(places, contexts(document, places, collocations), collocations, counts)
    index = next(i for i in range(len(places)) if places.span(i).of(text) == written)
    (row,) = (r for r in places.candidates(index) if table.forms[places.form[r]] == candidate)
    return dict(zip(CONTEXT_COLUMNS, rows[row].tolist(), strict=True))


def pair(collocations: Collocations, one: str, other: str) -> float:
    ids = collocations.word_ids([one, other])
    around = np.array([[1, 1, ids[1], 1]], np.int32)
    fit = collocations.fit(around, ids[:1, None], ids[:1, None])
    return float(fit[0, 0, 1])


def test_a_possessive_is_counted_with_its_ending(
    table: Substitutions, collocations: Collocations
) -> None:
    found = evidence("It is the planet’s largest bank.", "planet", "world", table)
    world, planet = (pair(collocations, f"{noun}'s", "largest") for noun in ("world", "planet"))
    assert world > planet
    assert found["pair_right"] == pytest.approx(world - planet, abs=1e-5)
    assert found["triple_around"] > 0


def test_a_word_without_one_is_not(table: Substitutions, collocations: Collocations) -> None:
    found = evidence("It is the planet largest by far.", "planet", "world", table)
    world, planet = (pair(collocations, noun, "largest") for noun in ("world", "planet"))
    assert found["pair_right"] == pytest.approx(world - planet, abs=1e-5)


def test_the_noun_elsewhere_is_the_words_elsewhere(table: Substitutions) -> None:
    once = evidence("It is the planet’s largest bank.", "planet", "world", table)
    twice = evidence("It is the planet’s largest bank on the planet.", "planet", "world", table)
    assert once["written_in_document"] == 0
    assert twice["written_in_document"] == pytest.approx(np.log1p(1))
