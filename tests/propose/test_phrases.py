from __future__ import annotations

from pathlib import Path

import pytest

from despin.document import Document
from despin.edit import apply
from despin.finding import Applicability, Finding, Rule
from despin.lexicon.rows import LexiconError
from despin.options import Options
from despin.propose.phrase_context import holds
from despin.propose.phrase_table import PhraseIndex, Verdict, index, packaged_verdicts
from despin.propose.phrases import PhraseProposer
from despin.propose.registry import pattern_proposers

TABLE = """\
# spun, original, context, proximity
spun\toriginal\tcontext\tproximity
counterfeit consciousness\tartificial intelligence\t\t0
neural organization\tneural network\t\t0
irregular backwoods\trandom forest\t\t0
profound learning\tdeep learning\t"deep learning"\t0
sack of words\tbag of words\t\t0
sack of words model\tbag of words model\t\t0
bunching clustering\tclustering\t\t1
supply route\tartery\t\t0
speed/assortment\tvelocity\t\t0
heart ailments\theart disease\t\t0
gaussian commotion\tgaussian noise\t\t0
"""
VERDICTS = {"supply route": Verdict.DROP, "heart ailments": Verdict.UNSAFE}


def small() -> PhraseIndex:
    return index(TABLE.splitlines(), VERDICTS)


def found(text: str) -> list[Finding]:
    return list(PhraseProposer(small).propose(Document("-", text)))


def fixed(text: str) -> str:
    return apply(text, [f.best.edit for f in found(text) if f.best])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A counterfeit consciousness is here.", "An artificial intelligence is here."),
        ("COUNTERFEIT CONSCIOUSNESS!", "ARTIFICIAL INTELLIGENCE!"),
        ("Neural organizations win.", "Neural networks win."),
        ("a neural\norganization of it", "a neural\nnetwork of it"),
        ("an irregular backwoods", "a random forest"),
        ("one sack of words model", "one bag of words model"),
        ("some Gaussian commotion", "some Gaussian noise"),
        ("a _counterfeit consciousness_ tool", "an _artificial intelligence_ tool"),
        ("a **counterfeit consciousness** tool", "an **artificial intelligence** tool"),
        ("Counterfeit consciousness’s use", "Artificial intelligence’s use"),
        ("counterfeit consciousness's use", "artificial intelligence's use"),
    ],
)
def test_phrase_is_replaced(before: str, after: str) -> None:
    assert fixed(before) == after
    assert [f.applicability for f in found(before)] == [Applicability.SAFE]


@pytest.mark.parametrize(
    "text",
    [
        "Counterfeit coins and consciousness.",
        "counterfeit, consciousness",
        "counterfeit\n\nconsciousness",
        "a neural organizational chart",
        "the sack of words-to-be",
        "the neural organized crowd",
        "The army cut a supply route.",
        "speed/assortment",
        "_counterfeit consciousness",
        "a counterfeit_consciousness_ name",
        "counterfeit consciousness's-eye views",
    ],
)
def test_near_miss_is_left(text: str) -> None:
    assert found(text) == []


def test_context_must_hold_of_the_rest_and_makes_a_question() -> None:
    assert found("Profound learning takes years.") == []
    (finding,) = found("Profound learning, or deep learning, takes years.")
    assert finding.applicability is Applicability.UNSAFE


def test_words_near_each_other_are_shown_only() -> None:
    (finding,) = found("The bunching or clustering of coins.")
    assert finding.applicability is Applicability.DISPLAY


def test_a_phrase_of_good_english_is_a_question() -> None:
    assert [f.applicability for f in found("Her heart ailments.")] == [Applicability.UNSAFE]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ('"keen" AND "savvy"', "keen and savvy", True),
        ('"keen" AND "savvy"', "keen only", False),
        ("optimiz*", "an optimizer", True),
        ('("rat" OR "mouse") AND "fate"', "the mouse met its fate", True),
        ('("rat" OR "mouse") AND "fate"', "rate and fate", False),
        ('"deep learning"', "deep\nlearning", True),
        ('"created nations developed countries"~100', "developed countries", False),
        ("(", "(", False),
        ('""', "", False),
    ],
)
def test_context_query(query: str, text: str, expected: bool) -> None:
    assert holds(query, text) is expected


def test_users_phrases_are_found_under_their_own_rule(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(
        "spun\toriginal\tkind\nharbor of call\tport of call\tphrase\nboat\tship\tnoun\n"
    )
    proposer = pattern_proposers(Options(lexicons=(path,)))[-1]
    assert proposer.rules == {Rule.LEXICON}
    (finding,) = proposer.propose(Document("-", "A harbor of call for a boat."))
    assert finding.best is not None
    assert (finding.rule, finding.best.edit.after) == (Rule.LEXICON, "port of call")
    assert finding.best.source == "your lexicon"  # as the scorer says of single words


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("They met in new york.", ["New York"]),
        ("They met in New York.", []),
        ("They met in New\nYork.", []),
        ("THEY MET IN NEW YORK.", []),
        ("They met in  New  York.", []),
    ],
)
def test_a_row_that_gives_capitals_leaves_alone_what_has_them(
    tmp_path: Path, text: str, after: list[str]
) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("spun\toriginal\nnew york\tNew York\n")
    proposer = pattern_proposers(Options(lexicons=(path,)))[-1]
    proposed = proposer.propose(Document("-", text))
    assert [f.best.edit.after for f in proposed if f.best] == after


def test_a_lexicon_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("wrong\theader\nx\ty\n")
    proposer = pattern_proposers(Options(lexicons=(path,)))[-1]
    with pytest.raises(LexiconError):
        list(proposer.propose(Document("-", "A text.")))


def test_demoted_phrases_are_sorted_and_have_reasons() -> None:
    path = Path(__file__).parents[2] / "despin/propose/data/demoted_phrases.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line[0] != "#"]
    phrases = [row[0] for row in rows[1:]]
    assert phrases == sorted(set(phrases)) == list(packaged_verdicts())
    assert all(len(row) == 3 and row[2] for row in rows)
