"""What words mean, by WordNet, when its data is installed; silence when it is not."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from despin.review import Review
from despin.tui.details import Glosses

LONGEST = 90
_LOCK = Lock()


def glosses(review: Review, index: int) -> Glosses:
    """Short meanings of the written and the proposed word of a finding; slow the first time."""
    finding, decision = review.findings[index], review.decisions[index]
    edit = decision.edit or (finding.best.edit if finding.best else None)
    words = [finding.span.of(review.document.text), *([edit.after] if edit else [])]
    return {word: meaning for word in words if (meaning := gloss(word))}


@cache
def gloss(word: str) -> str:
    """The first sense of a word, or nothing."""
    word = word.strip()
    if not word or not word[0].isalpha() or "\n" in word:
        return ""
    with _LOCK:  # the reader opens its files when first asked, and not twice at a time
        reader = _reader()
        senses = reader.synsets(word.replace(" ", "_")) if reader else []
    if not senses:
        return ""
    meaning = str(senses[0].definition())
    return meaning if len(meaning) <= LONGEST else meaning[: LONGEST - 1].rstrip() + "…"


@cache
def _reader() -> Any:
    """NLTK's reader of WordNet, or None where the data is not installed."""
    try:
        from nltk.corpus import wordnet

        wordnet.ensure_loaded()
    except (ImportError, LookupError, OSError):
        return None
    return wordnet
