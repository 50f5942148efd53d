"""What is slow to make, kept in files as it is made, so that a stopped run goes on.

Nothing is seen of a file before it is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from despin import drafts as together
from despin.read import WriteError

Item = TypeVar("Item")
Made = TypeVar("Made")


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """`despin.drafts.drafts`, which tells of the folder where it fails.

    Raises:
        WriteError: the system refuses, as on a full disk.
    """
    try:
        with together.drafts(folder) as new:
            yield new
    except OSError as error:
        raise _refused(folder, error) from error


def make_folder(folder: Path) -> None:
    """See that a folder is there.

    Raises:
        WriteError: it is not, and cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


def _refused(folder: Path, error: OSError) -> WriteError:
    return WriteError(f"{folder}: cannot be written ({error.strerror or error})")


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

        A last file that holds fewer things, or more, than now belong into it is made anew.

        Args:
            items: what things are made of.
            make: makes one.
            save: writes some of them to a file, whole or not at all.
            report: told how many are done.
        """
        make_folder(self.folder)
        paths: list[Path] = []
        coming, done = iter(items), 0
        while chunk := list(islice(coming, self.size)):
            path = self._path(len(paths), len(chunk))
            kept, made = path.exists(), []
            for item in chunk:
                if not kept:
                    made.append(make(item))
                done += 1
                report(done)
            if made:
                save(made, path)
                self._drop_others(len(paths), path)
            paths.append(path)
        return paths

    def _path(self, number: int, things: int) -> Path:
        """A short file's name says how many things it holds: with more, it is another one."""
        short = "" if things == self.size else f"-{things}"
        return self.folder / f"{self._stem(number)}{short}{self.ending}"

    def _stem(self, number: int) -> str:
        return f"seed{self.seed}-{number:05d}"

    def _drop_others(self, number: int, path: Path) -> None:
        """Whoever reads all files of the folder must not read one thing twice."""
        for other in self.folder.glob(f"{self._stem(number)}*{self.ending}"):
            if other != path:
                other.unlink()
