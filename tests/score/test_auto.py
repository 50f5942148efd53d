"""The scorer ``auto``: the language model is loaded only for what looks spun."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from despin.document import Document
from despin.lexicon.thesaurus import Thesaurus
from despin.options import Options
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scorer, Scores
from despin.score.auto import AutoScorer, settled
from despin.score.loading import load

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN = (
    "The council voted on Tuesday to keep the library open on Sundays. The mayor said the "
    "decision would cost the town about 40,000 pounds a year, most of it for staff. Two "
    "members voted against the plan because the budget for roads had been cut in March.\n\n"
    "The library was built in 1962 and has about 12,000 visitors a month, according to "
    "figures published last week. It will be closed for two days in May while the roof is "
    "repaired.\n\n"
    "A spokesman for the county said that other towns had asked for money as well, and that "
    "no decision had been made. The next meeting will be held on 14 June at the town hall.\n"
)


def test_a_clean_article_is_left_to_the_fast_scorer_and_a_spun_one_is_not() -> None:
    loaded: list[Scorer] = []

    def model() -> Scorer:
        loaded.append(load(Options(scorer="fast")))
        return loaded[-1]

    fast = load(Options(scorer="fast"))
    auto = AutoScorer(fast, model)
    table = Substitutions.of(Thesaurus.load())
    spun = (EXAMPLES / "harbour-bridge.txt").read_text("utf-8")
    for text, calls in ((CLEAN, 0), (spun, 1)):
        document = Document("-", text)
        places = slots(table, document)
        found = auto.score(document, places)
        assert len(loaded) == calls
        assert np.array_equal(found.spun, fast.score(document, places).spun)


class Watched:
    """A scorer that notes how many places it is asked about, and under which prior."""

    name, notes = "watched", ()
    model = "watched"

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self.asked: list[tuple[int, float | None]] = []

    def score(self, document: Document, places: Slots, prior: float | None = None) -> Scores:
        self.asked.append((len(places), prior))
        return self._scorer.score(document, places, prior)


def test_in_an_article_with_one_swap_the_model_is_asked_about_few_places() -> None:
    fast = load(Options(scorer="fast"))
    watched = Watched(fast)
    document = Document("-", CLEAN.replace("no decision", "no verdict"))
    places = slots(Substitutions.of(Thesaurus.load()), document)
    found = AutoScorer(fast, lambda: watched).score(document, places)
    ((asked, prior),) = watched.asked
    assert 0 < asked < len(places) / 10
    assert prior == fast.once(document, places).prior
    swap = document.text.index("verdict")
    assert swap in places.start[found.spun > 0.01].tolist()
    assert float(found.candidate.sum()) <= float(found.spun.sum())


def test_what_is_doubtful_gets_the_second_scores_and_moves_the_prior() -> None:
    fast = load(Options(scorer="fast"))
    document = Document("-", CLEAN)
    places = slots(Substitutions.of(Thesaurus.load()), document)
    first = fast.once(document, places)
    doubtful = np.array([3, 8])
    sizes = np.diff(places.first)[doubtful]
    second = Scores(
        np.array([0.99, 0.99], np.float32),
        np.repeat(np.float32(0.99) / sizes, sizes).astype(np.float32),
        np.zeros(int(sizes.sum()), np.float32),
        0.0,
        first.prior,
    )
    found = settled(first, second, places, doubtful, fast.trained, document.word_count)
    assert found.prior > first.prior
    assert (found.spun[doubtful] > 0.99).all()
    assert found.share == pytest.approx(float(found.spun[doubtful].sum()) / document.word_count)
    others = np.setdiff1d(np.arange(len(places)), doubtful)
    assert (found.spun[others] >= first.spun[others]).all()


def test_a_text_with_half_a_character_pair_is_judged_like_any_other() -> None:
    fast = load(Options(scorer="fast"))
    table = Substitutions.of(Thesaurus.load())
    document = Document("-", "He mentioned \ud83d that the invoice was paid.")
    assert len(fast.score(document, slots(table, document)).spun)
