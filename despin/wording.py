"""Fitting a word into the place of another: capitals, a or an, inflection, British or American.

Everything that a replacement changes besides the word itself is settled here, so that a candidate
holds one whole edit and nothing downstream knows about articles.
"""

from __future__ import annotations

import re
from typing import Literal

from despin.edit import Edit
from despin.lexicon.inflection import inflect_like
from despin.lexicon.spelling import Variety, respell, variety
from despin.span import Span

__all__ = [
    "Variety",
    "article_for",
    "inflect_like",
    "match_case",
    "replacement_edit",
    "respell",
    "variety",
]

_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into of off on or over per so the to up via with".split()
)
"""Words that a title leaves small."""

_FIRST_PERSON = re.compile(r"\bi(?=$|[\s,.;:!?]|['’](?:m|d|ve|ll)\b)")
_FIRST_WORD = re.compile(r"\W*([^\W_]+)(-?)")

_BREAK = r"[.!?:;\n\"“”'‘’(—–]"
_ARTICLE = re.compile(
    # A small one is always the article, a big one only where a sentence begins: "vitamin A".
    r"(?:(?<![\w-])(?<!\w['’])an?"
    rf"""|(?:^|(?<={_BREAK})|(?<={_BREAK}[ ]))A[nN]?)(?P<gap>\s+["“‘'(*_]*)$"""
)
"""An article right before a place, with what parts it from the word."""

_REACH = 24
"""Code points before a place in which its article, or the end of a sentence, is looked for."""

_SENTENCE_START = re.compile(r"(?:^|[\n.!?][\"“”‘’)]?\s*)[\"“‘(]?$")

_APOSTROPHE = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")
_NEIGHBOURHOOD = 2000
"""Code points on either side in which an apostrophe shows how those of a place are written."""


