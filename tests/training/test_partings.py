"""Runs of swaps cut into their parts, and really spun texts made more lightly spun."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.propose.substitutions import Substitutions
from despin.span import Span
from despin.training.lightened import KEPT, lightened
from despin.training.partings import cut, outermost
from despin.training.real import of_gold, of_pair
from despin.training.spinner import Spun, Swap

SPUN = (
    "The invoice was essential as a result of the city’s authorities wanted cash, an employee "
    "mentioned. Nobody requested who’d pay for it within the subsequent 12 months."
)
ORIGINAL = (
    "The bill was necessary because the city’s government needed money, a worker said. "
    "Nobody asked who’d pay for it in the next year."
)


def marked(before: str, after: str, text: str = SPUN) -> Spun:
    start = text.index(before)
    return of_gold(text, [(start, start + len(before), before, after)], "here")


def parts(table: Substitutions, before: str, after: str) -> set[tuple[str, str]]:
    whole = marked(before, after)
    return {(s.spun, s.original) for s in cut(table, whole).swaps if s not in whole.swaps}


def test_neighbours_are_told_apart_by_the_lexicon(table: Substitutions) -> None:
    assert parts(table, "essential as a result of", "necessary because") == {
        ("essential", "necessary"),
        ("as a result of", "because"),
    }
    assert parts(table, "within the subsequent 12 months", "in the next year") == {
        ("within", "in"),
        ("subsequent", "next"),
        ("12 months", "year"),
    }


def test_of_two_possessives_the_nouns_are_a_swap(table: Substitutions) -> None:
    assert parts(table, "city’s", "town’s") == {("city", "town")}
    assert parts(table, "city’s authorities", "town’s government") == {("city", "town")}


def test_marks_stay_outside_and_an_article_is_no_swap(table: Substitutions) -> None:
    assert parts(table, "cash, an employee mentioned", "money, a worker said") == {
        ("cash", "money"),
        ("employee", "worker"),
        ("mentioned", "said"),
    }


def test_what_the_lexicon_cannot_explain_stays_whole(table: Substitutions) -> None:
    assert not parts(table, "essential as a result of", "what we were told to expect of")
    assert not parts(table, "invoice", "bill")


def test_the_parts_stand_where_they_say(table: Substitutions) -> None:
    found = cut(table, of_pair(SPUN, ORIGINAL))
    assert all(swap.span.of(found.text) == swap.spun for swap in found.swaps)
    assert list(found.swaps) == sorted(found.swaps, key=lambda swap: swap.span)


def test_swaps_inside_another_are_none_of_the_outermost() -> None:
    inner, outer = Swap(Span(4, 9), "large", "big"), Swap(Span(4, 14), "large cash", "big money")
    other = Swap(Span(20, 24), "cash", "money")
    assert outermost((inner, other, outer)) == [outer, other]


@given(st.integers(), st.sampled_from([(SPUN, ORIGINAL), (ORIGINAL, SPUN)]))
def test_a_lighter_text_lies_between_the_spun_one_and_its_original(
    seed: int, pair: tuple[str, str]
) -> None:
    spun = of_pair(*pair)
    for lighter in lightened(spun, random.Random(seed)):
        assert lighter.original == spun.original
        assert all(swap.span.of(lighter.text) == swap.spun for swap in lighter.swaps)
        kept = {(swap.spun, swap.original) for swap in lighter.swaps}
        assert kept <= {(swap.spun, swap.original) for swap in spun.swaps}
        assert all(a.start <= b.start for a, b in pairwise(lighter.unclear))


def test_of_many_swaps_as_many_stay_as_is_said() -> None:
    words = "The big city. " * 300
    gold = [(i, i + 3, "big", "large") for i in range(4, len(words), 14)]
    spun = of_gold(words, gold, "here")
    shares = [len(lighter.swaps) / len(gold) for lighter in lightened(spun, random.Random(3))]
    assert shares == pytest.approx(KEPT, abs=0.06)


def test_what_was_taken_back_is_as_it_was_and_clear_again() -> None:
    spun = marked("invoice", "bill")
    none = [lighter for seed in range(20) for lighter in lightened(spun, random.Random(seed))]
    assert len(none) < 2 * 20  # without a swap there is nothing to learn
    assert all(lighter.text == SPUN for lighter in none)
    both = of_gold(
        SPUN,
        [(4, 11, "invoice", "bill"), (SPUN.index("cash"), SPUN.index("cash") + 4, "cash", "money")],
        "here",
    )
    texts = {
        (lighter.text, lighter.unclear)
        for seed in range(40)
        for lighter in lightened(both, random.Random(seed))
    }
    light = SPUN.replace("invoice", "bill")
    assert (light, (Span(light.index("cash"), light.index("cash") + 4),)) in texts


def test_what_stood_nowhere_before_is_not_taken_back() -> None:
    start = SPUN.index("essential")
    spun = of_gold(SPUN, [(start, start + 9, "essential", "")], "here")
    for seed in range(5):
        assert [lighter.text for lighter in lightened(spun, random.Random(seed))] == [SPUN, SPUN]
