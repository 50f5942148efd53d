"""The really spun texts that the judges learn from, as a file for ``despin train --real``.

    python -m benchmarks.labelled OUT.jsonl

First the rows of ``dev.jsonl`` that come with gold spans, on which the benchmark measures judges
fitted without their sources (`benchmarks.folds`); then rows that come without, for which
``benchmarks/labels.jsonl`` says by hand which words were spun and what most likely stood there.
None of these shares a source with a measured one. The labels hold places and originals alone; the
spun text stays where it is.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from benchmarks.folds import real_rows

LABELS = Path(__file__).parent / "labels.jsonl"

Gold = tuple[int, int, str, str]


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
    lines = (evaluation / "dev.jsonl").read_text("utf-8").splitlines()
    rows = {str(row["id"]): row for row in map(json.loads, lines)}
    measured = {row["source"] for row in rows.values() if row.get("gold")}
    for label in map(json.loads, labels.read_text("utf-8").splitlines()):
        row = rows.get(label["id"])
        if row is None or fingerprint(row["spun"]) != label["text"]:
            raise LabelsError(f"{labels}: {label['id']}: {evaluation} holds no such text")
        if row["source"] in measured:
            raise LabelsError(f"{labels}: {label['id']}: the benchmark measures its source")
        yield {"id": label["id"], "spun": row["spun"], "gold": gold(row["spun"], label["spans"])}


def gold(text: str, spans: Sequence[Sequence[Any]]) -> list[Gold]:
    """Spans of start, end and original words, with the words that stand there."""
    return [(start, end, text[start:end], original) for start, end, original in spans]


def real_texts(evaluation: Path) -> list[Mapping[str, Any]]:
    """All that the judges that ship learnt from: the measured rows, then the labelled ones."""
    return [*real_rows(evaluation), *labelled(evaluation)]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    given = parser.parse_args()
    rows = [
        {"spun": row["spun"], "gold": row["gold"], "source": row.get("source")}
        for row in real_texts(given.eval)
    ]
    given.out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
