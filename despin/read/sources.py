"""Sources: the files that paths on a command line stand for."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from despin.read.errors import ReadError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from despin.document import Document

STDIN = "-"

FOLDER_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})
"""The files that are looked for in a folder; a file that is named is read whatever its ending."""

_Rules = tuple[tuple[Path, "GitIgnoreSpec"], ...]
"""The ``.gitignore`` files that hold in a folder, outermost first."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or standard input; nothing is opened before `read`.

    Attributes:
        name: path as given or found, ``-`` for standard input; the document's id.
        problem: why there is nothing to read here, where that is known already.
        named: ``name`` is what standard input shall be called, and not where the bytes are.
    """

    name: str
    problem: str | None = None
    named: bool = False

    @property
    def is_stdin(self) -> bool:
        """Whether the bytes come from standard input."""
        return self.named or self.name == STDIN

    def read(self) -> Document:
        """The document.

        Raises:
            ReadError: see `despin.read.read`.
        """
        from despin.read import reader_for

        data = self.data()
        return reader_for(self.name, data)(self.name, data)

    def data(self) -> bytes:
        """The bytes.

        Raises:
            ReadError: there are none to be had.
        """
        if not self.name:
            raise ReadError("'': an empty name is no file")
        if self.problem is not None:
            raise ReadError(f"{self.name}: {self.problem}")
        try:
            return standard_input() if self.is_stdin else Path(self.name).read_bytes()
        except FileNotFoundError:
            raise ReadError(f"{self.name}: there is no such file") from None
        except IsADirectoryError:
            raise ReadError(f"{self.name}: is a folder, not a file") from None
        except (OSError, ValueError) as error:
            cause = getattr(error, "strerror", None) or error
            raise ReadError(f"{self.name}: cannot be read ({cause})") from error


def standard_input() -> bytes:
    """All that standard input holds.

    Raises:
        OSError: it cannot be read; where it is closed, the error says so.
    """
    closed = OSError(errno.EBADF, "it is closed")
    if sys.stdin is None:
        raise closed
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise closed if error.errno == errno.EBADF else error from None


def sources(
    paths: str | PurePath | Iterable[str | PurePath],
    *,
    stdin: str = STDIN,
    without: PurePath | None = None,
) -> Iterator[Source]:
    """One source a file, each file once; folders give the texts inside, sorted by name.

    In folders, hidden files and folders are passed over, so is what a ``.gitignore`` inside or
    above (up to the repository's root) excludes; links to folders aren't followed. A folder
    without texts gives a source whose `Source.read` says so.

    Args:
        paths: files, folders, ``-``; one alone is a list of one.
        stdin: what standard input is called.
        without: a folder that is passed over inside others, for it takes results.
    """
    if isinstance(paths, str | PurePath):
        paths = (paths,)
    seen: set[str] = set()
    closed = None if without is None else os.path.realpath(without)
    for path in paths:
        for source in _expand(str(path), stdin, closed):
            where = STDIN if source.is_stdin else str(Path(source.name).absolute())
            if where not in seen:
                seen.add(where)
                yield source


def is_folder(path: str) -> bool:
    """Whether the path stands for a folder; an empty one does not."""
    # os.path answers where Path raises: below a folder that may not be searched.
    return path not in {"", STDIN} and os.path.isdir(path)  # noqa: PTH112


def _expand(path: str, stdin: str, closed: str | None) -> Iterator[Source]:
    if path == STDIN:
        yield Source(stdin, named=stdin != STDIN)
        return
    if not is_folder(path):
        yield Source(path)
        return
    found = False
    for source in _walk(Path(path), _rules_above(Path(path)), closed):
        found = True
        yield source
    if not found:
        yield Source(path, _why_without_texts(Path(path)))


def _why_without_texts(folder: Path) -> str:
    for source in _walk(folder, None, None):
        if source.problem is None:
            return (
                "a folder whose texts a .gitignore leaves out; "
                f"name them to read them, as: {source.name}"
            )
    return "a folder without .txt, .md or .html files"


def _walk(folder: Path, above: _Rules | None, closed: str | None) -> Iterator[Source]:
    """The texts in a folder; ``above`` is ``None`` where no ``.gitignore`` is to be obeyed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Source(str(folder), f"cannot be read ({error.strerror})")
        return
    rules = None if above is None else above + _rules_in(folder)
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith(".") or _ignored(folder / entry.name, is_folder, rules or ()):
            continue
        if is_folder:
            if closed is None or os.path.realpath(entry.path) != closed:
                yield from _walk(folder / entry.name, rules, closed)
        elif Path(entry.name).suffix.lower() in FOLDER_SUFFIXES and _may_be_file(entry):
            yield Source(str(folder / entry.name))


def _may_be_file(entry: os.DirEntry[str]) -> bool:
    """A link whose end cannot be seen is taken for a file: reading it says what is wrong."""
    try:
        return entry.is_file()
    except OSError:
        return True


def _ignored(path: Path, is_folder: bool, rules: _Rules) -> bool:
    """As git decides: the innermost file with a matching pattern has the word."""
    for root, spec in reversed(rules):
        inside = Path(os.path.abspath(path)).relative_to(root).as_posix()  # noqa: PTH100 no links
        verdict = spec.check_file(inside + "/" * is_folder).include
        if verdict is not None:
            return verdict
    return False


def _rules_in(folder: Path) -> _Rules:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    root = Path(os.path.abspath(folder))  # noqa: PTH100 links stay as they are
    spec = _spec(lines) or _spec([line for line in lines if _spec([line]) is not None])
    return ((root, spec),) if spec else ()


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    """The patterns of the lines; ``None`` where one is none, which git passes over."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error):
        return None


def _rules_above(folder: Path) -> _Rules:
    """Rules of the folders above, where ``folder`` lies inside a git repository."""
    above = Path(os.path.abspath(folder))  # noqa: PTH100 links stay as they are
    inner: list[Path] = []
    while not os.path.exists(above / ".git"):  # noqa: PTH110 False where it cannot be known
        above = above.parent
        inner.append(above)
        if above == above.parent:
            return ()
    rules: _Rules = ()
    for parent in reversed(inner):
        rules += _rules_in(parent)
    return rules
