"""Reading text files, and writing them back byte for byte."""

from __future__ import annotations

import codecs
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.read import ReadError, WriteError, encode, read
from despin.read.text import CP1252_NOTE, read_bytes
from despin.review import Review

TEXT = "The mayor’s plan — all of it.\r\nA second line, naïve.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_each_encoding_gives_the_same_text_and_its_bytes_back(data: bytes, encoding: str) -> None:
    document = read_bytes("a.txt", data)
    assert document.text == TEXT
    assert document.encoding == encoding
    assert document.notes == ((CP1252_NOTE,) if encoding == "cp1252" else ())
    assert encode(document, document.text) == data


@pytest.mark.parametrize(
    ("encoding", "bom", "kind"),
    [
        ("utf-16-le", b"", "UTF-16 without a byte order mark"),
        ("utf-16-be", b"", "UTF-16 without a byte order mark"),
        ("utf-32-le", b"\xff\xfe\0\0", "UTF-32"),
        ("utf-32-be", b"\0\0\xfe\xff", "UTF-32"),
    ],
)
def test_text_in_an_encoding_that_is_not_read_is_told_from_no_text(
    encoding: str, bom: bytes, kind: str
) -> None:
    data = bom + "They met at “Café”, in the harbour — on Monday.\r\n".encode(encoding)
    with pytest.raises(ReadError) as caught:
        read_bytes("a.txt", data)
    assert str(caught.value) == f"a.txt: seems to be {kind}; save it as UTF-8"


def test_saved_reviews_are_no_article() -> None:
    saved = Review(Document("a.txt", TEXT)).to_json().encode() + b"\n"
    with pytest.raises(ReadError, match=r"r\.jsonl: holds reviews; .*despin apply"):
        read_bytes("r.jsonl", saved)
    assert read_bytes("r.jsonl", b'{"text": "An article."}\n').text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04\x00\x00", "NUL"),
        (b"caf\xe9\x00", "NUL"),
        (b"broken \xed\xa0\x80 pair", "surrogates"),
        (b"caf\xe9 \x81 bar", r"neither UTF-8 \(byte 3\) nor Windows-1252 \(byte 5\)"),
        (codecs.BOM_UTF8 + b"caf\xe9", "begins as UTF-8 but is not"),
        (codecs.BOM_UTF16_LE + b"abc", "begins as UTF-16-LE but is not"),
        ("wide".encode("utf-32"), "seems to be UTF-32"),
    ],
)
def test_what_is_not_text_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read_bytes("odd.bin", data)
    assert str(caught.value).startswith("odd.bin: ")
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=40))
def test_bytes_are_refused_or_come_back_the_same(data: bytes) -> None:
    try:
        document = read_bytes("x", data)
    except ReadError:
        return
    assert encode(document, document.text) == data


def test_an_empty_file_and_one_long_line_are_texts(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "long.txt").write_bytes(b"word " * 2_000_000)
    assert read(tmp_path / "empty.txt").text == ""
    assert len(read(tmp_path / "long.txt").text) == 10_000_000


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt: there is no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(ReadError, match="cannot be read"):
        read("a\0b")


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe\n")))
    assert read("-") == Document("-", "from a pipe\n")


def test_a_character_the_encoding_has_not_is_an_error_that_says_what_to_do() -> None:
    document = read_bytes("old.txt", b"caf\xe9")
    with pytest.raises(WriteError, match=r"old\.txt: '→' .*Windows-1252; use --output"):
        encode(document, "café →")
    with pytest.raises(WriteError, match="UTF-8"):
        encode(Document("a", "b"), "\ud800")
    with pytest.raises(WriteError, match="no known encoding"):
        encode(Document("a", "b", "klingon"), "b")
