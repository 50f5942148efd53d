"""One word that looks swapped all through, and hardly another does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.lexicon.rows import LexiconRow
from despin.lexicon.thesaurus import Thesaurus
from despin.options import Grammar, Options
from despin.pipeline import Despinner
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scores
from despin.score.terms import doubted
from despin.span import Span

WORDS = 400


def scored(table: Substitutions, said: Sequence[tuple[str, float]]) -> tuple[Slots, Scores]:
    """A text of these words, each a slot that looks swapped so much, and its scores."""
    document = Document("-", ". ".join(word for word, _ in said) + ".")
    places = slots(table, document)
    likely = dict(said)
    words = [places.span(index).of(document.text) for index in range(len(places))]
    spun = np.array([likely.get(word, 0.01) for word in words], np.float32)
    sizes = np.maximum(1, np.diff(places.first))
    candidate = (spun / sizes)[places.slot_of].astype(np.float32)
    return places, Scores(spun, candidate, candidate.copy(), 0.5, Prior.same(0.05))


def after(table: Substitutions, said: Sequence[tuple[str, float]]) -> dict[str, float]:
    """What each word looks like then, by the word as written."""
    places, scores = scored(table, said)
    found = doubted(scores, places, WORDS)
    return {
        places.forms[int(places.written[index])]: float(found.spun[index])
        for index in range(len(places))
    }


def test_a_term_is_doubted_and_its_plural_with_it(table: Substitutions) -> None:
    found = after(table, [("invoice", 0.8)] * 9 + [("invoices", 0.8)] * 4)
    assert found["invoice"] < 0.35
    assert found["invoices"] == pytest.approx(found["invoice"])


def test_in_a_spun_text_a_word_may_be_swapped_all_through(table: Substitutions) -> None:
    others = [(word, 0.9) for word in ("surgeries", "therapy", "folks", "mentioned", "whereas")]
    found = after(table, [("invoice", 0.8)] * 4 + others)
    assert found["invoice"] == pytest.approx(0.8)
    assert found["therapy"] == pytest.approx(0.9)


def test_twice_is_no_term(table: Substitutions) -> None:
    assert after(table, [("invoice", 0.8)] * 2)["invoice"] == pytest.approx(0.8)


def test_what_a_user_named_is_not_doubted(table: Substitutions) -> None:
    named = Substitutions.of(Thesaurus.load(), [LexiconRow("invoice", "bill")])
    assert after(named, [("invoice", 0.8)] * 9)["invoice"] == pytest.approx(0.8)


@given(
    st.lists(
        st.sampled_from(["invoice", "invoices", "therapy", "folks", "surgeries"]), max_size=20
    ),
    st.floats(0.0, 1.0, width=32),
)
def test_nothing_becomes_likelier_and_a_slot_stays_whole(
    table: Substitutions, words: list[str], spun: float
) -> None:
    places, before = scored(table, [(word, spun) for word in words])
    found = doubted(before, places, WORDS)
    assert (found.spun <= before.spun + 1e-6).all()
    assert found.share <= before.share
    assert found.prior == before.prior
    sums = np.bincount(places.slot_of, found.candidate, minlength=len(places))
    assert (sums <= found.spun + 1e-4).all()


def test_of_a_sentence_by_itself_no_term_is_told() -> None:
    text = "The Senate passed an invoice: the invoice, like any invoice, is a long invoice."
    proposer = Despinner(Options(scorer="fast", grammar=Grammar.OFF, min_confidence=0.1)).scored
    span, document = Span(0, len(text)), Document("-", text)

    def invoices(within: Span | None) -> list[float]:
        found = proposer.propose(document, None, within).findings
        return [f.confidence for f in found if f.span.of(text) == "invoice"]

    alone, whole = invoices(span), invoices(None)
    assert len(alone) == 4
    assert sum(whole) < sum(alone)
