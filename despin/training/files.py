"""What is slow to make, kept in files as it is made, so that a stopped run goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Files:
    """Numbered files of a folder.

    Attributes:
        folder: where they lie.
        seed: part of their names: other seeds make other things.
        ending: of their names, with its dot.
        size: things in each; the last may hold fewer.
    """

    folder: Path
    seed: int
    ending: str
    size: int

    def fill(
        self,
        items: Iterable[Item],
        make: Callable[[Item], Made],
        save: Callable[[list[Made], Path], None],
        report: Callable[[int], None],
    ) -> list[Path]:
        """Make something of every item, and save it; files that are there already are kept.

        Args:
            items: what things are made of.
            make: makes one.
            save: writes some of them to a file, whole or not at all.
            report: told how many are done.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        paths: list[Path] = []
        coming, done = iter(items), 0
        while chunk := list(islice(coming, self.size)):
            path = self.folder / f"seed{self.seed}-{len(paths):05d}{self.ending}"
            kept, made = path.exists(), []
            for item in chunk:
                if not kept:
                    made.append(make(item))
                done += 1
                report(done)
            if made:
                save(made, path)
            paths.append(path)
        return paths
