"""The same word twice in a row: ``in the the harbour``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.span import Span
from despin.text.tokens import MARKS

_DOUBLED = re.compile(
    rf"(?<![\w'’.\-/{MARKS}])([^\W\d_]+(?:['’][^\W\d_]+)?)((?:[ \t]+|[ \t]*\r?\n)\1)+"
    rf"(?![\w'’\-/{MARKS}])",
    re.IGNORECASE,
)

SAFE = frozenset(
    "the a an of and to with from by or as my your our their its is are in at for".split()
)
"""Words that good English hardly ever writes twice in a row."""

PARTICLES = frozenset("in at for is are as to by from with".split())
"""Of those, words that may end one phrase and begin the next: "the shape it is in in winter"."""

_BEFORE_PARTICLE = frozenset(
    "the a an of and or to with from by my your our their its is are was were be been not also "
    "only now still being just".split()
)
"""Words after which no phrase ends, so that a doubled particle is a slip: "who were in in"."""

_BE = frozenset("is are was were be been being".split())
_WHEN = re.compile(
    r"[ \t]+(?:\d|the\b|this\b|that\b|spring|summer|autumn|fall|winter|January|February|March|April"
    r"|May|June|July|August|September|October|November|December)"
)
"""A time or place, with which a clause goes on whose preposition stands alone: "the band he was in
in the 1990s"."""
_MEANT = {
    "of": re.compile(r"[ \t]+course\b"),
    "from": re.compile(r"[ \t]+time[ \t]+to[ \t]+time"),
    "my": re.compile(r"[ \t]*[,.!?…;:–—]|[ \t]+(?:what|how)\b|\s*\Z"),
}
"""Set expressions that begin with the word, "what it is made of of course", or are the two: "My my,
what a boat"."""
_LETTER_BEFORE = re.compile(r"(?<!\w)[b-hj-z][ \t]+\Z")
_LETTER_BEHIND = re.compile(r"[ \t]+[b-hj-z](?![\w'’.-])")

LEGITIMATE = frozenset(
    "had that very so no really many much more long far again yes now there hear well big ha bye "
    "blah knock tut win her his you him it this do did who what on out up over down off through "
    "please never quite too oh hey ho hi hush okay ok cha bla yeah yada chop beep bang tick tock "
    "boo dum la na ding dong choo woo night hello go run come wait look help stop good old great "
    "deep way always all one little small dear pretty poor mama papa fifty sure right was were "
    "be been has have can will would if when where how not more less most only i me we us they "
    "them he she here some any but because between about after before under against".split()
)
"""Words that are doubled on purpose, or that end one clause and begin the next."""

_SPOKEN = re.compile(r"(?<![\w'’-])(?:[Uu](?:h+|m+)|[Uu]h-huh|[Mm]m-hmm|[Ee]rm?)(?![\w'’])")
"""What a line has that was written down word by word, where people say words twice."""


class DoubledWordProposer:
    """Deletes the repetition; safe for articles and the like, a question for any other word."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Doubled words."""
        return frozenset({Rule.DOUBLED_WORD})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each run of the same word."""
        text = document.text
        lines = Lines(text)
        for match in _DOUBLED.finditer(text):
            word = match.group(1)
            sure = _verdict(text, match)
            if sure is None or lines.code_at(match.start()):
                continue
            if sure:
                sure = not _stammered(match, lines)
            span = Span(match.end(1), match.end())
            if "\n" in match.group():
                # The line break stays where it was: the first of the two words goes.
                if match.group().count("\n") > 1 or match.group().lower().count(word.lower()) > 2:
                    continue
                span = Span(match.end() - len(word), match.end())
                span = Span(span.start, span.end + (text[span.end : span.end + 1] == " "))
            yield scrape_finding(
                Rule.DOUBLED_WORD,
                replacing(text, span, ""),
                f"“{word}” stands here twice.",
                sure=sure,
            )


def _stammered(match: re.Match[str], lines: Lines) -> bool:
    """Whether a speaker may have said the word so: beside an "uh", or three times."""
    words = len(match.group().split())
    return words > 2 or lines.judged_around(_is_spoken, match.start())


def _is_spoken(line: str) -> bool:
    return _SPOKEN.search(line) is not None


def _verdict(text: str, match: re.Match[str]) -> bool | None:
    """Whether the repetition is surely a slip; ``None`` when it may be meant."""
    first, *others = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", match.group())
    word = first.lower()
    if word in LEGITIMATE or any(other != other.lower() for other in others):
        return None
    if first != word and not (_starts_sentence(text, match.start()) and first[1:] == word[1:]):
        return None
    if word in SAFE:
        return _of_function_word(text, match, word)
    # Three times the same word, or twice between marks ("wink wink, ..."), is play or a chant.
    if len(others) > 1 or len(word) < 4 or "\n" in match.group() or _alone(text, match):
        return None
    return False


def _of_function_word(text: str, match: re.Match[str], word: str) -> bool | None:
    if word in _MEANT and _MEANT[word].match(text, match.end()):
        return None
    if word == "a" and _among_letters(text, match):
        return None
    if word not in PARTICLES or _is_a_slip(text, match):
        return True
    return None if word == "is" else False


def _is_a_slip(text: str, match: re.Match[str]) -> bool:
    """Whether a doubled particle cannot end one phrase and begin the next."""
    before = _word_before(text, match.start())
    if before in _BE and (match.group(1).lower() == "from" or _WHEN.match(text, match.end())):
        return False  # "where he is from from the way he speaks"
    return before in _BEFORE_PARTICLE


def _among_letters(text: str, match: re.Match[str]) -> bool:
    """Whether the word is a letter in a row of them: "the rhymes go a a b b a"."""
    near = max(0, match.start() - 4), match.start()
    return bool(_LETTER_BEFORE.search(text, *near) or _LETTER_BEHIND.match(text, match.end()))


def _alone(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 3) : match.start()].rstrip(" \t")[-1:]
    behind = text[match.end() : match.end() + 3].lstrip(" \t")[:1]
    return not before.isalnum() and not behind.isalnum()


def _starts_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \t“\"‘'")
    return not before or before[-1] in ".!?\n"


def _word_before(text: str, at: int) -> str:
    match = re.search(r"([^\W\d_]+)[ \t]+$", text[max(0, at - 30) : at])
    return match.group(1).lower() if match else ""
