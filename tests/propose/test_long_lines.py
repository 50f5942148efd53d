"""Pattern rules on texts of one long line, or of many lines that hang on each other."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.finding import Rule
from despin.options import Options
from despin.propose.registry import pattern_proposers

PIECES = {
    Rule.ENTITY: ("it\\'s ", "well\\u2019s ", "&amp;", "&amp;amp; ", "a&rsquos", "&amp "),
    Rule.MISSING_SPACE: (
        "3hours ",
        "moth,flies ",
        "closed.Nobody ",
        "wa”a ",
        "“a”b ",
        "‘a ",
        " 'It's ",
        "it‘a ",
        "said'A ",
    ),
    Rule.SPACE_BEFORE_PUNCTUATION: (
        "dusk ,and ",
        "dusk .The ",
        "dusk , ",
        "the ! key ",
        'She had said :"No." ',
        "said :“No ",
        "the crew ( of the boat ) ",
        "the ( ",
    ),
    Rule.MOJIBAKE: ("a\u200b", "vil\u00adlage ", "that\ufffds ", "a â€ ", "â€œno â€ "),
    Rule.TORN_WORD: ("does n't ", "don 't ", "14 th "),
    Rule.FUSED_QUOTE: ("wa”a ", "“a”b ", " “ a ", "“ a ” "),
    Rule.BOILERPLATE: (
        "Related Articles:\n",
        "Related Articles:\nFerry back\n",
        "Share this Article\n\nThe ferry is back.\n\n",
        "Share this Article\n",
        "He left at noon.Advertisement The ",
        "He left at noon. Continue reading ",
        "He left at noon.Also Read: The ",
        "- Subscribe\n",
        "[vc_row] ",
        '[caption id="a" ',
        "[embed]a[/embed] ",
        "<b>a</b> ",
        "<p>It was the one that he had.</p>\n",
        "The ferry is back at the quay, and the crew of it went home again.\n",
    ),
}


@pytest.mark.parametrize(
    ("rule", "piece"), [(rule, piece) for rule, pieces in PIECES.items() for piece in pieces]
)
def test_any_step_that_took_quadratic_time_would_take_minutes_here(rule: Rule, piece: str) -> None:
    document = Document("-", piece * (200_000 // len(piece)))
    for proposer in pattern_proposers(Options()):
        if rule in proposer.rules:
            for _ in proposer.propose(document):
                pass


@pytest.mark.parametrize("again", ["amp;", "#38;"])
def test_an_entity_may_be_nested_as_deep_as_a_text_is_long(again: str) -> None:
    reference = f"&{again * 300_000}eacute;"
    document = Document("-", f"a caf{reference} on the quay")
    findings = [f for p in pattern_proposers(Options()) for f in p.propose(document)]
    assert [f.best.edit.after for f in findings if f.best] == ["é"]
