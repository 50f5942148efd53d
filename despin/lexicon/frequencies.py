"""How often words occur in ordinary prose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from despin.lexicon.rows import LexiconError
from despin.lexicon.source_files import text_lines


@dataclass(frozen=True)
class Frequencies:
    """Counts of lower-case words.

    Attributes:
        counts: occurrences of each word.
        total: occurrences of all words.
    """

    counts: dict[str, int]
    total: int

    @classmethod
    def read(cls, path: Path) -> Frequencies:
        """Read ``word<TAB>count`` lines; a header line or comment is passed over.

        Raises:
            LexiconError: a line has no whole number in its second column, or there are none.
        """
        counts: dict[str, int] = {}
        for number, line in enumerate(text_lines(path), 1):
            word, _, count = line.rstrip("\r\n").partition("\t")
            if line.startswith("#") or (number == 1 and not count.isdigit()):
                continue
            if not count.isdigit():
                raise LexiconError(f"{path}:{number}: no count for {word!r}")
            counts[word] = int(count)
        if not counts:
            raise LexiconError(f"{path}: holds no word and count")
        return cls(counts, sum(counts.values()))

    def per_million(self, form: str) -> float:
        """Occurrences in a million words.

        A phrase is as frequent as its rarest word, and so is a compound the table lacks.
        """
        return min(map(self._count, form.split(" "))) * 1e6 / max(self.total, 1)

    def _count(self, word: str) -> int:
        if word in self.counts or "-" not in word:
            return self.counts.get(word, 0)
        return min(self.counts.get(part, 0) for part in word.split("-"))
