"""The really spun texts that the judges learn from, as a file for ``despin train --real``.

    python -m benchmarks.labelled OUT.jsonl

First the rows of ``dev.jsonl`` that come with gold spans, on which the benchmark measures judges
fitted without their sources (`benchmarks.folds`); then rows that come without, for which
``benchmarks/labels.jsonl`` says by hand which words were spun and what most likely stood there.
None of these shares a source with a measured one. The labels hold places and originals alone; the
spun text stays where it is. Last the articles of `benchmarks.handspun` that are for the judges.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from benchmarks.folds import all_rows, real_rows
from benchmarks.handspun import ArticleError, Use, articles, write

LABELS = Path(__file__).parent / "labels.jsonl"


class LabelsError(ValueError):
    """Labels and evaluation texts do not belong together; the message says where."""


def fingerprint(text: str) -> str:
    """16 hexadecimal digits by which labels know their text."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def labelled(evaluation: Path, labels: Path = LABELS) -> Iterator[dict[str, Any]]:
    """The rows without gold spans that were labelled by hand, with what the labels say.

    Raises:
        LabelsError: a label's text is not there, is another one, or shares a measured source.
    """
    rows = {row["id"]: row for row in all_rows(evaluation)}
    measured = {row["source"] for row in real_rows(evaluation)}
    for label in map(json.loads, labels.read_text("utf-8").splitlines()):
        row = rows.get(label["id"])
        if row is None or fingerprint(row["spun"]) != label["text"]:
            raise LabelsError(f"{labels}: {label['id']}: {evaluation} holds no such text")
        if row["source"] in measured:
            raise LabelsError(f"{labels}: {label['id']}: the benchmark measures its source")
        text = row["spun"]
        yield {**row, "gold": [(a, b, text[a:b], original) for a, b, original in label["spans"]]}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    given = parser.parse_args()
    try:
        rows = [*real_rows(given.eval), *labelled(given.eval)]
        texts = [
            (article.spun, article.gold) for article in articles() if article.use is Use.JUDGES
        ]
    except (ArticleError, LabelsError, OSError) as error:
        parser.error(str(error))
    write([*((row["spun"], row["gold"]) for row in rows), *texts], given.out)


if __name__ == "__main__":
    main()
