"""Writing results: texts into their files or into a folder, reviews into a JSONL file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from despin.document import Document
from despin.edit import Edit
from despin.read import ReadError, WriteError, encode, write_atomically, write_back
from despin.read import read as read_file
from despin.read.folder import TextFolder
from despin.review import Review
from despin.tui.naming import below_shared_folder


@dataclass
class Written:
    """What this session has put into files, so that it can tell its own writing from others'."""

    digests: dict[str, str] = field(default_factory=dict)
    edits: dict[str, tuple[Edit, ...]] = field(default_factory=dict)

    def differs(self, review: Review) -> bool:
        """Whether the file of this review does not hold its result."""
        return review.edits() != self.edits.get(review.document.id, ())

    def back(self, review: Review) -> None:
        """Put the result in the place of the file it came from.

        Raises:
            WriteError: it cannot be written, or the file is no longer what was read or written.
        """
        document = review.document
        text = review.result()
        write_back(document, text, partial(self._check, document))
        self.digests[document.id] = _digest(encode(document, text))
        self.edits[document.id] = review.edits()

    def _check(self, document: Document) -> None:
        try:
            data = Path(document.id).read_bytes()
        except FileNotFoundError:
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


def into_folder(folder: Path, reviews: Sequence[Review]) -> list[Path]:
    """Write the results into ``folder``, laid out as the files are below what they share.

    Raises:
        WriteError: a file cannot be written, is an original, or holds another of these results.
    """
    files = [review.document.id for review in reviews]
    texts = TextFolder(folder, originals=files)
    return [
        texts.put(review.document, review.result(), name)
        for review, name in zip(reviews, below_shared_folder(files), strict=True)
    ]


def into_reviews(path: Path, reviews: Sequence[Review]) -> None:
    """Write the reviews, one JSON line each, decisions and texts included.

    Raises:
        WriteError: the file cannot be written, or is one of those that were reviewed.
    """
    if any(path.resolve() == Path(review.document.id).resolve() for review in reviews):
        raise WriteError(f"{path}: is an original; choose another name")
    lines = "".join(f"{review.to_json()}\n" for review in reviews)
    write_atomically(path, lines.encode("utf-8"))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
