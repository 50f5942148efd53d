"""How the evidence for a proposal is put into words."""

import pytest

from despin.document import Document
from despin.edit import Edit
from despin.finding import Candidate
from despin.render.wording import odds, reason, visible
from despin.span import Span


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


@pytest.mark.parametrize(
    ("wording", "times"),
    [("apps", 3), ("Mobile apps", 1), ("apps of the", 1), ("of apps", 0), ("", 0), ("the", 4)],
)
def test_how_often_the_article_has_a_wording_elsewhere(wording: str, times: int) -> None:
    document = Document(
        "a", "The programs, the mobile apps and the apps’ makers: “apps of the day”."
    )
    span = Span(4, 12)
    best = Candidate(Edit(span, "programs", wording), "a list", None, 0.9)
    said = f"it also occurs {times}× in this article"
    assert (said in reason(document, span, best)) == (times > 0)
