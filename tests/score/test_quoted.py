"""Quotations that a spinner left alone, by the fast scorer."""

from __future__ import annotations

import numpy as np
import pytest

from despin.document import Document
from despin.options import Grammar, Options
from despin.pipeline import Despinner
from despin.propose.substitutions import Substitutions, slots
from despin.review import Review
from despin.span import Span

SPUN = (
    "The authorities mentioned on Tuesday that the invoice was handed by a small majority, and the "
    "chief of the Home instructed reporters that extra conferences have been deliberate.\n\n"
)
QUOTED = (
    "“We have a lot of work to do, and we are going to get it done,” he mentioned. “The framework "
    "we worked out is sort of a first step, and I am happy with how things are going.”\n\n"
)
MORE = (
    "Attorneys of the marketing campaign mentioned the choice was an enormous step ahead for the "
    "nation, however famous that different points stay to be debated subsequent month.\n"
)


@pytest.fixture(scope="module")
def despinner() -> Despinner:
    return Despinner(Options(scorer="fast", grammar=Grammar.OFF, min_confidence=0.2))


def quoted(review: Review, bar: float = 0.0) -> dict[Span, float]:
    """Confidences of the findings in quotation marks, those above a bar."""
    return {f.span: f.confidence for f in review.findings if f.in_quote and f.confidence >= bar}


def test_a_place_is_quoted_where_a_mark_or_a_quoted_word_belongs_to_it(
    table: Substitutions,
) -> None:
    for text in (SPUN + QUOTED + MORE, SPUN, QUOTED, ""):
        document = Document("-", text)
        places = slots(table, document)
        said = [document.protected.in_quote(places.span(index)) for index in range(len(places))]
        assert places.quoted.tolist() == said
        assert places.only(np.arange(0, len(places), 2)).quoted.tolist() == said[::2]


def test_words_of_a_spared_quotation_are_doubted_less_than_without_its_marks(
    despinner: Despinner,
) -> None:
    plain = QUOTED.replace("“", " ").replace("”", " ")
    marked = despinner.check(SPUN + QUOTED + MORE)
    bare = despinner.check(SPUN + plain + MORE)
    span = Span(len(SPUN), len(SPUN) + len(QUOTED))
    before = {f.span: f.confidence for f in bare.findings if span.contains(f.span)}
    after = quoted(marked)
    assert before
    assert sum(after.values()) < sum(before.values())
    outside = [f.confidence for f in marked.findings if not f.in_quote and f.confidence > 0.5]
    assert len(outside) > 10  # and nothing is lost beside it


def test_a_sentence_scored_again_is_scored_under_the_same_prior(despinner: Despinner) -> None:
    review = despinner.check(SPUN + QUOTED + MORE)
    assert review.prior is not None
    assert review.prior.quoted < review.prior.text
    span = Span(len(SPUN) + 2, len(SPUN) + 10)
    again = despinner.rescore(review, span)
    assert again.prior == review.prior
    # Alone, a sentence knows nothing of repairs elsewhere: what is doubtful may look more so.
    assert quoted(again, 0.3) == pytest.approx(quoted(review, 0.3), abs=0.05)
    assert Review.from_json(review.to_json()).prior == review.prior
