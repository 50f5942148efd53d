"""Small numbers in digits that may stand for a word: "2 criminal proceedings", "the 2nd largest".

Some spinners write "4" for "four". Everybody writes digits for what is measured, dated, numbered or
scored, so only a number that counts things in running text is one to ask about.
"""

from __future__ import annotations

import re

from despin.span import Span

_NUMBERED = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|no|nos|numbers?|pages?|pp?|chapters?|sections?"
    r"|articles?|parts?|phases?|steps?|levels?|grades?|class(?:es)?|types?|versions?|volumes?|vol"
    r"|fig(?:ure)?s?|tables?|days?|weeks?|years?|rounds?|stages?|groups?|channels?|routes?"
    r"|highways?|rooms?|gates?|lines?|lanes?|seasons?|episodes?|acts?|scenes?|items?|questions?"
    r"|rules?|points?|tiers?|categor(?:y|ies)|zones?|wards?|aged?|ages|equals?|minus|plus"
)
"""Words behind which a number is a name: "section 2"."""
_WORD_BEFORE = rf"(?<![\w.,])(?!(?:{_NUMBERED})\b)[a-z][\w’'-]*+,?[ \u00a0]"
_BEFORE = re.compile(rf"(?:^|[\n\"“‘(]|{_WORD_BEFORE}|[.!?][\"”’]? )$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?<=[a-z,;:] )[A-Z][\w’'-]*+[ \u00a0]$")
_BEHIND = re.compile(
    r"[ \u00a0](?!of [A-Z])(?!(?:to|or|x|am|pm|[ap]\.m|by|pts?|points?|vs?)\b)[a-z]"
)
_REACH = 40
"""Code points before a number that are looked at."""


def is_numeral(words: str) -> bool:
    """Whether the words are a number in digits, "4" or "4th"."""
    return words[0].isdigit() and " " not in words


def is_count(text: str, span: Span) -> bool:
    """Whether the number at ``span`` says how many of something there are, or which in a row."""
    before = text[max(0, span.start - _REACH) : span.start]
    return bool(
        _BEFORE.search(before) and not _NAME_BEFORE.search(before) and _BEHIND.match(text, span.end)
    )
