"""The examples that the documentation shows: mended where spoilt, left alone where clean."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from despin import Despinner, Options, Review
from despin.document import Document
from despin.finding import Applicability, Rule
from despin.options import Grammar
from despin.render.summary import Summary
from despin.rules import is_scored
from despin.score.model_store import installed

FOLDER = Path(__file__).parent.parent / "examples"
ORIGINALS = sorted(FOLDER.glob("*.original.txt"))
SPUN = sorted(set(FOLDER.glob("*.txt")) - set(ORIGINALS))
SCORERS = ["fast", pytest.param("lm", marks=pytest.mark.model)]

names = pytest.mark.parametrize("path", SPUN, ids=lambda path: path.stem)
originals = pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.name)
scorers = pytest.mark.parametrize("scorer", SCORERS)


@cache
def despinner(scorer: str) -> Despinner:
    return fresh(scorer)


def fresh(scorer: str) -> Despinner:
    if scorer == "lm" and installed() is None:
        pytest.skip("the language model is not installed")
    return Despinner(Options(scorer=scorer, grammar=Grammar.OFF))


def read(path: Path) -> Document:
    return Document(path.name, path.read_text("utf-8"))


@cache
def fixed(scorer: str, path: Path) -> Review:
    return despinner(scorer).fix(read(path))


def test_every_example_is_a_pair() -> None:
    assert [path.stem + ".original.txt" for path in SPUN] == [path.name for path in ORIGINALS]


@scorers
@originals
def test_a_clean_article_gets_no_safe_edit(path: Path, scorer: str) -> None:
    found = despinner(scorer).check(read(path)).findings
    safe = [f.message for f in found if f.applicability is Applicability.SAFE]
    assert safe == []


@scorers
@names
def test_fixing_what_is_fixed_changes_nothing_more(path: Path, scorer: str) -> None:
    review = fixed(scorer, path)
    assert review.edits()
    again = despinner(scorer).fix(Document(path.name, review.result()))
    assert again.edits() == ()


@scorers
def test_scrape_damage_is_repaired_unasked(scorer: str) -> None:
    result = fixed(scorer, FOLDER / "harbour-bridge.txt").result()
    assert "choice as “a gift to the property developers”" in result
    for line in ("Related Article:", "Ferry company raises", "Share this article"):
        assert line not in result
    assert result.endswith("declined to comment.\n")
    assert "reserves.\n\nMerchants" in result or "reserves.\n\nTraders" in result


@scorers
def test_tortured_phrases_are_given_back(scorer: str) -> None:
    review = fixed(scorer, FOLDER / "memory-lab.txt")
    assert Rule.PHRASE in {finding.rule for finding in review.findings}
    assert "artificial intelligence" in review.result()
    assert "neural network" in review.result()


@scorers
@names
def test_quoted_words_stay_as_they_are(path: Path, scorer: str) -> None:
    document, result = read(path), fixed(scorer, path).result()
    assert document.quotes
    for span in document.quotes:
        assert span.of(document.text)[1:-1] in result  # a fused mark may be turned


@scorers
def test_a_document_gets_the_same_review_in_any_company(scorer: str) -> None:
    shared = despinner(scorer)
    documents = [read(path) for path in (*SPUN, *ORIGINALS)]
    forwards = [shared.check(document) for document in documents]
    backwards = [shared.check(document) for document in reversed(documents)]
    assert forwards == backwards[::-1]
    for document, review in zip(documents[:2], forwards, strict=False):
        assert fresh(scorer).check(Document(document.id, document.text)) == review


@scorers
def test_what_a_fix_leaves_is_what_a_check_shows_and_no_edit_mends(scorer: str) -> None:
    path = FOLDER / "solar-co-op.txt"
    review, before = fixed(scorer, path), despinner(scorer).check(read(path))
    left = [review.findings[index].span for index in review.open()]
    told = [*left, *(edit.span for edit in review.edits())]
    doubts = [f.span for f in before.findings if is_scored(f.rule)]
    assert review.edits()
    assert doubts
    assert all(any(span.overlaps(other) for other in told) for span in doubts)
    again = despinner(scorer).check(Document(path.name, review.result()))
    assert len(left) >= len(again.findings)
    said = f"{len(review.edits())} fixed, {len(left)} left "
    assert Summary().plus(review).of_fix().startswith(said)
