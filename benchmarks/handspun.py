"""Articles written and spun by hand, as a file for ``despin train``.

    python -m benchmarks.handspun OUT.jsonl

Somebody who knows what spinning software does wrote each article and marked at once what such a
program would have made of it: ``{spun|original}`` (``benchmarks/handspun/README.md``). Those of the
folder ``judges`` and every fifth of a file beside it are for the judges (`benchmarks.labelled`
takes them). The other files' articles, which this writes, teach encoder and probe
(``despin train --encoder-real``, ``--probe``) and make ``article_spinner.tsv``: judges must see
these as they do on texts they have not learnt from. From the folder ``held`` nothing learns.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "handspun"
SHARED = 5
"""One article in so many is for the judges, of files that are not all theirs."""


class Use(StrEnum):
    """What an article is for; those of a folder of that name are, from the first to the last."""

    TEACH = "teach"
    JUDGES = "judges"
    HELD = "held"


_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_HEAD = re.compile(r"^# .+; rate: (light|medium|heavy); spinner: .+\n", re.MULTILINE)


class ArticleError(ValueError):
    """An article's marks are not as they should be; the message says where."""


@dataclass(frozen=True)
class Article:
    """A spun article.

    Attributes:
        name: its file and number.
        rate: how much of it is spun: light, medium or heavy.
        spun: the text as the spinner left it.
        gold: for each place start, end, what stands there, and what stood there.
        use: what it is for.
    """

    name: str
    rate: str
    spun: str
    gold: Sequence[tuple[int, int, str, str]]
    use: Use


def articles(folder: Path = FOLDER) -> Iterator[Article]:
    """All articles, file by file, those of a folder's own files first.

    Raises:
        ArticleError: there is none, or one is malformed.
    """
    paths = [*sorted(folder.glob("*.txt")), *sorted(folder.glob("*/*.txt"))]
    if not paths:
        raise ArticleError(f"{folder}: holds no articles")
    for path in paths:
        before, *parts = _HEAD.split(path.read_text("utf-8"))
        if before.strip() or not parts:
            raise ArticleError(f"{path}: does not begin with the first line of an article")
        for number, (rate, body) in enumerate(zip(parts[::2], parts[1::2], strict=True), start=1):
            spun, gold = _unmarked(body.strip() + "\n", f"{path}, article {number}")
            use = _use(path.parent.name, number)
            yield Article(f"{path.stem}-{number}", rate, spun, gold, use)


def _use(folder: str, number: int) -> Use:
    if folder in set(Use):
        return Use(folder)
    return Use.TEACH if number % SHARED else Use.JUDGES


def _unmarked(body: str, where: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    gold, dropped = [], 0
    for mark in _MARK.finditer(body):
        spun, original = mark.groups()
        start = mark.start() - dropped
        gold.append((start, start + len(spun), spun, original))
        dropped += len(mark.group()) - len(spun)
    text = _MARK.sub(r"\1", body)
    if not gold or re.search(r"[{}|]", text):
        raise ArticleError(f"{where}: its marks are not all {{spun|original}}")
    return text, gold


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
        texts = [(article.spun, article.gold) for article in articles() if article.use is Use.TEACH]
    except (ArticleError, OSError) as error:
        parser.error(str(error))
    write(texts, given.out)


if __name__ == "__main__":
    main()
