"""What words mean, by WordNet, when its data is installed; silence when it is not."""

from __future__ import annotations

import atexit
import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
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
    """NLTK's reader of WordNet, or None where no data is installed."""
    try:
        from nltk.corpus import wordnet

        wordnet.ensure_loaded()
    except (ImportError, LookupError, OSError):
        return _reader_of(*(folder for folder in _folders() if (folder / "index.noun").is_file()))
    return wordnet


def _folders() -> Iterator[Path]:
    """Where WordNet's own files lie: its variables (wn(1WN)), then Debian's place."""
    if "WNSEARCHDIR" in os.environ:
        yield Path(os.environ["WNSEARCHDIR"])
    if "WNHOME" in os.environ:
        yield Path(os.environ["WNHOME"], "dict")
    yield Path("/usr/share/wordnet")


def _reader_of(*folders: Path) -> Any:
    """The reader of the first folder, kept until the program ends."""
    if not folders:
        return None
    from despin.lexicon.wordnet import reader

    stack = ExitStack()
    atexit.register(stack.close)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there are no other languages
        return stack.enter_context(reader(folders[0]))
