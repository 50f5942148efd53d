"""The simulator: what it writes, what it remembers, and how plausible its swaps are."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from despin.document import Document
from despin.lexicon.sources import Source
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.text.function_words import FUNCTION_WORDS
from despin.text.tokens import normal
from despin.training.simulate import AS_WRITTEN, UNCLEAR, truth
from despin.training.spinner import Spinner, Spun, Swap
from despin.training.style import Style, drawn

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.original.txt"))]


@pytest.fixture(scope="module")
def spinner(table: Substitutions) -> Spinner:
    def indifferent(_: Document, places: Slots) -> np.ndarray:
        return np.zeros(len(places.form), np.float32)

    forward = table.transposed()
    return Spinner(forward, np.zeros(len(forward.forms), np.float32), indifferent)


def spin(spinner: Spinner, text: str, style: Style, seed: int = 1) -> Spun:
    return spinner.spin(Document("-", text), style, random.Random(seed))


def test_every_swap_is_where_it_says_and_undoing_all_gives_the_original(spinner: Spinner) -> None:
    style = Style(0.4, mends_article=False)
    for text in CLEAN:
        spun = spin(spinner, text, style)
        assert spun.swaps
        undone, at = [], 0
        for swap in spun.swaps:
            assert swap.span.of(spun.text) == swap.spun
            undone += [spun.text[at : swap.span.start], swap.original]
            at = swap.span.end
        assert "".join([*undone, spun.text[at:]]) == text


def test_a_rate_of_nothing_changes_nothing_and_more_changes_more(spinner: Spinner) -> None:
    assert spin(spinner, CLEAN[0], Style(0.0)).text == CLEAN[0]
    few, many = (len(spin(spinner, CLEAN[0], Style(rate)).swaps) for rate in (0.05, 0.5))
    assert 0 < few < many


def test_quotations_can_be_spared_and_names_are(spinner: Spinner) -> None:
    text = "The mayor said “the large bridge is a great success” and Peter Large agreed at once."
    for seed in range(20):
        spun = spin(spinner, text, Style(1.0, spared=1.0, names=0.0), seed).text
        assert "“the large bridge is a great success”" in spun
        assert "Peter Large" in spun


def test_a_word_is_mostly_swapped_the_same_way(spinner: Spinner) -> None:
    text = "The large house stood near a large tree. " * 12
    spun = spin(spinner, text, Style(0.9, same=1.0))
    assert len({swap.spun.lower() for swap in spun.swaps if swap.original == "large"}) == 1


def test_articles_are_mended_where_the_spinner_does(spinner: Spinner) -> None:
    text = "They saw a large error and an old car. " * 8
    for seed in range(5):
        spun = spin(spinner, text, Style(1.0, mends_article=True, function_words=0.0), seed).text
        assert " a error" not in spun
        assert " an car" not in spun


def test_the_truth_of_slots(table: Substitutions, spinner: Spinner) -> None:
    spun = spin(spinner, CLEAN[0], replace(drawn(random.Random(3), 0.2), same=0.0))
    places = slots(table, Document("-", spun.text))
    labels = truth(table, places, spun)
    exact = {(s.span.start, s.span.end): s for s in spun.swaps}
    for index, label in enumerate(labels.tolist()):
        span = places.span(index)
        swap = exact.get((span.start, span.end))
        if label >= 0:
            assert swap is not None
            assert label in places.candidates(index)
        elif label == AS_WRITTEN:
            assert not any(span.overlaps(s.span) for s in spun.swaps)
        elif label == UNCLEAR:
            assert swap is None
    assert (labels >= 0).sum() > 0.8 * len(spun.swaps)


def test_unmixed_styles_keep_function_words_among_themselves(
    spinner: Spinner, table: Substitutions
) -> None:
    pure = Style(0.9, mixes=False, function_words=1.0, sources=1 | 2 | 8)
    swaps = [swap for text in CLEAN for swap in spin(spinner, text, pure).swaps]
    mixed = [swap for swap in swaps if _function(swap.spun) != _function(swap.original)]
    assert len(swaps) > 50
    assert all(_by_hand(table, swap) for swap in mixed)
    careless = [
        swap for text in CLEAN for swap in spin(spinner, text, replace(pure, mixes=True)).swaps
    ]
    assert not all(
        _by_hand(table, swap)
        for swap in careless
        if _function(swap.spun) != _function(swap.original)
    )


def _function(words: str) -> bool:
    return all(word in FUNCTION_WORDS for word in normal(words).split())


def _by_hand(table: Substitutions, swap: Swap) -> bool:
    """Whether the pair was curated, or is a tortured phrase's."""
    spun, original = (table.number(normal(words)) for words in (swap.spun, swap.original))
    assert spun is not None
    rows = range(table.rows[spun], table.rows[spun + 1])
    row = next(row for row in rows if table.target[row] == original)
    return bool(table.source[row] & (Source.CURATED | Source.TORTURED))
