"""Spaces on the wrong side of a mark, or missing at one: ``dusk ,and``, ``3hours``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.known_words import is_known
from despin.propose.scrape import LOWER, Lines, missing_space, replacing, scrape_finding
from despin.propose.spacing import FRENCH, JOINERS, STARTERS
from despin.span import Span

_BEFORE_COMMA = re.compile(rf"(?<={LOWER})( +,)(?=[^\W\d_]{{2,}}[\s,.;])")
_BEFORE_STOP = re.compile(rf"(?<={LOWER}|\d)( +\.)(?=([A-Z][a-z]*)\s)")
_BEFORE_CURLY = re.compile(r"(?<=[^\W\d_])( +:)[“‘]\w")
_BEFORE_STRAIGHT = re.compile(r"[^\W\d_][^\w\n]+[^\W\d_]+( +:)\"[A-Z]")
_SEMICOLON = re.compile(rf"(?<![&\w#])[^\W\d_]+{LOWER}(;)(?=([a-z]+)[\s,])")
_SPEAKER = re.compile(r"(?<=[^\W\d_])[”\"’](,)(?=(?:said|says|added|adds)\s)")
_UNIT = re.compile(
    r"(?<![\w.,:/#@’'&=-])(?!2day\b)\d{1,4}"
    r"(?=(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|people|times)(?![\w/.@-]*[\w/@-]))"
)
_OPENS = re.compile(
    rf"(?<![^\W_])([^\W\d_]*{LOWER}{{3}})"
    rf"(?=\(({LOWER}+) ({LOWER}{{2,}}) (?:[^()\n]{{0,200}})\))"
)
_CLOSES = re.compile(r"\((?=[^()\n ]{1,60} )[^()\n]{1,200}\w\)(?=([a-z]+)[\s,])")
_CLOSES_WORDS = re.compile(
    rf"(?<=[^\W_] )\(({LOWER}+(?: {LOWER}+){{1,6}})\)(?=({LOWER}{{3,}})[\s,.])"
)

_STOP = re.compile(
    rf"(?:{LOWER}\)|(?<![\w.,/-])(?:[£$€]\d[\d.,]*(?:m|bn|k|tn)?|(?:19|20)\d\d"
    r"|\d+(?:\.\d+)?%|\d{1,3}(?:,\d{3})+))\.(?=([A-Z][a-z]*)[\s,])"
)
_COMMA = re.compile(
    rf"(?<![^\s(“\"])([^\W\d_]?{LOWER}{{3,}}),(?=([^\W\d_]{LOWER}{{2,}})(?:\s|[.,;:!?]\s))"
)

_KINDS_OF_FILE = frozenset({("comma", "separated"), ("tab", "separated"), ("key", "value")})

_MISSING = (
    (_SEMICOLON, "after the semicolon", JOINERS),
    (_CLOSES, "after the bracket", JOINERS),
    (_STOP, "between two sentences", STARTERS),
    (_SPEAKER, "after the comma", None),
    (_UNIT, "after the number", None),
)
"""Patterns whose match ends where the space is missing, and the words of which one must follow."""


class DisplacedSpaceProposer:
    """Puts each space where it belongs; in clean text all that it finds is damaged."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Missing spaces and spaces before punctuation."""
        return frozenset({Rule.MISSING_SPACE, Rule.SPACE_BEFORE_PUNCTUATION})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each place outside code."""
        text = document.text
        lines = Lines(text)
        found = (*_displaced(text), *_colons(document), *_missing(text))
        return (finding for finding in found if not _in_code(lines, finding.span.start))


def _in_code(lines: Lines, at: int) -> bool:
    return lines.code_at(at) or lines.judged_around(_assigns, at)


def _assigns(line: str) -> bool:
    return " = " in line


def _displaced(text: str) -> Iterator[Finding]:
    for match in (*_BEFORE_COMMA.finditer(text), *_BEFORE_STOP.finditer(text)):
        if match.lastindex == 2 and match.group(2) not in STARTERS:
            continue  # ".Net", ".Mail"
        yield _moved(text, match, sure=True)


def _colons(document: Document) -> Iterator[Finding]:
    """``said :“We won.”``; what stands in straight marks may be a symbol or a setting."""
    text = document.text
    matches = (*_BEFORE_CURLY.finditer(text), *_BEFORE_STRAIGHT.finditer(text))
    if not matches or FRENCH.search(text):
        return
    ends = {quote.start: quote.end for quote in document.quotes}
    for match in matches:
        at = match.end(1)
        if at in ends:
            yield _moved(text, match, sure=text[at] != '"' or text[ends[at] - 2] in ".!?…,")


def _moved(text: str, match: re.Match[str], *, sure: bool) -> Finding:
    mark = match.group(1)[-1]
    return scrape_finding(
        Rule.SPACE_BEFORE_PUNCTUATION,
        replacing(text, Span(*match.span(1)), f"{mark} "),
        f"The space belongs behind “{mark}”.",
        sure=sure,
    )


def _missing(text: str) -> Iterator[Finding]:
    for pattern, where, following in _MISSING:
        for match in pattern.finditer(text):
            if following is None or match.group(match.lastindex or 0) in following:
                yield missing_space(text, match.end(), f"A space is missing {where}.", sure=True)
    yield from _at_brackets(text)
    for match in _COMMA.finditer(text):
        before, behind = match.groups()
        small = [word for word in (before, behind) if word.islower()]
        if (before, behind) in _KINDS_OF_FILE:
            continue
        if behind in JOINERS or not all(map(is_known, small or (before, behind))):
            continue  # found by `SpacingProposer`, or options of a program: "defaults,noatime"
        # "Name,Email" may be a header: two words with capitals are left to a person.
        message = "A space is missing after the comma."
        yield missing_space(text, match.end(), message, sure=bool(small))


def _at_brackets(text: str) -> Iterator[Finding]:
    """Beside words in brackets; "test(const char)" is code."""
    for match in _OPENS.finditer(text):
        if all(map(is_known, match.groups())):
            message = "A space is missing before the bracket."
            yield missing_space(text, match.end(), message, sure=True)
    for match in _CLOSES_WORDS.finditer(text):
        inner, behind = match.groups()
        if behind not in JOINERS and all(map(is_known, (*inner.split(), behind))):
            message = "A space is missing after the bracket."
            yield missing_space(text, match.end(), message, sure=True)
