"""One hand-made review that holds every kind of finding a renderer must show."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.review import By, Review, Verdict
from despin.span import Span

TEXT = (
    "The harbour board will sell its surgeries abroad.\r\n"
    "\r\n"
    "Staff will rely upon a counterfeit consciousness assistant for the paperwork, which was "
    "written over eleven winters by three clerks, who said “it has took a toll” of the office.\r\n"
    "Share this on Facebook\r\n"
    "The end\x07"
)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def candidate(words: str, after: str, source: str, score: float | None, sure: float) -> Candidate:
    return Candidate(Edit(place(words), words, after), source, score, sure)


FINDINGS = (
    Finding(
        Rule.SYNONYM,
        place("surgeries"),
        "“surgeries” probably stands for “operations” (WordNet); it reads better, 3,395 to 1; "
        "it also occurs 3× in this article",
        0.972,
        Applicability.SAFE,
        candidates=(
            candidate("surgeries", "operations", "WordNet", 8.13, 0.95),
            candidate("surgeries", "procedures", "WordNet", 2.5, 0.02),
            candidate("surgeries", "clinics", "Moby", 0.25, 0.001),
        ),
    ),
    Finding(
        Rule.PHRASE,
        place("counterfeit consciousness"),
        "A tortured phrase.",
        0.99,
        Applicability.SAFE,
        candidates=(
            candidate(
                "a counterfeit consciousness",
                "an artificial intelligence",
                "tortured phrases",
                None,
                0.99,
            ),
        ),
    ),
    Finding(
        Rule.GRAMMAR,
        place("took"),
        "The participle is “taken”.",
        0.8,
        Applicability.DISPLAY,
        in_quote=True,
        candidates=(candidate("took", "taken", "LanguageTool", None, 0.8),),
    ),
    Finding(
        Rule.BOILERPLATE,
        place("Share this on Facebook\r\n"),
        "A line of the site.",
        0.85,
        Applicability.UNSAFE,
        candidates=(candidate("Share this on Facebook\r\n", "", "patterns", None, 0.85),),
    ),
    Finding(Rule.MOJIBAKE, place("end\x07"), "A control character.", 0.5, Applicability.DISPLAY),
)


@pytest.fixture
def review() -> Review:
    return Review(
        Document("harbour.txt", TEXT),
        FINDINGS,
        scorer="lm",
        model="SmolLM2-135M-Instruct",
        spun_share=0.0912,
        notes=("not checked: nothing",),
    )


@pytest.fixture
def fixed(review: Review) -> Review:
    for index in (0, 1, 3):
        review = review.decide(index, Verdict.ACCEPTED, by=By.POLICY)
    return review
