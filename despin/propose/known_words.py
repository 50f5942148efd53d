"""Whether a string of letters is a word of English, asked where a mark or a space was lost."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from despin.text.function_words import FUNCTION_WORDS
from despin.text.proper_words import PROPER_WORDS

_PARTS = re.compile(r"['’]\w*$|-")
_ACCENT = re.compile("[\u0300-\u036f]")
_OTHERS = FUNCTION_WORDS | PROPER_WORDS


@lru_cache(maxsize=4096)
def is_known(word: str) -> bool:
    """Whether all parts of ``word`` are known; inflected forms are, and "naïve" as "naive" is."""
    from lemminflect import getAllLemmas

    parts = _PARTS.split(_ACCENT.sub("", unicodedata.normalize("NFD", word.lower())))
    return all(part in _OTHERS or bool(getAllLemmas(part)) for part in parts if part)
