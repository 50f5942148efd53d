"""What the encoder learns from: the truth is among what is shown."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from despin.document import Document
from despin.propose.substitutions import Substitutions, slots
from despin.score.collocations import Collocations
from despin.score.encoder import DATA
from despin.score.encoder_pieces import open_tokenizer
from despin.training.encoder_examples import KEPT, ExampleMaker, _write, read
from despin.training.plausibility import CountPlausibility
from despin.training.real import of_gold
from despin.training.simulate import SOMETHING_ELSE

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.original.txt"))]


@pytest.fixture(scope="module")
def maker(table: Substitutions) -> ExampleMaker:
    return ExampleMaker(table, Collocations.load(), open_tokenizer(DATA))


def test_the_original_is_among_the_forms_shown(maker: ExampleMaker, tmp_path: Path) -> None:
    examples = [maker.make(text, random.Random(seed)) for text in CLEAN for seed in range(6)]
    swapped = 0
    for example in examples:
        assert (example.at[:, 0] <= example.at[:, 1]).all()
        assert example.at.max() < len(example.ids)
        assert ((example.target >= 0) | (example.target == SOMETHING_ELSE)).all()
        known = example.target >= 0
        rows = np.flatnonzero(known)
        assert (example.forms[rows, example.target[rows]] >= 0).all()
        swapped += int((example.target > 0).sum())
    assert swapped > 20
    _write(examples, tmp_path / "e.pkl")
    again = list(read(tmp_path / "e.pkl"))
    assert all((a.forms == b.forms).all() for a, b in zip(examples, again, strict=True))


def test_counts_prefer_what_is_usual_in_its_place(table: Substitutions) -> None:
    forward = table.transposed()
    document = Document("-", "He paid a lot of attention to it.")
    places = slots(forward, document)
    plausible = CountPlausibility(forward, Collocations.load())(document, places)
    index = next(i for i in range(len(places)) if places.span(i).of(document.text) == "attention")
    rows = np.array(places.candidates(index))
    forms = [places.forms[number] for number in places.form[rows].tolist()]
    values = dict(zip(forms, plausible[rows].tolist(), strict=True))
    assert values["care"] > values["heed"]


def test_a_really_spun_text_is_shown_with_all_its_swaps_and_with_fewer(
    maker: ExampleMaker,
) -> None:
    sentence = "The minister mentioned the invoice was huge. "
    gold = [(13, 22, "mentioned", "said"), (27, 34, "invoice", "bill"), (39, 43, "huge", "big")]
    spans = [
        (start + n * len(sentence), end + n * len(sentence), spun, original)
        for n in range(20)
        for start, end, spun, original in gold
    ]
    text = of_gold(sentence * 20, spans, "")
    versions = list(maker.versions(text, random.Random(1)))
    swapped = [int((example.target != 0).sum()) for example in versions]
    assert len(versions) == len(KEPT)
    assert swapped[0] == swapped[1] == 60
    assert 60 > swapped[2] > swapped[3] > swapped[4] > 0
