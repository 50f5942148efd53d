"""Articles written and spun by hand, as a file for ``despin train``.

    python -m benchmarks.handspun OUT.jsonl

Somebody who knows what spinning software does wrote each article and marked at once what such a
program would have made of it: ``{spun|original}`` (``benchmarks/handspun/README.md``). Every fifth
article of a file is for the judges (`benchmarks.labelled` takes them); the others, which this
writes, teach the encoder (``despin train --encoder-real``) and the dictionary
``article_spinner.tsv``. Judges must see encoder and dictionary as they do on texts these have not
learnt from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "handspun"
JUDGES = 5
"""Every so manieth article of a file is for the judges."""

_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_HEAD = re.compile(r"^# .+; rate: (?:light|medium|heavy); spinner: .+\n", re.MULTILINE)


class ArticleError(ValueError):
    """An article's marks are not as they should be; the message says where."""


@dataclass(frozen=True)
class Article:
    """A spun article.

    Attributes:
        spun: the text as the spinner left it.
        gold: for each place start, end, what stands there, and what stood there.
        judges: it is one for the judges.
    """

    spun: str
    gold: tuple[tuple[int, int, str, str], ...]
    judges: bool

    def row(self) -> dict[str, Any]:
        """The record that ``despin train --real`` reads."""
        return {"spun": self.spun, "gold": self.gold}


def articles(folder: Path = FOLDER) -> Iterator[Article]:
    """All articles, file by file.

    Raises:
        ArticleError: there is none, or one is malformed.
    """
    paths = sorted(path for path in folder.glob("*.txt"))
    if not paths:
        raise ArticleError(f"{folder}: holds no articles")
    for path in paths:
        before, *bodies = _HEAD.split(path.read_text("utf-8"))
        if before.strip() or not bodies:
            raise ArticleError(f"{path}: does not begin with the first line of an article")
        for number, body in enumerate(bodies, start=1):
            yield _article(body.strip() + "\n", number % JUDGES == 0, f"{path}, article {number}")


def _article(body: str, judges: bool, where: str) -> Article:
    parts, gold, length, taken = [], [], 0, 0
    for mark in _MARK.finditer(body):
        spun, original = mark.groups()
        parts += [body[taken : mark.start()], spun]
        start = length + len(parts[-2])
        length = start + len(spun)
        gold.append((start, length, spun, original))
        taken = mark.end()
    text = "".join([*parts, body[taken:]])
    if not gold or re.search(r"[{}|]", text):
        raise ArticleError(f"{where}: its marks are not all {{spun|original}}")
    return Article(text, tuple(gold), judges)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    try:
        rows = [article.row() for article in articles() if not article.judges]
    except (ArticleError, OSError) as error:
        parser.error(str(error))
    given.out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
