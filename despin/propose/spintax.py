"""Braces and bars left over from a spinner's template: ``a {big|large|huge} crowd``.

Braces are common in code, so the options must be words and the line must read as prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.propose.code_lines import looks_like_code
from despin.propose.scrape import SURE
from despin.span import Span
from despin.text.function_words import FUNCTION_WORDS

_GROUP = re.compile(r"(?<![\w$%@#&\\={}])\{([^{}\n]{1,300})\}(?![\w={}(\[])")
_OPTION = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?:,? [^\W\d_]+(?:['’-][^\W\d_]+)*)*[,.!?]?")
_SOURCE = "template"
_AMONG_SEVERAL = 0.95
"""Confidence that several options in braces are a spinner's; which of them stood there is open."""

_GOES_ON = frozenset("of in to for with and on by from at as is are".split())
"""Words that go on with a sentence and name no field of a form: "{name of the customer}"."""
_STAND_ALONE = frozenset("in to for with on by from at as".split())
"""Of those, words that may begin what is put in braces on purpose: "{to be confirmed}"."""


class SpintaxProposer:
    """Offers the options of each group; one left over is sure, of several nobody knows which."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Spintax."""
        return frozenset({Rule.SPINTAX})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each group of options."""
        text = document.text
        if "{" not in text:
            return
        for match in _GROUP.finditer(text):
            options = _options(match.group(1))
            if not options or _in_code(text, match):
                continue
            yield _finding(Span(*match.span()), match.group(), options)


def _options(inside: str) -> list[str]:
    """The options, each once; none when this is no spintax."""
    options = list(dict.fromkeys(inside.split("|")))
    if not all(_OPTION.fullmatch(option) or not option for option in options):
        return []
    if not any(len(option) > 1 for option in options):
        return []
    if "|" in inside:
        return options
    # Without a bar only words that read on are sure to be left over: "{of professional}".
    words = inside.split(" ")
    if len(words) < 2 or not inside.islower() or words[0] not in _GOES_ON:
        return []
    return [] if words[0] in _STAND_ALONE and words[-1] not in FUNCTION_WORDS else options


def _finding(span: Span, before: str, options: list[str]) -> Finding:
    sure = len(options) == 1
    confidence = SURE if sure else 1 / len(options)
    return Finding(
        rule=Rule.SPINTAX,
        span=span,
        message="A spinner left its template here.",
        confidence=SURE if sure else _AMONG_SEVERAL,
        applicability=Applicability.SAFE if sure else Applicability.UNSAFE,
        candidates=tuple(
            Candidate(Edit(span, before, option), _SOURCE, confidence=confidence)
            for option in options
        ),
    )


def _in_code(text: str, match: re.Match[str]) -> bool:
    """Whether the line, all groups left out, looks like code."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    return looks_like_code(_GROUP.sub("", line))
