from __future__ import annotations

import pytest

from despin.lexicon.inflection import TAGS, lemmas, paradigm, readings
from despin.lexicon.rows import Kind, LexiconRow
from despin.lexicon.user import surface_rows


@pytest.mark.parametrize(
    ("lemma", "pos", "forms"),
    [
        ("boffin", "n", {"NN": "boffin", "NNS": "boffins"}),
        ("person", "n", {"NN": "person", "NNS": "people"}),
        ("point of view", "n", {"NN": "point of view", "NNS": "points of view"}),
        ("press release", "n", {"NN": "press release", "NNS": "press releases"}),
        ("set up", "v", {"VB": "set up", "VBZ": "sets up", "VBG": "setting up", "VBD": "set up"}),
        ("hot", "a", {"JJ": "hot", "JJR": "hotter", "JJS": "hottest"}),
        ("popular", "a", {"JJ": "popular", "JJR": "more popular", "JJS": "most popular"}),
        ("quickly", "r", {"RB": "quickly", "RBR": "more quickly"}),
        ("throughout", "x", {"AS-IS": "throughout"}),
    ],
)
def test_forms_of_a_lemma(lemma: str, pos: str, forms: dict[str, str]) -> None:
    found = paradigm(lemma, pos)
    assert {tag: found[tag][0] for tag in forms} == forms


def test_mass_use_is_no_plural() -> None:
    assert paradigm("therapy", "n")["NNS"] == ("therapies",)
    assert "treatment" not in paradigm("treatment", "n")["NNS"]


def test_readings_give_every_use_of_a_form() -> None:
    assert ("put", "v", "VBD") in readings("put")
    assert ("put", "v", "VB") in readings("put")
    assert ("surgery", "n", "NNS") in readings("surgeries")
    assert lemmas("zzyzzx") == ()


def test_tags_have_their_base_form_first() -> None:
    for pos, lemma in (("n", "house"), ("v", "go"), ("a", "big"), ("r", "fast"), ("x", "of")):
        assert lemma in paradigm(lemma, pos)[TAGS[pos][0]]


def test_forms_that_two_lemmas_share_are_no_swap() -> None:
    pairs = {
        (spun, original)
        for spun, original, _ in surface_rows([LexiconRow("bathe", "bath", Kind.VERB)])
    }
    assert pairs == {("bathe", "bath"), ("bathes", "baths")}
