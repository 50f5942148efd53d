"""The rules: what each is called, what it looks like, and what may be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from despin.finding import Rule

CHOOSES_WORDS = frozenset(
    {Rule.SYNONYM, Rule.FUNCTION_WORD, Rule.LEXICON, Rule.PHRASE, Rule.GRAMMAR, Rule.DOUBLED_WORD}
)
"""Rules whose edits choose words; the others repair characters and lines."""


class UnknownRuleError(ValueError):
    """A rule was asked for that does not exist."""


@dataclass(frozen=True, slots=True)
class RuleDescription:
    """One rule for people: a sentence, and an example before and after."""

    rule: Rule
    summary: str
    before: str
    after: str
    scored: bool = False
    """Whether its findings come from the scorer; the others come from patterns alone."""


RULES: tuple[RuleDescription, ...] = (
    RuleDescription(
        Rule.SYNONYM,
        "A word that a synonym spinner put in the place of another.",
        "The invoice was paid last week, the minister mentioned.",
        "The bill was paid last week, the minister said.",
        scored=True,
    ),
    RuleDescription(
        Rule.FUNCTION_WORD,
        "A preposition, conjunction or particle that a spinner swapped.",
        "She turned the spare room to an office.",
        "She turned the spare room into an office.",
        scored=True,
    ),
    RuleDescription(
        Rule.LEXICON,
        "A word or phrase of a lexicon named by the user.",
        "(depends on the lexicon)",
        "(depends on the lexicon)",
        scored=True,
    ),
    RuleDescription(
        Rule.PHRASE,
        "A tortured phrase: a fixed term translated word by word.",
        "a counterfeit consciousness tool",
        "an artificial intelligence tool",
    ),
    RuleDescription(
        Rule.FUSED_QUOTE,
        "A quotation mark that lost its space or its direction, or has a space inside.",
        "called it as”a stroke of luck”",
        "called it as “a stroke of luck”",
    ),
    RuleDescription(
        Rule.MISSING_SPACE,
        "Words or sentences grown together.",
        "The bridge closed.Nobody was hurt.",
        "The bridge closed. Nobody was hurt.",
    ),
    RuleDescription(
        Rule.BOILERPLATE,
        "A line or a tag of the site, or a paragraph that stands twice.",
        "Share this on Facebook",
        "",
    ),
    RuleDescription(
        Rule.DOUBLED_WORD,
        "The same word twice in a row.",
        "in the the harbour",
        "in the harbour",
    ),
    RuleDescription(
        Rule.ENTITY,
        "An HTML entity or an escape that was never decoded.",
        "Marks &amp; Spencer",
        "Marks & Spencer",
    ),
    RuleDescription(
        Rule.SPACE_BEFORE_PUNCTUATION,
        "A space that does not belong before a punctuation mark, or inside brackets.",
        "It rained , and then it snowed .",
        "It rained, and then it snowed.",
    ),
    RuleDescription(
        Rule.TORN_WORD,
        "A space inside a word.",
        "in his 14 th season",
        "in his 14th season",
    ),
    RuleDescription(
        Rule.ATTRIBUTION,
        "A “that” between a quotation and its speaker.",
        "“We won,” that he said.",
        "“We won,” he said.",
    ),
    RuleDescription(
        Rule.MOJIBAKE,
        "Characters decoded with the wrong encoding, joined letters, or what nobody sees.",
        "the mayorâ€™s office",
        "the mayor’s office",
    ),
    RuleDescription(
        Rule.SPINTAX,
        "Braces and bars left over from a spinner's template.",
        "a {big|large|huge} crowd",
        "a big crowd",
    ),
    RuleDescription(
        Rule.GRAMMAR,
        "A grammatical error that LanguageTool reports.",
        "No other shops offers it.",
        "No other shop offers it.",
    ),
)


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[Rule]:
    """The rules named by ``select`` (all, when it is empty) less those named by ``ignore``.

    Raises:
        UnknownRuleError: a name is no rule; the message lists those that are.
    """
    selected = {_rule(name) for name in select} or set(Rule)
    return frozenset(selected - {_rule(name) for name in ignore})


def _rule(name: str) -> Rule:
    try:
        return Rule(name)
    except ValueError:
        known = ", ".join(sorted(Rule))
        raise UnknownRuleError(f"no rule is called {name!r}; there are {known}") from None


_SCORED = frozenset(description.rule for description in RULES if description.scored)


def is_scored(rule: Rule) -> bool:
    """Whether a rule's findings come from the scorer and not from a pattern."""
    return rule in _SCORED
