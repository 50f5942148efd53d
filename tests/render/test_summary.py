"""Totals and their wording."""

from __future__ import annotations

from dataclasses import replace

import pytest

from despin.render.summary import Summary, percent
from despin.render.wording import visible
from despin.review import Review
from despin.rules import is_scored


def test_one_document(review: Review, fixed: Review) -> None:
    assert Summary().plus(review).of_check() == "5 findings in 44 words; looks spun: 9 % of words"
    assert Summary().plus(fixed).of_fix() == "3 fixed, 2 left in 44 words"


def test_shares_are_weighed_by_words_and_unscored_documents_left_out(review: Review) -> None:
    unscored = replace(review, spun_share=None)
    both = Summary().plus(review).plus(unscored)
    assert both.documents == 2
    assert both.spun_share == pytest.approx(0.0912)
    assert Summary().plus(unscored).spun_share is None


def test_a_text_in_which_nothing_was_found_is_not_said_to_look_spun(review: Review) -> None:
    """Its share is what any text is thought to hold before it is read."""
    clean = Review(review.document, scorer="lm", spun_share=0.02)
    assert Summary().plus(clean).of_check() == "0 findings in 44 words"
    patterns = [f for f in review.findings if not is_scored(f.rule)]
    damaged = replace(clean, findings=tuple(patterns), decisions=())
    assert "spun" not in Summary().plus(damaged).of_check()
    both = Summary().plus(clean).plus(review)
    assert both.of_check() == "5 findings in 88 words, 2 documents; looks spun: 5 % of words"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0 %"), (0.001, "<1 %"), (0.094, "9 %"), (0.996, ">99 %"), (1, "100 %")],
)
def test_percentages_never_claim_too_much(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_pictures_stay_whole_and_spaces_that_tie_show() -> None:
    assert (
        visible("👩\u200d🚒 4\u202f% in\u00adhabitants\tx\x07")
        == "👩\u200d🚒 4␣% inhabitants⇥x\\x07"
    )
