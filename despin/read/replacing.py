"""New content for a file; its mode, its owner and its other names stay."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from despin.read.errors import WriteError

PRIVATE = 0o600


def replace(target: Path, data: bytes, check: Callable[[], object]) -> None:
    """Make ``data`` the content of ``target``, which is no link.

    Args:
        target: a file, or the name of a new one.
        data: what it holds afterwards.
        check: asked when nothing but the change itself is left to do; what it raises stops it.

    Raises:
        WriteError: the target isn't a regular file.
        OSError: the system refuses.
    """
    status = _status(target)
    temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.tmp")
    try:
        alike = _write_new(temporary, data, status)
        check()
        if status is None or (alike and status.st_nlink == 1):
            temporary.replace(target)
        else:
            # Meanwhile the whole text lies in the other file, for whom the power fails.
            _write_through(target, data)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _status(target: Path) -> os.stat_result | None:
    """What the system knows of the file, ``None`` where there is none yet."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(f"{target}: is not a regular file")
    return status


def _write_new(path: Path, data: bytes, status: os.stat_result | None) -> bool:
    """Write a new file with owner and mode of ``status``; whether it could be given the owner."""
    with path.open("xb") as file:
        alike = status is None or _owned(path, status)
        if status is not None:  # before the content: a private file is never readable by others
            path.chmod(stat.S_IMODE(status.st_mode) if alike else PRIVATE)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return alike


def _owned(path: Path, status: os.stat_result) -> bool:
    """Give the file the owner and group of ``status``; whether the system lets us."""
    made = path.stat()
    if (made.st_uid, made.st_gid) == (status.st_uid, status.st_gid):
        return True
    try:
        os.chown(path, status.st_uid, status.st_gid)
    except OSError:
        return False
    return True


def _write_through(target: Path, data: bytes) -> None:
    """Overwrite the file itself, for a new one would be no other name's and of another owner."""
    with target.open("r+b", buffering=0) as file:
        before = file.readall()
        try:
            _put(file, data)
        except BaseException:
            _put(file, before)
            raise


def _put(file: FileIO, data: bytes) -> None:
    file.seek(0)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    file.truncate(len(data))
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last; only POSIX lets folders be opened for this."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
