"""The whole build, on sources of a few lines."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from despin.lexicon.build import build
from despin.lexicon.collect import Inputs
from despin.lexicon.frequencies import Frequencies
from despin.lexicon.rows import Kind, LexiconError, LexiconRow
from despin.lexicon.sources import Source
from despin.lexicon.thesaurus import Thesaurus
from despin.lexicon.vectors import Vectors
from despin.lexicon.weigh import attested_odds

if TYPE_CHECKING:
    from pathlib import Path

TORTURED = """\
tortured\texpected\texpected_core\tpaper_hits_2025\tneeds_context\tcontext_query\tproximity_only
bosom disease\tbreast disease\tbreast disease\t9\t0\t\t0
bosom scan\tbreast scan\tbreast scan\t5\t0\t\t0
"""
MOBY = "operation,surgery,put,act\nset up,install,put\nduring,throughout\nact,put\n"
WORDS = (
    "operation operations surgery surgeries breast breasts bosom bosoms thing things install "
    "installs installed put puts place places placed hot hotter hottest popular more most set up "
    "sets act app apps during throughout boffin boffins scientist scientists"
).split()


@pytest.fixture(scope="module")
def inputs(small_wordnet: Path, tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "tortured.tsv").write_text(TORTURED, "utf-8")
    (folder / "moby.txt").write_text(MOBY, "utf-8")
    matrix = np.eye(len(WORDS), 60, dtype=np.float32)
    matrix[WORDS.index("apps")] = matrix[WORDS.index("things")]
    Vectors(tuple(WORDS), matrix).save(folder / "vectors.npz")
    (folder / "spintax.tsv").write_text("spun\toriginal\nput\tplace\n", "utf-8")
    return Inputs(
        wordnet=small_wordnet,
        moby=folder / "moby.txt",
        tortured=folder / "tortured.tsv",
        curated=(LexiconRow("boffin", "scientist", Kind.NOUN, 2.0),),
        spintax=folder / "spintax.tsv",
        vectors=folder / "vectors.npz",
    )


@pytest.fixture(scope="module")
def frequencies() -> Frequencies:
    counts = {word: 100 + number for number, word in enumerate(WORDS)}
    return Frequencies(counts, sum(counts.values()))


@pytest.fixture(scope="module")
def built(
    inputs: Inputs, frequencies: Frequencies, tmp_path_factory: pytest.TempPathFactory
) -> Thesaurus:
    folder = tmp_path_factory.mktemp("built")
    with pytest.warns(UserWarning, match="multilingual"):
        build(inputs, frequencies, folder)
    return Thesaurus.load(folder)


@pytest.mark.parametrize(
    ("spun", "original", "source"),
    [
        ("surgery", "operation", Source.WORDNET_SYNONYM),
        ("surgeries", "operations", Source.MOBY),
        ("installs", "sets up", Source.WORDNET_SYNONYM),
        ("setting up", "installing", None),
        ("sets up", "installs", Source.PHRASE),
        ("hottest", "most popular", Source.WORDNET_NEAR),
        ("bosoms", "breasts", Source.TORTURED),
        ("breast", "operation", Source.WORDNET_NEAR),
        ("throughout", "during", Source.MOBY),
        ("boffins", "scientists", Source.CURATED),
        ("apps", "things", Source.DISTRIBUTIONAL),
        ("puts", "operations", None),
        ("surgery", "operations", None),
        ("put", "placed", Source.WORDNET_SYNONYM),
        ("put", "place", Source.WORDNET_SYNONYM),
    ],
)
def test_pairs_agree_in_form(
    built: Thesaurus, spun: str, original: str, source: Source | None
) -> None:
    found = built.candidates(spun)
    forms = found.forms if found else []
    assert (original in forms) == (source is not None)
    if found and source:
        assert found.sources[forms.index(original)] & source


def test_what_people_and_spinners_wrote_sets_the_weight(built: Thesaurus) -> None:
    assert built.weight("boffin", "scientist") == pytest.approx(np.log(2), abs=0.05)
    attested = built.weight("bosom", "breast")
    assert attested is not None
    assert attested >= np.log(2) - 1 - 0.05


def test_same_inputs_give_the_same_bytes(
    inputs: Inputs, frequencies: Frequencies, built: Thesaurus, tmp_path: Path
) -> None:
    with pytest.warns(UserWarning, match="multilingual"):
        facts = build(inputs, frequencies, tmp_path)
    again = Thesaurus.load(tmp_path)
    assert facts["spun_forms"]
    assert again.compiled.forms == built.compiled.forms
    for name in ("rows", "originals", "weights", "sources"):
        assert getattr(again.compiled, name).tobytes() == getattr(built.compiled, name).tobytes()


def test_frequencies_name_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "counts.tsv"
    path.write_text("word\tcount\nthe\t9\nof\tmany\n", "utf-8")
    with pytest.raises(LexiconError, match=r"counts\.tsv:3"):
        Frequencies.read(path)
    path.write_text("word\tcount\nthe\t9\nset\t2\nup\t1\n", "utf-8")
    found = Frequencies.read(path)
    assert found.per_million("set up") == found.per_million("up")
    assert found.per_million("set-up") == found.per_million("up")


def test_odds_of_what_was_found_never_exceed_those_to_the_other_words_found() -> None:
    phrases = np.array([57.0, 30.0, 1.0, 12.0, 0.0])
    originals = np.array([0, 0, 0, 1, 0])
    odds = attested_odds(phrases, originals)
    assert odds == pytest.approx([57 / 32, 30 / 59, 1 / np.e, 12 / np.e, 0.0])


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("wordnet", "empty: lacks data.noun"),
        ("moby", "junk: is not UTF-8 text"),
        ("tortured", "junk: is not UTF-8 text"),
        ("tortured", "moby.txt: lacks the column 'tortured'"),
        ("spintax", "moby.txt: lacks the column 'spun'"),
        ("vectors", "moby.txt: holds no word vectors"),
    ],
)
def test_a_wrong_source_is_named(
    inputs: Inputs, frequencies: Frequencies, tmp_path: Path, source: str, told: str
) -> None:
    (tmp_path / "junk").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty").mkdir()
    wrong = inputs.moby if told.startswith("moby") else tmp_path / told.partition(":")[0]
    wrong_inputs = replace(inputs, **{source: wrong})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NLTK's, of a WordNet without other languages
        with pytest.raises(LexiconError, match=re.escape(told)):
            build(wrong_inputs, frequencies, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"word\tcount\nthe\tmany\n", "no count for 'the'"),
        (b"", "holds no word"),
        (b"\xff", "UTF-8"),
    ],
)
def test_word_counts_that_are_none_are_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "counts.tsv").write_bytes(content)
    with pytest.raises(LexiconError, match=told):
        Frequencies.read(tmp_path / "counts.tsv")
