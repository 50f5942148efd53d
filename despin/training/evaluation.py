"""Text that results will be judged on, and which documents share too much with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from despin.text.tokens import normal, pieces
from despin.training.corpus import CorpusError

OVERLAP = 12
"""A document that shares this many words in a row with evaluation text is dropped."""


class EvaluationText:
    """Text the results will be judged on; knows which documents overlap with it.

    Only words count, in lower case, so punctuation and mark-up hide no overlap.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole: set[tuple[str, ...]] = set()
        self._half: set[tuple[str, ...]] = set()
        seen = blake2b(digest_size=8)
        for text in texts:
            words = _words(text)
            seen.update(" ".join(words).encode("utf-8", "surrogatepass") + b"\n")
            self._whole.update(_runs(words, OVERLAP))
            self._half.update(_runs(words, OVERLAP // 2))
        self.digest = seen.hexdigest()
        """Of all the words: what was kept away from one text was not from another."""

    @classmethod
    def read(cls, folder: Path) -> EvaluationText:
        """From every ``.txt`` and every string of every ``.jsonl`` in ``folder``.

        Raises:
            CorpusError: a file cannot be read, or there is none: then nothing would be kept out.
        """
        paths = [path for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".jsonl"}]
        if not paths:
            raise CorpusError(f"{folder}: a folder without .txt or .jsonl files keeps nothing out")
        return cls(text for path in paths for text in _evaluation_texts(path))

    def overlaps(self, text: str) -> bool:
        """Whether ``text`` shares `OVERLAP` words in a row with the evaluation text."""
        words = _words(text)
        # Any 12 words hold a run of 6 that starts at a multiple of 6 or up to 5 later: looking at
        # every sixth run finds all overlaps at a sixth of the price.
        half = OVERLAP // 2
        steps = range(0, len(words) - half + 1, half)
        if not any(tuple(words[at : at + half]) in self._half for at in steps):
            return False
        return any(run in self._whole for run in _runs(words, OVERLAP))


def _evaluation_texts(path: Path) -> Iterator[str]:
    """A text, or every string of the records of a ``.jsonl`` file."""
    try:
        text = path.read_text("utf-8")
        if path.suffix == ".txt":
            yield text
            return
        for line in text.split("\n"):
            if line.strip():
                yield from (value for value in json.loads(line).values() if isinstance(value, str))
    except (OSError, ValueError, AttributeError) as error:  # a line that is no object has no values
        raise CorpusError(f"{path}: cannot be read ({error})") from error


def _words(text: str) -> list[str]:
    return [piece for piece in pieces(normal(text)) if piece[0].isalnum()]


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
