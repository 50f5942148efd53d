"""Spaces where none belong, and none where one does: ``rained , and``, ``closed.Nobody``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.run_on_leftovers import is_leftover
from despin.propose.scrape import LOWER, UPPER, Lines, missing_space, replacing, scrape_finding
from despin.span import Span

_SPACE_BEFORE = re.compile(
    r"(?<=[\w”\"’')\]%])[ \t]+"
    r"(?=[,!?][”\"’')]?(?:\s|\Z)|[;:](?![ \t]*[()])(?:\s|\Z)"  # a smiley may have a blank: “: )”
    r"|\.[”\"’')]?(?:[ \t]+[A-Z“\"‘]|\s*\n|\s*\Z))"
)
FRENCH = re.compile(r"[«»]|\u202f[!?:;]|\u00a0[!?:;]")
"""Marks of French, which puts spaces before others."""
_COMMAND = re.compile(
    r"(?:^|[\s`\"])(?:cd|ls|add|find|cp|mv|scp|build|source|tar|install|code|run) \."
)
_SYMBOL = re.compile(
    r"(?:\b(?:[Tt]he|an?)[ \t]+\S|\b(?:and|or)[ \t]+[!?]"
    r"|(?:\A|[\n.,;:!?(“\"•*-][ \t]?|\b(?:and|or|please|then) )"
    r"(?:[Ee]nter|[Hh]it|[Pp]ress|[Tt]ype|[Uu]se)[ \t]+[!?;:,])\Z"
)
"""A mark that no clause can end with, since a noun is missing, or a key to press."""
_RATIO = re.compile(r"\d[ \t]+:[ \t]+\d")
_GOES_ON = re.compile(r"[!?][ \t\r]*(?:\n[ \t]*)?[a-z]")

_GROWN = re.compile(
    r"(?<!\S)([“\"‘(]?[^\W\d_]+(?:['’-][^\W\d_]+)*[)”\"’']?)([.!?])"
    rf"([“‘]?)({UPPER}{LOWER}*(?:['’][a-z]+)?)(?=[\s,;:!?”\"]|\.(?:\s|\Z)|\Z)"
)
_GROWN_COMMA = re.compile(
    r"(?<!\S)[“\"‘(]?[^\W\d_]+(?:['’-][^\W\d_]+)*[)”\"’']?(,)([a-z]+(?:['’][a-z]+)?)"
    r"(?=[\s;:!?”\"]|\.(?:\s|\Z)|\Z)"
)

STARTERS = frozenset(
    "A About According After All Also Although An And Another Any As At Because Before Both But By "
    "Despite During Each Earlier Even Every Everyone First For From He Her Here His How However I "
    "If In Instead Is It Its It's Last Later Many Meanwhile More Most Mr Mrs Much My Neither New "
    "No Nobody None Nor Not Nothing Now Of On Once One Only Or Other Others Our Out Over People "
    "Police Several She Since So Some Someone Still Such That That's The Their Then There These "
    "They They're This Those Though Three Through Thus To Today Two Under Unlike Until We We're "
    "What When Where Whether Which While Who Why With Without Yes Yet You Your".split()
)
"""Words that begin sentences and are no part of file names, domains or abbreviations."""

_MEMBERS = frozenset("All Any Each First From Last Now Other To Today".split())
"""Of those, what programs call parts of things: "message.From", "list.First"."""

JOINERS = frozenset(
    "a about according after although an and as at because before but by especially for from "
    "had has have he her his how however if in including into is it its like not of on or our she "
    "since so some such than that the their then there these they this those though to until was "
    "we were what when where which while who whose with without would you your".split()
)
"""Words that go on after a comma and are no items of a list without spaces."""

_ENDINGS = frozenset(
    "Com Net Org Edu Gov Info Html Php Asp Exe Dll Txt Pdf Jpg Png Doc Zip".split()
)
"""What a name may have behind its stop, however it is written."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st vs etc inc ltd corp co sen rep gov gen col lt sgt capt no vol fig ed eds "
    "jan feb mar apr jun jul aug sep sept oct nov dec dept univ approx ave al cf eg ie node".split()
)


class SpacingProposer:
    """Takes spaces out before punctuation marks and puts them in behind."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Missing spaces and spaces before punctuation."""
        return frozenset({Rule.MISSING_SPACE, Rule.SPACE_BEFORE_PUNCTUATION})

    def propose(self, document: Document) -> Iterator[Finding]:
        """Findings of both kinds; what they insert and delete never overlaps."""
        lines = Lines(document.text)
        yield from _spaces_before(document.text, lines)
        yield from _grown_together(document.text, lines)
        yield from _grown_commas(document.text, lines)


def _spaces_before(text: str, lines: Lines) -> Iterator[Finding]:
    french: bool | None = None
    for match in _SPACE_BEFORE.finditer(text):
        at = match.end()
        if lines.code_at(at) or _is_symbol(text, match.start(), at):
            continue
        sure = text[at] in ",."
        if not sure:
            if french is None:
                french = FRENCH.search(text) is not None
            if french:
                continue
            sure = text[at] in "!?"
        yield scrape_finding(
            Rule.SPACE_BEFORE_PUNCTUATION,
            replacing(text, Span(*match.span()), ""),
            f"No space belongs before “{text[at]}”.",
            sure=sure,
        )


def _is_symbol(text: str, start: int, at: int) -> bool:
    """Whether the mark is named and ends nothing: ``git add .``, ``press ! to``, ``the ? key``.

    Nor does the one of a ratio: ``a scale of 1 : 100``.
    """
    if _GOES_ON.match(text, at) or _RATIO.match(text, start - 1):
        return True
    window = max(0, start - 14), at + 1
    return bool(
        _SYMBOL.search(text, *window) or (text[at] == "." and _COMMAND.search(text, *window))
    )


def _grown_together(text: str, lines: Lines) -> Iterator[Finding]:
    for match in _GROWN.finditer(text):
        word, mark, _, following = match.groups()
        bare = word.strip("“\"‘()”’'")
        if len(bare) < 2 or bare.lower() in _ABBREVIATIONS or lines.code_at(match.start()):
            continue
        starter = following.replace("’", "'") in STARTERS - _MEMBERS
        # "Yahoo.In", "asp.Net": a name may hold a stop, an ordinary word hardly ever.
        sure = starter and bare == bare.lower() and len(bare) > 2
        if not sure and (
            mark != "." or bare != bare.lower() or len(following) < 3 or following in _ENDINGS
        ):
            continue
        at = match.end(2)
        if is_leftover(text, at):
            continue
        yield missing_space(text, at, "Two sentences have grown together.", sure=sure)


def _grown_commas(text: str, lines: Lines) -> Iterator[Finding]:
    for match in _GROWN_COMMA.finditer(text):
        if match.group(2).replace("’", "'") in JOINERS and not lines.code_at(match.start()):
            message = "A space is missing after the comma."
            yield missing_space(text, match.end(1), message, sure=True)
