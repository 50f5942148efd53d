"""Web pages: the article's text as Markdown, found by trafilatura (extra ``html``).

Emphasis is taken out before: its asterisks would part words from their neighbours. Headings, lists,
captions and paragraphs stay, a blank line between them; reference marks go.
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
from despin.span import Span
from despin.text.code_spans import locked

INSTALL = 'pip install "despin[html]"'
NO_ARTICLE = "no article text was found in this web page"

_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,200}encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_BODY = re.compile(rb"</head|<body", re.IGNORECASE)
_UNDEFINED = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that Windows-1252 has no character for; to browsers they are control characters."""
_STRAY = re.compile("[\udc80-\udcff]+")
_EMPHASIS = re.compile(
    r"</?(?:b|i|u|em|strong|font|mark|small)"
    r"(?:\s(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|\s[^<>]*+)?>",  # a value may hold ">"
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\((?<=\w\\)_(?=\w)|~(?=[\d$£€])|<(?=[\s\d.])|(?<=\s\\)\*(?=\s))")
_BRACKETS = re.compile(r"\\(\[[^\[\]\\\n]*)\\(\])(?![(:])")
"""What trafilatura escapes although it means itself: signs between words, and brackets."""


def read_bytes(name: str, data: bytes) -> Document:
    """The document of a web page; its encoding is UTF-8, as it can't go back into the page.

    Raises:
        ReadError: trafilatura isn't installed, the bytes aren't text, or no article was found.
    """
    html, encoding = _decode(name, data)
    text, references = _extract(name, html)
    notes: tuple[str, ...] = ("the article's text was taken out of a web page",)
    if references:
        marks = "reference mark was" if references == 1 else "reference marks were"
        notes += (f"{references} {marks} left out",)
    if encoding != "utf-8":
        notes += (f"the page is in {encoding}",)
    return Document(name, text, "utf-8", notes, MappingProxyType({EXTRACTED: "html"}))


def _decode(name: str, data: bytes) -> tuple[str, str]:
    """By byte order mark, else UTF-8, else as the page says, else Windows-1252.

    A few bytes that are none do not make UTF-8 another encoding: they are replaced, as browsers do.
    """
    declared = [name.decode("ascii", "replace").lower() for name in _CHARSET.findall(_head(data))]
    if declared and not data.startswith(tuple(bom for bom, _ in BOMS)):
        for encoding in ("utf-8", *declared):
            try:
                # A page that says it is Latin-1 is Windows-1252 (WHATWG Encoding Standard, 4.2).
                if codecs.lookup(encoding).name in ("iso8859-1", "ascii"):
                    continue
                return data.decode(encoding), encoding
            except (LookupError, ValueError):
                continue
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_STRAY.findall(text))
    if stray and stray < sum(character > "\x7f" for character in text) / 2:
        return _STRAY.sub("\ufffd", text).removeprefix("\ufeff"), "broken UTF-8"
    try:
        text, encoding = decode(name, data)
    except ReadError:
        if not declared or b"\0" in data:
            raise
        return data.decode("cp1252", "surrogateescape").translate(_UNDEFINED), "Windows-1252"
    return text, encoding.replace("cp1252", "Windows-1252")


def _head(data: bytes) -> bytes:
    """Where a page says what it is encoded in: behind a long script, too."""
    end = _BODY.search(data)
    return data[: end.start() if end else 4096]


def _extract(name: str, html: str) -> tuple[str, int]:
    """The article as Markdown, and how many reference marks were left out of it."""
    try:
        from trafilatura import extract, load_html
    except ImportError as error:
        why = "" if error.name == "trafilatura" else f" ({' '.join(str(error).split())})"
        raise ReadError(f"{name}: web pages need trafilatura{why}; run: {INSTALL}") from error
    from despin.read.page_lead import lead_caption
    from despin.read.page_title import article_heading, labels_of, text_of
    from despin.read.page_tree import prepare

    # Its complaints about broken pages become our error; the core prints nothing.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    tree = load_html(_EMPHASIS.sub("", html))
    if tree is None:
        raise ReadError(f"{name}: {NO_ARTICLE}")
    references, captions = prepare(tree)
    heading, labels = article_heading(tree), labels_of(tree)
    text = extract(tree, output_format="markdown", include_comments=False)
    if not text or labels.issuperset(_worded(text)):
        raise ReadError(f"{name}: {NO_ARTICLE}")
    text = _unescaped(text)
    paragraphs = _worded(text)
    if heading is None:
        return f"{text.rstrip()}\n", references
    title, caption = text_of(heading), lead_caption(heading, captions, paragraphs)
    if title not in (paragraphs if len(paragraphs) > 1 else text):
        text = f"# {title}\n\n{text}"
    if caption:
        text = _below_title(text, title, caption)
    return f"{text.rstrip()}\n", references


def _below_title(text: str, title: str, caption: str) -> str:
    """The text with the caption as its first paragraph."""
    first, _, rest = text.partition("\n")
    if _worded(first) == [title]:
        return f"{first}\n\n{caption}\n\n{rest.lstrip()}"
    return f"{caption}\n\n{text}"


def _worded(text: str) -> list[str]:
    """The lines that hold words, without what makes them headings or items."""
    bare = (" ".join(line.strip("#-* \t").split()) for line in text.splitlines())
    return [line for line in bare if any(map(str.isalnum, line))]


def _unescaped(text: str) -> str:
    """The text without the backslashes that no reader of it needs; code stays."""
    pieces, at = [], 0
    for span in (*locked(text, markdown=True), Span(len(text), len(text))):
        plain = _ESCAPED.sub(r"\1", text[at : span.start])  # first: brackets may hold such signs
        pieces += [_BRACKETS.sub(r"\1\2", plain), span.of(text)]
        at = span.end
    return "".join(pieces)
