"""Writing results: texts into their files or into a folder, reviews into a JSONL file."""

from __future__ import annotations

import hashlib
import os.path
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from despin.document import Document
from despin.edit import Edit
from despin.read import ReadError, WriteError, encode, write_atomically, write_back
from despin.read import read as read_file
from despin.read.folder import TextFolder, encoded
from despin.read.writing import is_extracted
from despin.review import Review
from despin.tui.naming import below_shared_folder


@dataclass
class Written:
    """What this session has put into files, so that it can tell its own writing from others'.

    Attributes:
        digests: what each file held when it was last read or written.
        edits: the edits that each original holds.
        textless: the documents whose reviews are saved without their texts.
        missing: those whose files were not there when their saved reviews were opened.
    """

    digests: dict[str, str] = field(default_factory=dict)
    edits: dict[str, tuple[Edit, ...]] = field(default_factory=dict)
    textless: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    def opened(self, path: Path) -> None:
        """Remember what a file of reviews holds."""
        with suppress(OSError):
            self.digests[str(path.resolve())] = _digest(path.read_bytes())

    def may_change(self, path: Path) -> None:
        """Take whatever the file holds now: someone has said that it may be overwritten."""
        self.digests.pop(str(path.resolve()), None)

    def reviews(
        self, path: Path, reviews: Sequence[Review], kept: Sequence[tuple[int, bytes]]
    ) -> None:
        """Write a file of reviews; the rest as in `into_reviews`.

        Raises:
            WriteError: it cannot be written, or holds what somebody else has put there.
        """
        known = self.digests.get(str(path.resolve()))
        self.opened(path)
        if known not in {None, self.digests.get(str(path.resolve()))}:
            self.digests[str(path.resolve())] = str(known)
            raise WriteError(f"{path}: has changed on disk since it was opened; save elsewhere")
        into_reviews(path, reviews, kept, self.textless)
        self.opened(path)

    def differs(self, review: Review) -> bool:
        """Whether the file of this review does not hold its result."""
        return review.edits() != self.edits.get(review.document.id, ())

    def back(self, review: Review) -> None:
        """Put the result in the place of the file it came from.

        Raises:
            WriteError: it cannot be written, or the file is no longer what was read or written.
        """
        document = review.document
        if is_extracted(document):
            raise WriteError(f"{document.id}: is a web page, which cannot take its text back")
        text = review.result()
        write_back(document, text, partial(self._check, document))
        self.digests[document.id] = _digest(encode(document, text))
        self.edits[document.id] = review.edits()

    def _check(self, document: Document) -> None:
        try:
            data = Path(document.id).read_bytes()
        except FileNotFoundError:
            if document.id in self.missing:
                raise WriteError(f"{document.id}: there is no such file; save elsewhere") from None
            return  # deleted meanwhile: the result brings it back
        except OSError as error:
            raise WriteError(f"{document.id}: cannot be read ({error.strerror})") from error
        if _digest(data) == self.digests.get(document.id):
            return
        try:
            same = read_file(document.id).text == document.text
        except ReadError:
            same = False
        if not same:
            raise WriteError(
                f"{document.id}: has changed on disk since it was opened; save elsewhere, "
                "or open it again (decisions that still fit are kept)"
            )


def can_go_back(review: Review) -> bool:
    """Whether there is a file that could take the result: a web page's text cannot go back."""
    return not is_extracted(review.document) and os.path.isfile(review.document.id)  # noqa: PTH113


def into_folder(
    folder: Path, reviews: Sequence[Review], among: Sequence[str] = ()
) -> dict[int, str]:
    """Write the results into ``folder``, laid out as the files are below what they share.

    Args:
        folder: where they go.
        reviews: what to write.
        among: all files that share the layout, read or not yet; they are kept as well.

    Returns:
        Why some could not be written, by their place among the reviews: the system refuses, the
        file is an original (one of ``among``, too), or holds another of these results.
    """
    texts = TextFolder(folder, originals=[*among, *_names(reviews)])
    problems = {}
    for index, (review, name) in enumerate(zip(reviews, _layout(reviews, among), strict=True)):
        try:
            texts.put(review.document, review.result(), name)
        except WriteError as error:
            problems[index] = str(error)
    return problems


def targets(folder: Path, reviews: Sequence[Review], among: Sequence[str] = ()) -> list[Path]:
    """The files that `into_folder` writes, in the order of the reviews."""
    texts = TextFolder(folder)
    names = zip(reviews, _layout(reviews, among), strict=True)
    return [texts.target(review.document, name) for review, name in names]


def in_the_way(folder: Path, reviews: Sequence[Review], among: Sequence[str] = ()) -> list[Path]:
    """Those of them that are there already."""
    return [path for path in targets(folder, reviews, among) if is_there(path)]


def is_there(path: str | Path) -> bool:
    """Whether there is such a file or folder; none has a name that is too long for one."""
    return os.path.exists(path)  # noqa: PTH110 (Path's fails for such names)


def into_text(path: Path, review: Review) -> None:
    """Write one result into a file of its own.

    Raises:
        WriteError: it cannot be written.
    """
    write_atomically(path, encoded(review.document, review.result()))


def into_reviews(
    path: Path,
    reviews: Sequence[Review],
    kept: Sequence[tuple[int, bytes]] = (),
    textless: Collection[str] = (),
) -> None:
    """Write the reviews, one JSON line each, decisions and texts included.

    Args:
        path: the file.
        reviews: what to write.
        kept: other lines, each with the number of reviews that come before it.
        textless: the documents whose texts are left out.

    Raises:
        WriteError: the file cannot be written, or is one of those that were reviewed.
    """
    if is_original(path, _names(reviews)):
        raise WriteError(f"{path}: is an original; choose another name")
    lines = [
        review.to_json(with_text=review.document.id not in textless).encode("utf-8")
        for review in reviews
    ]
    for place, line in reversed(kept):
        lines.insert(place, line.rstrip(b"\r\n"))
    write_atomically(path, b"".join(line + b"\n" for line in lines))


def is_original(path: Path, names: Iterable[str]) -> bool:
    """Whether a file is one of those that are called so."""
    place = path.resolve()
    return any(place == Path(name).resolve() for name in names)


def _names(reviews: Iterable[Review]) -> list[str]:
    return [review.document.id for review in reviews]


def _layout(reviews: Sequence[Review], among: Sequence[str]) -> list[Path]:
    return below_shared_folder([*among, *_names(reviews)])[len(among) :]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