def match_case(before: str, after: str) -> str:
    """``after`` in the capitals of ``before``.

    All capitals stay all capitals, a title a title, a first capital a first capital. Capitals that
    ``after`` brings along ("DNA", "Fourier") are never lost.
    """
    after = _FIRST_PERSON.sub("I", after)
    letters = [char for char in before if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return after.upper() if len(after.upper()) == len(after) else after
    if not letters or not letters[0].isupper() or before in {"I", "I'm", "I’m"}:
        return after
    big = [word for word in before.split() if word not in _SMALL_WORDS]
    if len(big) > 1 and all(word[:1].isupper() for word in big):
        return _titled(after)
    return _capitalised(after)


def in_case(text: str, span: Span, after: str) -> str:
    """``after`` in the capitals that it needs at ``span``: those of the words that stand there.

    A number in digits has none, and what takes its place at the beginning of a sentence does.
    """
    before = span.of(text)
    near = max(0, span.start - _REACH)
    begins = before[:1].isdigit() and _SENTENCE_START.search(text, near, span.start)
    return match_case(before, _capitalised(after) if begins else after)


def _capitalised(text: str) -> str:
    """The first letter made big; letters without a single big form ("ß") stay."""
    for place, char in enumerate(text):
        if char.isalpha():
            big = char.upper()
            return text[:place] + big + text[place + 1 :] if len(big) == 1 else text
    return text


def _titled(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        word if place and word in _SMALL_WORDS else _capitalised(word)
        for place, word in enumerate(words)
    )


_AN_NUMBER = re.compile(r"8\d*|1[18](?:\d\d)?")
"""Eight, eighty, eight hundred, eleven, eighteen, 1100 and 1850 as one says years."""

_SPELLED_OUT = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel."""

_SAID_AS_WORDS = frozenset("LAN RAM ROM SIM FAT".split())
_SAID_AS_LETTERS = frozenset("NAACP NCAA HIAA SAAS HDMI HIIT LGBTI MRSA RSPCA FDIC".split())
"""Exceptions to the rule: up to three capitals, or capitals without a vowel, are spelled out."""


def _spelled_out(word: str) -> bool:
    if word in _SAID_AS_WORDS:
        return False
    return len(word) <= 3 or word in _SAID_AS_LETTERS or not set(word) & set("AEIOU")


_SILENT_H = re.compile(r"hono[u]?r|honest|hours?\b|hour(?:ly|glass|long)|heir")
_CONSONANT_SOUND = re.compile(
    r"on(?:e|es|eself|eness|ce)\b|eu|ewe|ouija|uni(?![nm]|d(?!i))|una(?:nim|ry)|us(?:e|a(?:ge|b)|u|ur)"
    r"|ut(?:il|op|er|en|ah)|uig|ukul"
    r"|ub(?:iq)|ur(?:an|in|e[at]|ol|ug)|u(?:k|g)[aeru](?!l)|ufo|uvul|u\b"
)
"""Words that begin with a vowel and sound like "you" or "won"."""


def article_for(following: str) -> Literal["a", "an"]:
    """The indefinite article that ``following`` takes, told from its first word.

    Sounds decide, by rule and short lists: "an hour", "a European", "a one-off", "an FBI agent",
    "a US senator", "an 8", "an 11th".
    """
    found = _FIRST_WORD.match(following)
    if not found:
        return "a"
    word, hyphen = found.groups()
    if word[0].isdigit():
        digits = re.match(r"\d+", word)
        return "an" if digits and _AN_NUMBER.fullmatch(digits.group()) else "a"
    if word in {"UEFA", "UNESCO"}:
        return "a"
    if (word.isupper() and _spelled_out(word)) or (len(word) == 1 and hyphen):
        return "an" if word[0].upper() in _SPELLED_OUT else "a"
    lower = word.lower()
    if _SILENT_H.match(lower):
        return "an"
    return "an" if lower[0] in "aeiou" and not _CONSONANT_SOUND.match(lower) else "a"


def replacement_edit(text: str, span: Span, after: str) -> Edit:
    """The edit that puts ``after`` at ``span`` and makes its surroundings fit.

    Capitals and the kind of apostrophe follow the text, the nearest apostrophe where it has both
    kinds. Where an article stands right before and must change, the edit begins there: "a surgery"
    becomes "an operation" in one change. Where ``after`` itself ends in an article, the word that
    follows decides.
    """
    before = span.of(text)
    wording = _last_article(in_case(text, span, after), text[span.end :])
    spoken = after if after.islower() else wording  # "SURGERY" in a headline is no acronym
    if "'" in wording and _is_curly(text, span):
        wording = wording.replace("'", "’")
    start = max(0, span.start - _REACH)
    found = _ARTICLE.search(text[start : span.start]) if wording[:1].strip() else None
    if found is None or (start and found.start() == 0):
        return Edit(span, before, wording)
    written = found.group()[: -len(found["gap"])]
    right = article_for(spoken)
    if written.lower() == right:
        return Edit(span, before, wording)
    whole = Span(start + found.start(), span.end)
    loud = written.isupper() and (len(written) > 1 or (wording.isupper() and len(wording) > 1))
    article = right.upper() if loud else match_case(written, right)
    return Edit(whole, whole.of(text), article + found["gap"] + wording)


def _is_curly(text: str, span: Span) -> bool:
    """Whether apostrophes are typographic in ``text``; where it has both, at this place."""
    if "’" not in text or "'" not in text:
        return "’" in text
    around = max(0, span.start - _NEIGHBOURHOOD), span.end + _NEIGHBOURHOOD
    nearest = min(
        _APOSTROPHE.finditer(text, *around),
        key=lambda found: max(span.start - found.start(), found.start() - span.end),
        default=None,
    )
    return nearest is not None and nearest.group() == "’"


def _last_article(wording: str, following: str) -> str:
    """``wording`` with an article at its end made to fit what follows."""
    head, space, last = wording.rpartition(" ")
    if last.lower() not in {"a", "an"} or not following[:1].isspace():
        return wording
    return head + space + match_case(last, article_for(following))
