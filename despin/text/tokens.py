"""Tokens: the one way despin cuts text, used by lexicon, counts and models alike.

``PATTERN`` is what nltk's ``RegexpTokenizer`` would be given, and a test holds that its
``span_tokenize`` agrees with `tokens` on Latin, Greek and Cyrillic text. At run time the pattern
goes to ``re`` directly, which is all ``RegexpTokenizer.span_tokenize`` does: importing that one
class runs ``nltk/__init__``, which costs 0.4 s or more and would double the time a start takes.
"""

from __future__ import annotations

import re

from despin.span import Span, Token, TokenKind

MARKS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
"""Combining marks of the Latin, Greek and Cyrillic scripts."""

_NUMERAL = r"\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u249b"
"""Superscripts, fractions and the like: ``\\w`` to ``re``, but no part of the word before them."""

_LETTER = rf"[^\W\d_{_NUMERAL}]"
_LETTERS = rf"{_LETTER}(?:{_LETTER}|[{MARKS}])*+"

WORD_PATTERN = rf"{_LETTERS}(?:['’]{_LETTERS})*+(?!\d)"
"""Letters with inner apostrophes: ``don't``, ``O’Neill``. Hyphens part words."""

NUMBER_PATTERN = rf"(?:{_LETTERS})?\d(?:[^\W_{_NUMERAL}]|(?<=\d)[.,](?=\d))*+"
"""Runs that hold a decimal digit: ``1,200.5``, and ``20th`` and ``mp3``, which are no words."""

PATTERN = rf"{WORD_PATTERN}|{NUMBER_PATTERN}|[^\s\x1c-\x1f]"
"""A word, a number, or any other single character that is not white space.

The four separators are white space to ``str`` and ``re``, but not to every engine nltk may use."""

_TOKEN = re.compile(PATTERN)

POSSESSIVE = re.compile(rf"(?<={_LETTER})['’]s$", re.IGNORECASE)
"""The end of "planet’s", a possessive or a noun with "is"; it lies in the noun's token."""


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``, in order.

    Every character that is not white space lies in exactly one token.

    Args:
        text: Any text; it isn't normalised first.
    """
    return tuple(
        Token(Span(*match.span()), kind_of(match.group())) for match in _TOKEN.finditer(text)
    )


def pieces(text: str) -> list[str]:
    """The texts of the tokens alone, for counting: several times faster than `tokens`."""
    return _TOKEN.findall(text)


def normal(word: str) -> str:
    """The form under which lexicon and counts know ``word``: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


def normal_phrase(words: str) -> str:
    """Words in the form in which they are compared, one space between them."""
    return " ".join(map(normal, words.split()))


def kind_of(piece: str) -> TokenKind:
    """What the token with this text is made of."""
    if piece.isalpha():
        return TokenKind.WORD
    if any(character.isnumeric() and not character.isalpha() for character in piece):
        return TokenKind.NUMBER
    return TokenKind.WORD if piece[0].isalpha() else TokenKind.PUNCTUATION
