"""Blanks inside round brackets: ``the team ( from Leeds ) was glad``.

Sums, code, boxes to tick and smileys have such blanks as well. So what stands in the brackets must
be words that a sentence has, and the brackets must stand within a line of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.code_lines import reads_as_sentences
from despin.propose.known_words import is_known
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.span import Span

_BRACKETS = re.compile(
    r"(?<=[\w,.!?”\"’'%] )\(( {0,2})(?! )([^()\n]*[^()\s])( {0,2})\)(?=[\s,.;:!?”\"’]|\Z)"
)
_PROSE = re.compile(r"[“\"‘'£$€]?[^\W_](?:[^\W_]|(?<! )-|[ ,.;:!?%&’'‘“”\"–—£$€])*(?<![;: ])")
_ADDRESS = re.compile(r"\w\w\.\w")
_WORD = re.compile(r"(?![\d_])\w+(?:['’-]\w+)*")
_LEADS_ON = re.compile(
    r"\b(?:if|for|print|return|switch|until|while|an?|the|enter|hit|press|type) \Z", re.IGNORECASE
)
"""Before code, or before a bracket that is meant itself: ``a ( without a matching )``."""
_STILL_OPEN = frozenset({"a", "an", "and", "or", "the"})


class BracketProposer:
    """Takes out the blanks behind an opening bracket and before a closing one."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Spaces beside punctuation."""
        return frozenset({Rule.SPACE_BEFORE_PUNCTUATION})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each blank, so that what is between may be edited as well."""
        text = document.text
        lines = Lines(text)
        for match in _BRACKETS.finditer(text):
            blanks = [Span(*match.span(group)) for group in (1, 3) if match.group(group)]
            if blanks and _is_aside(match.group(2)) and _in_prose(lines, text, match.start()):
                yield from (_needless(text, blank) for blank in blanks)


def _needless(text: str, blank: Span) -> Finding:
    message = "No space belongs inside the brackets."
    edit = replacing(text, blank, "")
    return scrape_finding(Rule.SPACE_BEFORE_PUNCTUATION, edit, message, sure=True)


def _is_aside(inner: str) -> bool:
    """Whether it is made of at least two words, and of no others than English ones and names."""
    if not _PROSE.fullmatch(inner) or _ADDRESS.search(inner):
        return False
    words = _WORD.findall(inner)
    long = [word for word in words if len(word) > 1]
    whole = len(long) > 1 and words[-1].lower() not in _STILL_OPEN
    return whole and all(is_known(word) for word in long if word.islower())


def _in_prose(lines: Lines, text: str, at: int) -> bool:
    if lines.code_at(at) or not lines.judged(reads_as_sentences, at):
        return False
    return _LEADS_ON.search(text, max(0, at - 8), at) is None
