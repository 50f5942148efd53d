"""Writing in place: whole, with the same mode, through links."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from despin.document import Document
from despin.read import WriteError, read, write_atomically, write_back

posix = pytest.mark.skipif(os.name != "posix", reason="left out: files have no owners here")


def test_content_is_replaced_and_mode_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", b"x")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    write_atomically(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real/a.txt").read_bytes() == b"new"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="not a regular file"):
        write_atomically(tmp_path, b"x")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="not a regular file"):
        write_atomically(tmp_path / "pipe", b"x")
    with pytest.raises(WriteError, match="cannot be written"):
        write_atomically(tmp_path / "none/a.txt", b"x")
    with pytest.raises(WriteError, match="no file has such a name"):
        write_atomically("a\0b.txt", b"x")


def test_write_back_keeps_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9\r\n")
    write_back(read(path), "cafés\r\n")
    assert path.read_bytes() == b"caf\xe9s\r\n"


def test_standard_input_and_web_pages_are_not_written_back() -> None:
    with pytest.raises(WriteError, match="standard input"):
        write_back(Document("-", "a"), "b")
    page = Document("a.html", "a", meta={"extracted-from": "html"})
    with pytest.raises(WriteError, match="web page"):
        write_back(page, "b")


def test_what_somebody_else_has_written_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    document = read(path)
    path.write_bytes(b"theirs")
    with pytest.raises(WriteError, match=r"a\.txt: has changed since it was read"):
        write_back(document, "ours")
    path.unlink()
    with pytest.raises(WriteError, match=r"a\.txt: has been removed since it was read"):
        write_back(document, "ours")
    assert list(tmp_path.iterdir()) == []


def test_another_encoding_is_a_change_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("café".encode("cp1252"))
    document = read(path)
    path.write_bytes("café".encode())
    with pytest.raises(WriteError, match="has changed"):
        write_back(document, "cafés")
    assert path.read_bytes() == "café".encode()


def test_all_names_of_a_file_show_the_new_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old and long")
    (tmp_path / "b.txt").hardlink_to(path)
    write_atomically(path, b"new")
    assert [(tmp_path / name).read_bytes() for name in ("a.txt", "b.txt")] == [b"new", b"new"]
    assert path.stat().st_nlink == 2
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_the_old_text_comes_back_when_overwriting_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    (tmp_path / "b.txt").hardlink_to(path)
    synced = iter([None, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), None])

    def fsync(_: int) -> None:
        if isinstance(error := next(synced), OSError):
            raise error

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(WriteError, match="No space left"):
        write_atomically(path, b"new and longer")
    assert path.read_bytes() == b"old"


@posix
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    owner = 12345 if os.geteuid() == 0 else os.geteuid()  # only root gives files away
    os.chown(path, owner, owner if os.geteuid() == 0 else -1)
    path.chmod(0o640)
    before = path.stat()
    write_atomically(path, b"new")
    after = path.stat()
    assert (after.st_uid, after.st_gid, after.st_mode) == (owner, before.st_gid, before.st_mode)


@posix
def test_a_file_of_somebody_else_is_overwritten_and_stays_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    before = path.stat()

    def chown(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    # Root may give files away, so the system's answers are put in their place.
    real = Path.stat
    monkeypatch.setattr(os, "chown", chown)
    monkeypatch.setattr(
        Path, "stat", lambda self, **options: _of_another(self, real(self, **options))
    )
    write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"new"
    assert path.stat().st_ino == before.st_ino
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def _of_another(path: Path, status: os.stat_result) -> os.stat_result:
    """The status, of another owner unless the file is a new one."""
    if path.suffix == ".tmp":
        return status
    values = list(status)
    values[stat.ST_UID] += 1
    return os.stat_result(values)
