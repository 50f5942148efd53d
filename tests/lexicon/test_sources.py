from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from despin.lexicon import moby, spelling, tortured, vectors, weigh
from despin.lexicon.location import packaged
from despin.lexicon.relations import Lexemes, Relation

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "tortured\texpected\texpected_core\tpaper_hits_2025\tneeds_context\tcontext_query\t"
    "proximity_only\n"
)


def listed(folder: Path, *rows: str) -> Path:
    path = folder / "tortured.tsv"
    path.write_text(HEADER + "".join(row.replace("|", "\t") + "\n" for row in rows), "utf-8")
    return path


def test_words_at_the_same_place_are_pairs(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        "profound learning|deep learning|deep learning|9|0||0",
        "profound sea|deep sea|deep sea|1|0||0",
        "mining data|data mining|data mining|3|0||0",
        "malignant growth|cancer|cancer|3|0||0",
        "near words|far away|far away|3|0||1",
    )
    assert tortured.word_pairs(path) == {("profound", "deep"): 2}


def test_phrase_table_keeps_conditions_and_drops_what_cannot_be_put_in(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        'bosom|breast|breast|9|1|"breast"|0',
        "ruinous|acid|acid|9|0||0",
        "grand thing|big thing|big thing|9|0||1",
        "odd thing|x|see https://example.org|9|0||0",
        "same thing|same thing|same thing|9|0||0",
        "no query|a query|a query|9|1||0",
    )
    lines = tortured.phrase_table(path).splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert [(row[0], row[1], row[6:]) for row in rows] == [
        ("bosom", "breast", ['"breast"']),
        ("grand thing", "big thing", ["", "1"]),
    ]


def test_packaged_phrases_are_many_sorted_and_attributed() -> None:
    lines = (packaged() / "phrases.tsv").read_text("utf-8").splitlines()
    assert "CC BY 4.0" in lines[1]
    rows = [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]
    assert len(rows) > 7000
    keys = [(row[0], row[1]) for row in rows]
    assert keys == sorted(keys)
    assert all(spun != original for spun, original in keys)


def test_moby_pairs_share_a_part_of_speech(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("put,set,place\nduring,throughout\n", "utf-8")
    lexemes = Lexemes()
    lengths = moby.add_pairs(
        lexemes, path, lambda _: True, {"put": "v", "set": "nv", "place": "n", "throughout": "r"}
    )
    assert lengths == {"put": 2, "during": 1}
    assert set(lexemes.ids) == {("put", "v"), ("set", "v"), ("during", "x"), ("throughout", "x")}
    spun, originals, bits = lexemes.merged()
    put, put_for = lexemes.ids["put", "v"], lexemes.ids["set", "v"]
    said = {(int(a), int(b)): int(c) for a, b, c in zip(spun, originals, bits, strict=True)}
    assert said[put_for, put] == Relation.MOBY_UNDER_ORIGINAL
    assert said[put, put_for] == Relation.MOBY_UNDER_SPUN


def test_vectors_bring_words_of_like_use_together(tmp_path: Path) -> None:
    texts = [
        f"{article} {animal} {verb} the {thing}."
        for article in ("the", "a")
        for animal, verb, thing in (
            *(("cat", verb, "milk") for verb in ("drank", "spilled")),
            *(("dog", verb, "milk") for verb in ("drank", "spilled")),
            *(("car", verb, "road") for verb in ("left", "blocked")),
        )
    ]
    words = "the a cat dog car drank spilled left blocked milk road".split()
    found = vectors.train(texts, words, dimensions=4)
    cosine = found.matrix @ found.matrix.T
    cat, dog, car = (found.index[word] for word in ("cat", "dog", "car"))
    assert cosine[cat, dog] > cosine[cat, car]
    found.save(tmp_path / "vectors.npz")
    again = vectors.Vectors.load(tmp_path / "vectors.npz")
    assert again.words == found.words
    assert np.abs(again.matrix - found.matrix).max() < 1e-2


def test_regression_finds_the_odds() -> None:
    labels = np.array([1.0] * 30 + [0.0] * 10)
    at = weigh.logistic(np.ones((40, 1)), labels, ridge=1e-9)
    assert at[0] == pytest.approx(np.log(3))


@pytest.mark.parametrize(
    ("scores", "area"), [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1, 1, 1, 1], 0.5)]
)
def test_area_under_the_curve(scores: list[float], area: float) -> None:
    positive = np.array([False, False, True, True])
    assert weigh.area_under_curve(np.array(scores, float), positive) == area


def test_spelling_rows_name_a_known_kind_and_stand_once() -> None:
    lines = (packaged() / "spelling.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert {kind.removesuffix(spelling.ONE_WAY) for *_, kind in rows} <= set(spelling.ENDINGS)
    assert rows == sorted(rows)
    assert len({(british, kind) for british, _, kind in rows}) == len(rows)
