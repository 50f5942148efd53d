"""Which lines are source code, commands, tables or mark-up, so that no pattern rule reads them.

A mark that code has may stand in prose too: a price, a footnote, a quoted mail. Such uses are taken
out first; what is left decides. Where the same characters could be a command (``echo $1 , $2``) the
line must hold words that only sentences have.
"""

from __future__ import annotations

import re

_CODE = re.compile(
    r"[{}\\<>$`|_~^]|=\S|\S=|::|[-=]>|//|\(\)|\b\w+\(\w*[\"']|;\s*$"
    r"|^(?:\t| {4}|>>>|#!)|&&|%[sd]\b|^\w[\w.]* [+*-]?= "
)
"""What is seen in source code, commands and mark-up, and hardly ever in the prose of an article."""
_ASIDE = re.compile(
    r"\]\((?:[^()\s]|\([^()\s]*\))*\)|<(?:https?://|mailto:)[^<>\s]*>|\bhttps?://\S+|`[^`\n]+`"
)
"""Links, addresses and quoted code, which say nothing of the prose that they stand in."""

_MAGNITUDE = r"(?: ?-?(?:hundred|thousand|[mbtr]{1,2}illion|[mbt]n|[KkMmBb])(?!\w))"
_PRICE = re.compile(
    r"(?<![\w$])(?:(?:US?|AU?|CA?|NZ|HK|N?T|S|R)\$|\$(?:US|AU?|NZ|HK|C)) ?\d[\d.,]*"
    rf"(?:{_MAGNITUDE}|(?![\w$]))"
    rf"|(?<![\w$])\$ ?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{2,}}|\d(?=\.\d|-\$?\d|{_MAGNITUDE}))(?:\.\d+)?"
    rf"(?:{_MAGNITUDE}|(?![\w$]))"
)
"""Money that no variable is called: more than one digit, a magnitude, or a currency's letters."""

_QUOTED_MAIL = re.compile(r"^(?!>>>)(?:> ?){1,4}(?=\S)")
_IN_SENTENCES = re.compile(
    r"(?<![A-Z\d_$])\$ ?\d[\d.,]*(?![\d_$])"  # $5, which may be a variable of a shell; cost$5
    r"|\[\^\d{1,3}\]|(?<=[a-z]{3})\^\d{1,3}\b|(?<=[.,;:!?”\")])\^\d{1,3}\b|^\^ "  # footnotes
    r"|(?<![\w/~])~ ?[$£€]?(?=\.?\d)"  # ~20 per cent
    r"|(?<![\w_])_(?=[^\W_])[^_\n]*[^\W_][.,!?]?_(?![\w_])"  # _emphasis_
    r"|(?<=[\w),”\"]) _ (?=[\w“\"])"  # the dash of news wires
    r"|^[ \t]+(?=[“‘]?[A-Z])"  # the first line of a paragraph that is set in
    r"|(?<![<>=-])[<>]=? ?(?=[.\d])(?!\d*>)"  # p < 0.05
)
_BYLINE = re.compile(r"^(?:By|Photo|Posted|Published|Story|Text|Updated|Words)\b[^|]*\| [^|]*$")
_SENTENCE_WORD = re.compile(
    r"(?<![\w$.-])(?:the|of|was|were|has|had|that|he|she|his|her|its|this|said|who|which|they|their"
    r"|are|be|been|but|would|we|you|our|than|about|after)(?![\w(=.-])",
    re.IGNORECASE,
)
"""Words of sentences that no common programming language, shell or query language has."""


def looks_like_code(line: str) -> bool:
    """Whether ``line`` has marks of code, a command or mark-up that prose has not."""
    if not _CODE.search(line):
        return False
    bare = _PRICE.sub("0", _ASIDE.sub("", line))
    if not _CODE.search(bare):
        return False
    if _BYLINE.match(bare):
        bare = bare.replace(" | ", " ", 1)
    if reads_as_sentences(bare):
        bare = _IN_SENTENCES.sub("0", _QUOTED_MAIL.sub("", bare))
    return _CODE.search(bare) is not None


def reads_as_sentences(line: str) -> bool:
    """Whether ``line`` has at least two of the words that only sentences have."""
    return len(_SENTENCE_WORD.findall(line)) > 1
