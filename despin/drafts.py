"""Files of one folder that are put in their places together, when all of them are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """A folder to write into what belongs into ``folder``, which is made where it is not there.

    What was there before stays until all is written, and stays where writing fails.

    Raises:
        OSError: the system refuses, as on a full disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".new-", ignore_cleanup_errors=True) as name:
        yield Path(name)
        for path in sorted(Path(name).iterdir()):
            path.replace(folder / path.name)
