"""Rows of a lexicon from articles spun by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.handspun import Article, Use
from benchmarks.handspun_rows import CYCLE, marked, pairs, rows
from despin.lexicon.rows import Kind, LexiconRow


def article(*swaps: tuple[str, str], use: Use = Use.TEACH) -> Article:
    return Article("one", "light", "", [(0, 0, spun, original) for spun, original in swaps], use)


def made(*articles: Article) -> dict[tuple[str, str], LexiconRow]:
    found = rows(pairs(iter(articles)), set())
    return {(row.spun, row.original): row for row in found}


def test_a_pair_becomes_a_row_of_lemmas_where_they_can_only_be_one_kind() -> None:
    found = made(article(("Purchased", "bought"), ("in accordance with", "according to")))
    assert found["purchase", "buy"].kind is Kind.VERB
    assert found["in accordance with", "according to"].kind is Kind.PHRASE


def test_a_row_weighs_what_share_of_the_articles_that_swap_its_original_have_it() -> None:
    often = [article(("as a way to", "to"))] * 6
    others = [article(("so as to", "to"))] * 2
    found = made(*often, *others)
    # n / (N - n + 6) of N = 8 articles
    assert found["as a way to", "to"].weight == round(6 / 8, 2)
    assert found["so as to", "to"].weight == round(2 / 12, 2)


def test_words_that_both_sides_share_are_left_out() -> None:
    assert set(made(article(("the urgent matter", "the pressing matter")))) == {
        ("urgent", "pressing")
    }


def test_what_is_no_swap_of_a_spinner_makes_no_row() -> None:
    once = article(("walked", "walking"), ("e-mail", "email"), ("4", "four"), ("round", "around"))
    assert made(once) == {}


def test_function_words_make_a_row_from_the_second_article_on() -> None:
    assert ("amid", "in") not in made(article(("amid", "in")))
    assert ("amid", "in") in made(*[article(("amid", "in"))] * 2)


def test_what_other_files_hold_is_left_out() -> None:
    one = article(("purchase", "acquisition"), ("bargain", "deal"))
    found = rows(pairs(iter([one])), {("bargain", "deal")})
    assert [(row.spun, row.original) for row in found] == [("purchase", "acquisition")]


def test_only_articles_that_teach_count() -> None:
    given: Iterator[Article] = (
        article(("bargain", "deal"), use=use) for use in (Use.JUDGES, Use.HELD)
    )
    assert pairs(given) == {}


def test_a_row_whose_reverse_is_there_is_a_cycle_unless_it_says_more() -> None:
    row = LexiconRow("bargain", "deal", Kind.NOUN, 0.2, "somebody")
    told = replace(row, note="cycle: of old")
    other = {("deal", "bargain", Kind.NOUN)}
    assert [r.note for r in marked([row, told], other)] == [CYCLE, "cycle: of old"]
    assert marked([row], {("deal", "bargain", Kind.VERB)}) == [row]
