"""Writing in place: whole, with the same mode, through links."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from despin.document import Document
from despin.read import WriteError, read, write_atomically, write_back


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
