"""Plain text and Markdown: bytes to characters, nothing else changed."""

from __future__ import annotations

import codecs
import re

from despin.document import Document
from despin.read.errors import ReadError

CP1252_NOTE = "not UTF-8; read as Windows-1252"

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, and the name that `Document.encoding` gives to text that began with one."""

_REVIEW = b'{"schema":"despin.review/'
"""How a line that `Review.to_json` made begins."""

# UTF-8's pattern for U+D800 to U+DFFF: it comes from broken programs, not from any Western text.
_ENCODED_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


_LOOK = 4096
"""Bytes that are looked at to tell an encoding that is not read."""


def read_bytes(name: str, data: bytes) -> Document:
    """The document of a text file; line endings and the final newline stay as they are.

    Raises:
        ReadError: the bytes are not text, or reviews that despin has saved.
    """
    if data.startswith(_REVIEW):
        raise ReadError(f"{name}: holds reviews; despin review and despin apply read them")
    text, encoding = decode(name, data)
    return Document(name, text, encoding, (CP1252_NOTE,) if encoding == "cp1252" else ())


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Text and encoding: by byte order mark, else UTF-8, else Windows-1252.

    The byte order mark isn't part of the text; the encoding's name remembers it.

    Raises:
        ReadError: NUL, encoded surrogates, or bytes that no encoding of these knows.
    """
    if unread := _unread_encoding(data):
        raise ReadError(f"{name}: seems to be {unread}; save it as UTF-8")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = _strictly(name, data[len(bom) :], encoding)
            break
    else:
        text, encoding = _without_bom(name, data)
    if "\0" in text:
        raise ReadError(f"{name}: holds NUL characters; this is not a text file")
    return text, encoding


def _unread_encoding(data: bytes) -> str | None:
    """What the bytes seem to be, where that is text which is not read.

    Western text in UTF-16 is mostly ASCII with a NUL beside each character, which nothing else is.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_LOOK].decode(encoding, "replace")
        if sum(" " <= character <= "~" for character in text) > 0.6 * len(text):
            return "UTF-16 without a byte order mark"
    return None


def _without_bom(name: str, data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    if b"\0" in data:
        raise ReadError(f"{name}: holds NUL bytes; this is not a text file")
    if _ENCODED_SURROGATE.search(data):
        raise ReadError(f"{name}: holds encoded surrogates; this is not a text file")
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: neither UTF-8 (byte {broken.start}) nor Windows-1252 (byte {error.start})"
        ) from error


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: begins as {encoding.removesuffix('-sig').upper()} "
            f"but is not ({error.reason} at byte {error.start})"
        ) from error
