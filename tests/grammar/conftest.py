"""Reviews out of lines, a checker that needs no Java, and the real one, started once for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.grammar.client import ServerChecker
from despin.grammar.lease import LeasedServer
from despin.grammar.matches import Match
from despin.grammar.server import why_unavailable
from despin.options import Options
from despin.review import By, Review, Verdict
from despin.span import Span

ARTICLES = [
    (r"\b([Aa]) [aeio]", "EN_A_VS_AN", "MISC", ("an",)),
    (r"\b([Aa]n) [^aeio]", "EN_A_VS_AN", "MISC", ("a",)),
]
"""Enough of the rule of a and an for tests in small letters."""

EDIT = re.compile(r"\[(?P<before>.*?) -> (?P<after>.*?)\]")


@dataclass
class Told:
    """Finds each pattern's first group, or all of it, with the given rule and suggestions.

    ``rules`` holds (pattern, rule, category, suggestions).
    """

    rules: list[tuple[str, str, str, tuple[str, ...]]]
    asked: list[str] = field(default_factory=list)
    note: str | None = None

    def start(self) -> None: ...

    def close(self) -> None: ...

    def check(self, text: str) -> list[Match]:
        self.asked.append(text)
        return [
            Match(Span(*found.span(found.lastindex or 0)), rule, category, f"{rule} says so.", to)
            for pattern, rule, category, to in self.rules
            for found in re.finditer(pattern, text)
        ]


def review_of(line: str, rule: Rule = Rule.SYNONYM, by: By = By.POLICY) -> Review:
    """The review of a line whose edits stand in it as ``[written -> restored]``."""
    text, findings, end = "", [], 0
    for match in EDIT.finditer(line):
        text += line[end : match.start()]
        span = Span(len(text), len(text) + len(match["before"]))
        text += match["before"]
        end = match.end()
        candidate = Candidate(Edit(span, match["before"], match["after"]), "test", None, 0.9)
        findings.append(
            Finding(rule, span, "Probably swapped.", 0.9, Applicability.SAFE, False, (candidate,))
        )
    review = Review(Document("-", text + line[end:]), tuple(findings))
    for index in range(len(findings)):
        review = review.decide(index, Verdict.ACCEPTED, by=by)
    return review


@pytest.fixture(scope="session")
def told() -> Callable[..., Told]:
    """Makes a checker that finds the rules it is given, or those of the articles."""
    return lambda rules=ARTICLES: Told(list(rules))


@pytest.fixture(scope="session")
def accepted() -> Callable[..., Review]:
    """Makes the review of a line, see `review_of`."""
    return review_of


@pytest.fixture(scope="session")
def languagetool(own_state: Path) -> Path:
    """The folder with the state of the run's LanguageTool server.

    Without Java, the extra or the server the test is skipped; with ``DESPIN_REQUIRE_ALL=1`` the
    suite's conftest makes that a failure.
    """
    reason = why_unavailable(Options())
    if reason:
        pytest.skip(f"tests of the real LanguageTool left out: {reason}")
    return own_state


@pytest.fixture(scope="session")
def checker(languagetool: Path) -> Iterator[ServerChecker]:
    """A checker on the shared server."""
    checker = ServerChecker(LeasedServer())
    yield checker
    note = checker.note
    checker.close()
    assert note is None
