"""Words that a spinner or scraper tore in two: ``the 14 th season``, ``does n't``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.span import Span
from despin.text.function_words import FUNCTION_WORDS

_ORDINAL = re.compile(
    r"(?<![\w.,:/-])\d{0,3}?(?:(?<!1)1 +st|(?<!1)2 +nd|(?<!1)3 +rd|(?:[04-9]|1[1-3]) +th)"
    r"(?![\w’'-])"
)
_STONES = re.compile(
    r"\b(?:lbs?|stones?|kg|weigh\w*|sts|slip|purl\w*|knit\w*|crochet\w*)\b|\d(?:lbs?|kg)\b|\b[kp]\d",
    re.IGNORECASE,
)
"""What a line has in which "st" may be a weight or a stitch: ``21 st 4 lb``."""
_PREFIX = re.compile(
    r"(?<![\w-])(?:anti|co|inter|multi|non|post|pre|re|semi|sub|un)- ([a-z]{3,})(?![\w-])"
)
_CONTRACTION = re.compile(
    r"\b(?:ai|are|ca|could|did|do|does|had|has|have|is|might|must|need|sha|should|was|were|wo|would)"
    r"( n['’]t)\b(?![\w’'-])",
    re.IGNORECASE,
)
_T = re.compile(
    r"\b(?i:ai|are|could|did|do(?:es)?|had|has|have|is|might|must|need|should|was|were|would|ca|sha"
    r"|wo)n( ['’]t)\b(?![\w’'-])"
)
_VERB = re.compile(
    r"(?<![\w'’-])(?:I( ['’](?:m|ve|ll|d))|(?:you|we|they)( ['’](?:re|ve|ll|d))"
    r"|(?:he|she|it|that|there|who)( ['’](?:ll|d)))(?=[ \t\n]+[a-z]|[.,])",
    re.IGNORECASE,
)
_S = re.compile(r"(?<![\w'’-])([^\W\d_]{2,}) ['’]s(?= ([a-z]+))")
_HOSTS = frozenset(
    "anybody anyone else everybody everyone he here how it let nobody she somebody someone that "
    "there this what when where who why".split()
)
"""Words whose ``'s`` is "is" or "has": any word may follow."""
_NO_NOUN = FUNCTION_WORDS - frozenset("few many more most other own several two".split())
"""Words that no noun phrase begins with once it has its possessive."""
_TERMS = frozenset("apostrophe clitic genitive letter plural possessive suffix".split())
"""Words behind which the ``'s`` itself is spoken of."""
_NO_HOSTS = _TERMS | FUNCTION_WORDS
_COORDINATES = frozenset("and but nor not than the then versus".split())
"""What goes on behind a hyphen that waits for its word: ``pre- and post-war``."""


class TornWordProposer:
    """Takes the space out of ordinal numbers, contractions, and from behind a prefix's hyphen."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Torn words."""
        return frozenset({Rule.TORN_WORD})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each torn word; of clean text, 23 ordinals in 12.7 million words are.

        Ordinals and contractions are sure; prefixes are not, for a dash may have been typed so.
        """
        text = document.text
        lines = Lines(text)
        for match in _ORDINAL.finditer(text):
            if match.group().endswith("st") and lines.judged(_counts_stones, match.start()):
                continue
            yield from _joined(text, lines, Span(*match.span()), sure=True)
        for match in (*_CONTRACTION.finditer(text), *_T.finditer(text)):
            yield from _joined(text, lines, Span(*match.span(1)), sure=True)
        for match in _VERB.finditer(text):
            yield from _joined(text, lines, Span(*match.span(match.lastindex or 0)), sure=True)
        for match in _S.finditer(text):
            if _ends_in_s(*match.groups()):
                host = match.group(1).lower()
                sure = host in _HOSTS or not host.endswith("s")  # "the players 's union"
                yield from _joined(text, lines, Span(match.end(1), match.end()), sure=sure)
        for match in _PREFIX.finditer(text):
            if match.group(1) not in _COORDINATES:
                yield from _joined(text, lines, Span(*match.span()), sure=False)


def _counts_stones(line: str) -> bool:
    return _STONES.search(line) is not None


def _ends_in_s(host: str, following: str) -> bool:
    """Whether an ``'s`` between the two is an ending of the first, not a word of its own."""
    word = host.lower()
    return word in _HOSTS or (word not in _NO_HOSTS and following not in _NO_NOUN)


def _joined(text: str, lines: Lines, torn: Span, *, sure: bool) -> Iterator[Finding]:
    if not lines.code_at(torn.start):
        edit = replacing(text, torn, torn.of(text).replace(" ", ""))
        yield scrape_finding(Rule.TORN_WORD, edit, "A word is torn in two.", sure=sure)
