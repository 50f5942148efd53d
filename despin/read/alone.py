"""What is read, changed and written by one run of despin at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let other runs that would change the file ``path`` wait meanwhile.

    Its folder is what is locked: the file itself gives way to a new one when it is written, and a
    lock beside it would be left lying there. Where folders cannot be locked (Windows, some network
    drives) nobody waits.
    """
    with held(os.path.dirname(os.path.realpath(path)), os.O_RDONLY):  # noqa: PTH120
        yield


@contextmanager
def held(name: str, flags: int) -> Iterator[None]:
    """Let other runs wait that would hold ``name``, opened with ``flags``, too.

    Where it cannot be opened or locked nobody waits: whoever writes there says why.
    """
    handle = _locked(name, flags)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _locked(name: str, flags: int) -> int | None:
    """A handle that holds the lock until it is closed."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(name, flags)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        os.close(handle)
        return None
    return handle
