"""Web pages: the article's text as Markdown, found by trafilatura (extra ``html``).

Emphasis is taken out before: its asterisks would part words from their neighbours. Headings, lists
and paragraphs stay, a blank line between them.
"""

from __future__ import annotations

import codecs
import logging
import re
from types import MappingProxyType

from despin.document import Document
from despin.read.errors import ReadError
from despin.read.text import BOMS, decode
from despin.read.writing import EXTRACTED

INSTALL = 'pip install "despin[html]"'

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_EMPHASIS = re.compile(r"</?(?:b|i|u|em|strong|font|mark|small)(?:\s[^<>]*)?>", re.IGNORECASE)


def read_bytes(name: str, data: bytes) -> Document:
    """The document of a web page; its encoding is UTF-8, as it can't go back into the page.

    Raises:
        ReadError: trafilatura isn't installed, the bytes aren't text, or no article was found.
    """
    html, encoding = _decode(name, data)
    text = _extract(name, html)
    notes: tuple[str, ...] = ("the article's text was taken out of a web page",)
    if encoding != "utf-8":
        notes += (f"the page is in {encoding}",)
    return Document(name, text, "utf-8", notes, MappingProxyType({EXTRACTED: "html"}))


def _decode(name: str, data: bytes) -> tuple[str, str]:
    """By byte order mark, else UTF-8, else as the page says, else Windows-1252."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith(tuple(bom for bom, _ in BOMS)):
        for encoding in ("utf-8", declared[1].decode("ascii", "replace").lower()):
            try:
                # A page that says it is Latin-1 is Windows-1252 (WHATWG Encoding Standard, 4.2).
                if codecs.lookup(encoding).name in ("iso8859-1", "ascii"):
                    continue
                return data.decode(encoding), encoding
            except (LookupError, ValueError):
                continue
    text, encoding = decode(name, data)
    return text, encoding.replace("cp1252", "Windows-1252")


def _extract(name: str, html: str) -> str:
    try:
        from trafilatura import extract
    except ImportError as error:
        raise ReadError(f"{name}: web pages need trafilatura; run: {INSTALL}") from error
    # Its complaints about broken pages become our error; the core prints nothing.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    text = extract(_EMPHASIS.sub("", html), output_format="markdown", include_comments=False)
    if not text:
        raise ReadError(f"{name}: no article text was found in this web page")
    return f"{text.rstrip()}\n"
