"""Whether a document is English: by its small words, which no English text does without.

The share of function words is the oldest language test and enough here (Grefenstette 1995,
"Comparing two language identification schemes"): other languages share few of them, and a headline
or a table that has none isn't prose and not held against the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from despin.text.code_spans import locked
from despin.text.function_words import FUNCTION_WORDS
from despin.text.literals import literals
from despin.text.other_languages import OTHER_LANGUAGES
from despin.text.span_index import merged
from despin.text.tokens import normal, pieces

if TYPE_CHECKING:
    from despin.document import Document

UNCHECKED = "not checked"
"""How the note begins that says why nothing was looked for."""
REASON = f"{UNCHECKED}: this does not look like English"

ENOUGH_WORDS = 8
"""Fewer words of prose, not counting capitalised ones, say too little: benefit of the doubt."""
MIN_SHARE = 0.12
"""Of the lower-case words of English prose 35 to 55 % are function words that count here."""
MAX_FOREIGN_LETTERS = 0.5
"""Of the letters, outside the Latin script."""
SAMPLE = 200_000
"""Code points looked at; more would not change the answer."""

_LINE_WORDS = 5
_SHARED = frozenset().union(*OTHER_LANGUAGES.values())
_ENGLISH = FUNCTION_WORDS - _SHARED
_FOREIGN = [words - FUNCTION_WORDS for words in OTHER_LANGUAGES.values()]
_ROW = re.compile(r"\|[^\n]*\||\t[^\n]*\t")


def why_not_english(document: Document) -> str | None:
    """One sentence saying that the document isn't checked; ``None`` when it looks English.

    Code, addresses and tags don't count. Text of a few words gets the benefit of the doubt when
    its letters are ASCII.
    """
    text = _prose(document)
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return None
    if sum(map(_is_foreign, letters)) > MAX_FOREIGN_LETTERS * len(letters):
        return REASON
    words = [normal(word) for word in _small_words(text)]
    if len(words) < ENOUGH_WORDS:
        others = sum(not letter.isascii() for letter in letters)
        return REASON if others > 0.05 * len(letters) else None
    english = sum(word in _ENGLISH for word in words)
    # "A mortgage is a loan": small words that others have too speak for neither.
    neither = sum(word in FUNCTION_WORDS for word in words) - english
    best = max(sum(word in other for word in words) for other in _FOREIGN)
    return None if english + neither >= MIN_SHARE * len(words) and english >= best else REASON


def _prose(document: Document) -> str:
    """The beginning of the text without what is no language."""
    text = document.text[:SAMPLE]
    parts = []
    at = 0
    for span in merged([*locked(text, markdown=False), *literals(text)]):
        parts.append(text[at : span.start])
        at = span.end
    return " ".join([*parts, text[at:]])


def _small_words(text: str) -> Iterator[str]:
    """Lower-case words of lines that may be sentences; names and headlines count nowhere."""
    for line in text.splitlines():
        words = [piece for piece in pieces(line) if piece[0].isalpha()]
        if len(words) >= _LINE_WORDS and not _ROW.search(line):
            yield from (word for word in words if word[0].islower())


def _is_foreign(letter: str) -> bool:
    """Whether a letter belongs to another script than Latin.

    Latin are the blocks up to Extended-B, Extended Additional, and the ligatures.
    """
    return not (letter < "\u0250" or "\u1e00" <= letter < "\u1f00" or "\ufb00" <= letter < "\ufb07")
