"""What texts beside their originals teach: golden cases, and laws that hold for any two texts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.document import Document
from despin.learning.alignment import LONGEST, substitutions, words
from despin.learning.lessons import of_texts
from despin.lexicon.rows import LexiconRow
from despin.lexicon.user import surface_rows

GOLDEN = Path(__file__).parent.parent / "golden" / "learning"


class Case(NamedTuple):
    spun: str
    original: str
    rows: list[str]


def cases(path: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").splitlines():
        mark, text = line[:2], line[2:].replace("\\n", "\n")
        if mark == "- ":
            case = Case(text, "", [])
        elif mark == "+ ":
            case = case._replace(original=text)
            yield case
        elif mark == "= ":
            case.rows.append(text)


def learnt(spun: str, original: str, *, names: bool = False) -> list[str]:
    lesson = of_texts(Document("a", spun), Document("b", original), names=names)
    return [f"{pair.spun} > {pair.original} ({pair.kind})" for pair in lesson.pairs]


CASES = [case for path in sorted(GOLDEN.glob("*.txt")) for case in list(cases(path))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.spun[:30])
def test_case(case: Case) -> None:
    assert learnt(case.spun, case.original) == case.rows


def test_names_can_be_learnt() -> None:
    before, after = "We met him at the White Home again.", "We met him at the White House again."
    assert learnt(before, after) == []
    assert learnt(before, after, names=True) == ["home > House (word)"]


VOCABULARY = (
    "the a an of in to and it boffin boffins scientist scientists said mentioned bill invoice "
    "House Oslo 40 1,200 don't don’t well-known nation's big large in-depth"
).split()
texts = st.lists(st.sampled_from([*VOCABULARY, ". ", ", ", "\n", "\n\n"]), max_size=40).map(
    " ".join
)


@given(st.one_of(texts, st.text()))
@settings(deadline=None)
def test_a_text_beside_itself_teaches_nothing(text: str) -> None:
    assert learnt(text, text, names=True) == []


@given(texts, texts)
@settings(deadline=None)
def test_what_is_learnt_stands_in_the_texts(spun: str, original: str) -> None:
    before, after = Document("a", spun), Document("b", original)
    lesson = of_texts(before, after, names=True)
    found: set[tuple[str, ...]] = set()
    end = other_end = 0
    for part in substitutions(before, after, names=True):
        assert end <= part.spun.start
        assert other_end <= part.original.start
        end, other_end = part.spun.end, part.original.end
        sides = normal(part.spun.of(spun)), normal(part.original.of(original))
        found |= {sides, tuple(side.removesuffix("'s") for side in sides)}
        assert 1 <= len(words(part.spun.of(spun))) <= LONGEST
    for pair in lesson.pairs:
        row = LexiconRow(pair.spun, pair.original, pair.kind)
        forms = {(one, other.lower()) for one, other, _ in surface_rows([row])}
        assert forms & found, f"{pair} is in none of {found}"


def normal(text: str) -> str:
    text = " ".join(text.lower().replace("’", "'").split())
    return "a" if text == "an" else text


def test_long_texts_that_differ_everywhere_are_aligned() -> None:
    draw = random.Random(1)
    original = [f"{word(draw)}" for _ in range(20_000)]
    swapped = {at: word(draw) for at in range(0, 20_000, 8)}
    spun = [swapped.get(at, word) for at, word in enumerate(original)]
    lesson = of_texts(Document("a", " ".join(spun)), Document("b", " ".join(original)))
    right = {(new, original[at]) for at, new in swapped.items()}
    found = [(pair.spun, pair.original) for pair in lesson.pairs]
    assert len(found) > 0.95 * len(right)
    assert sum(pair in right for pair in found) > 0.99 * len(found)


def word(draw: random.Random) -> str:
    """A word that no dictionary knows, from a few thousand, the first ones commonest."""
    number = int(draw.random() ** 3 * 5_000)
    return "zx" + "".join("bcdfghjklm"[int(digit)] for digit in str(number))


def test_texts_that_are_not_each_others_teach_nothing() -> None:
    draw = random.Random(2)
    one, other = (" ".join(word(draw) for _ in range(2_000)) for _ in range(2))
    assert len(learnt(one, other)) < 20
