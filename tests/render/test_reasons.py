"""How the evidence for a proposal is put into words."""

import pytest

from despin.render.wording import odds, visible


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (3.2, "odds 25 to 1"),
        (0.5, "odds 2 to 1"),
        (0.0, "even odds"),
        (-0.3, "even odds"),
        (-1.0, "could be right as written"),
        (-9.0, "could be right as written"),
    ],
)
def test_the_odds_against_the_words_as_written(score: float, said: str) -> None:
    assert odds(score) == said


def test_a_byte_that_is_not_utf_8_is_shown_as_itself() -> None:
    assert visible("caf\udce9.txt") == "caf\\xe9.txt"
    assert visible("bell\x07") == "bell\\x07"
