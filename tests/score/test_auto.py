"""The scorer ``auto``: the language model is loaded only for documents that look spun."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from despin.document import Document
from despin.options import Options
from despin.propose.slots import Slots
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scorer
from despin.score.auto import AutoScorer
from despin.score.judge import FloatArray
from despin.score.loading import fast_scorer, load, readers
from despin.score.memory import Memory
from despin.score.near import NearReader

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


def test_a_clean_article_is_left_to_the_fast_scorer_and_a_spun_one_is_not(
    table: Substitutions,
) -> None:
    loaded: list[Scorer] = []

    def model() -> Scorer:
        loaded.append(load(Options(scorer="fast")))
        return loaded[-1]

    fast = load(Options(scorer="fast"))
    auto = AutoScorer(fast, model, "small")
    spun = (EXAMPLES / "harbour-bridge.txt").read_text("utf-8")
    for text, calls in ((CLEAN, 0), (spun, 1)):
        document = Document("-", text)
        places = slots(table, document)
        found = auto.score(document, places)
        assert len(loaded) == calls
        assert auto.model == "small"  # it must not depend on what was read before
        assert np.array_equal(found.spun, fast.score(document, places).spun)


def test_what_is_around_the_words_is_gathered_once(
    table: Substitutions, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    gather = NearReader.evidence

    def counted(
        self: NearReader, document: Document, places: Slots, memory: Memory | None = None
    ) -> FloatArray:
        asked.append(len(places))
        return gather(self, document, places, memory)

    monkeypatch.setattr(NearReader, "evidence", counted)
    auto = AutoScorer(load(Options(scorer="fast")), lambda: load(Options(scorer="fast")))
    document = Document("-", (EXAMPLES / "harbour-bridge.txt").read_text("utf-8"))
    places = slots(table, document)
    auto.score(document, places)
    assert asked.count(len(places)) == 1


@pytest.mark.model
def test_both_scorers_read_with_the_same_encoder() -> None:
    assert fast_scorer().near is readers().near


def test_a_text_with_half_a_character_pair_is_judged_like_any_other(table: Substitutions) -> None:
    fast = load(Options(scorer="fast"))
    document = Document("-", "He mentioned \ud83d that the invoice was paid.")
    assert len(fast.score(document, slots(table, document)).spun)
