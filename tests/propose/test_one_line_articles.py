"""Articles that lost their line breaks: a mark of code silences its surroundings, not all of it."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.finding import Applicability, Rule
from despin.options import Options
from despin.propose.registry import pattern_proposers

STORY = "The ferry left the quay at noon, and nobody who was on it knew of the storm. " * 12


def found(text: str) -> set[Rule]:
    document = Document("-", text)
    findings = [f for p in pattern_proposers(Options()) for f in p.propose(document)]
    return {f.rule for f in findings if f.applicability is Applicability.SAFE}


@pytest.mark.parametrize("mark", ["News | Ferries", "I <3 ferries", "speed=distance", "x = y"])
def test_a_mark_of_code_far_away_silences_nothing(mark: str) -> None:
    damaged = (
        "It was the the crew ,and the keeper , who didn&#8217t know.Nobody was hurt, 3hours on."
    )
    quoted = "He called it”a stroke of luck” and went home on the 14 th of May."
    rules = {
        Rule.DOUBLED_WORD,
        Rule.SPACE_BEFORE_PUNCTUATION,
        Rule.MISSING_SPACE,
        Rule.ENTITY,
        Rule.FUSED_QUOTE,
        Rule.TORN_WORD,
    }
    assert found(f"{mark} {STORY}{damaged} {quoted}") == rules
    assert found(f"{STORY}{damaged} {quoted} {STORY}{mark}") == rules


def test_code_within_a_long_line_is_left_alone() -> None:
    assert not found(f"{STORY}echo $1 ,and then $2 closed.The end of the the {{x}}. {STORY}")


def test_a_long_line_without_spaces_is_read_in_linear_time() -> None:
    assert not found("a|" * 300_000)
