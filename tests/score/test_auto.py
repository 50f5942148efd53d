"""The scorer ``auto``: the language model is loaded only for documents that look spun."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from despin.document import Document
from despin.lexicon.thesaurus import Thesaurus
from despin.options import Options
from despin.propose.substitutions import Substitutions, slots
from despin.score import Scorer
from despin.score.auto import AutoScorer
from despin.score.loading import load

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_a_clean_article_is_left_to_the_fast_scorer_and_a_spun_one_is_not() -> None:
    loaded: list[Scorer] = []

    def model() -> Scorer:
        loaded.append(load(Options(scorer="fast")))
        return loaded[-1]

    fast = load(Options(scorer="fast"))
    auto = AutoScorer(fast, model)
    table = Substitutions.of(Thesaurus.load())
    for name, calls in (("harbour-bridge.original.txt", 0), ("harbour-bridge.txt", 1)):
        document = Document(name, (EXAMPLES / name).read_text("utf-8"))
        places = slots(table, document)
        found = auto.score(document, places)
        assert len(loaded) == calls
        assert np.array_equal(found.spun, fast.score(document, places).spun)


def test_a_text_with_half_a_character_pair_is_judged_like_any_other() -> None:
    fast = load(Options(scorer="fast"))
    table = Substitutions.of(Thesaurus.load())
    document = Document("-", "He mentioned \ud83d that the invoice was paid.")
    assert len(fast.score(document, slots(table, document)).spun)
