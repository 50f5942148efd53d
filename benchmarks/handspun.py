"""Articles written and spun by hand, as a file for ``despin train``.

    python -m benchmarks.handspun OUT.jsonl

Somebody who knows what spinning software does wrote each article and marked at once what such a
program would have made of it: ``{spun|original}`` (``benchmarks/handspun/README.md``). Every fifth
article of a file is for the judges (`benchmarks.labelled` takes them); the others, which this
writes, teach encoder and probe (``despin train --encoder-real``, ``--probe``) and make
``article_spinner.tsv``. Judges must see encoder and dictionary as they do on texts these have not
learnt from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "handspun"
JUDGES = 5
"""One article in so many, of every file, is for the judges."""

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
    gold: Sequence[tuple[int, int, str, str]]
    judges: bool


def articles(folder: Path = FOLDER) -> Iterator[Article]:
    """All articles, file by file.

    Raises:
        ArticleError: there is none, or one is malformed.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise ArticleError(f"{folder}: holds no articles")
    for path in paths:
        before, *bodies = _HEAD.split(path.read_text("utf-8"))
        if before.strip() or not bodies:
            raise ArticleError(f"{path}: does not begin with the first line of an article")
        for number, body in enumerate(bodies, start=1):
            yield _article(body.strip() + "\n", number % JUDGES == 0, f"{path}, article {number}")


def _article(body: str, judges: bool, where: str) -> Article:
    gold, dropped = [], 0
    for mark in _MARK.finditer(body):
        spun, original = mark.groups()
        start = mark.start() - dropped
        gold.append((start, start + len(spun), spun, original))
        dropped += len(mark.group()) - len(spun)
    text = _MARK.sub(r"\1", body)
    if not gold or re.search(r"[{}|]", text):
        raise ArticleError(f"{where}: its marks are not all {{spun|original}}")
    return Article(text, gold, judges)


def write(texts: Iterable[tuple[str, Sequence[Sequence[Any]]]], path: Path) -> None:
    """Spun texts with their gold spans, as the file that ``despin train --real`` reads."""
    rows = ({"spun": spun, "gold": gold} for spun, gold in texts)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    try:
        texts = [(article.spun, article.gold) for article in articles() if not article.judges]
    except (ArticleError, OSError) as error:
        parser.error(str(error))
    write(texts, given.out)


if __name__ == "__main__":
    main()
