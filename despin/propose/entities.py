"""HTML entities that were never decoded: ``Marks &amp; Spencer``, and ``&amp;amp;``."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.span import Span
from despin.text.protection import MARKDOWN

_ENTITY = re.compile(
    r"&(?:amp;|#38;|#x26;)*(#[0-9]{2,7};|#[xX][0-9a-fA-F]{2,6};|[A-Za-z]{2,8}\d?;)"
)
_UNENDED = re.compile(
    r"&(?:amp(?![\w;=#])|quot(?![a-z\d_;=#])|(?:nbsp|[lr][sd]quo|[nm]dash|hellip)(?![;=\d])|(?:pound|euro)(?=\d)"
    r"|#(?:160|163|8211|8212|8216|8217|8220|8221|8226|8230|8364)(?![\d;])"
    r"|(?<!\d.)#(?:34|38|39)(?![\d;]))"
)
"""References without their semicolon, of which no word and no number begins."""
_ADDRESS = re.compile(r"[/=%@\\]|\?\w")
"""What an address has, in which ``&`` parts values."""
_NAMED = re.compile(
    r"\b(?:us(?:e|ing)|writ(?:e|ing)|type|insert|add|put|an?|the|called|or|with|by|as)"
    r"[ \t]&(?:amp|nbsp)\Z",
    re.IGNORECASE,
)
"""Words behind which a reference may be the thing spoken of: "write &amp for it"."""
_REACH = 80
"""Code points on both sides of a reference that are looked at."""
_TAG_MARKS = frozenset("<>")
_ABOUT_HTML = re.compile(r"\b(?:HTML|XML|ampersands?|mark-?up|shortcodes?)\b", re.IGNORECASE)
"""What a text speaks of that may show references on purpose."""
_MARKDOWN_MARKS = frozenset("|*_#[]()<>`~!+-")
"""What Markdown reads: a reference to one of them is how it is written there."""


class EntityProposer:
    """Decodes character references, doubly encoded ones to the end."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Entities."""
        return frozenset({Rule.ENTITY})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each reference that HTML knows."""
        text = document.text
        if "&" not in text:
            return
        meant = _ABOUT_HTML.search(text) is not None
        markdown = PurePath(document.id).suffix.lower() in MARKDOWN
        yield from _ended(text, meant=meant, markdown=markdown)
        yield from _unended(text, meant=meant)


def _ended(text: str, *, meant: bool, markdown: bool) -> Iterator[Finding]:
    for match in _ENTITY.finditer(text):
        after = _decoded(f"&{match.group(1)}")
        if after is None or (markdown and _written_so(match, after)):
            continue
        span = Span(*match.span())
        sure = not meant and _settles(text, span, after) and after not in _TAG_MARKS
        yield _undecoded(text, span, after, sure=sure)


def _unended(text: str, *, meant: bool) -> Iterator[Finding]:
    lines = Lines(text)
    for match in _UNENDED.finditer(text):
        span = Span(*match.span())
        if not lines.code_at(span.start) and not _in_address(text, span):
            sure = not meant and not _NAMED.search(text, max(0, span.start - 12), span.end)
            yield _undecoded(text, span, _decoded(f"{match.group()};") or "", sure=sure)


def _in_address(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _REACH) : span.start]
    behind = text[span.end : span.end + _REACH]
    start = "" if before[-1:].isspace() else before.split()[-1:]
    end = "" if behind[:1].isspace() else behind.split()[:1]
    return any(map(_ADDRESS.search, (*start, *end)))


def _undecoded(text: str, span: Span, after: str, *, sure: bool) -> Finding:
    message = f"“{span.of(text)}” is an undecoded character."
    return scrape_finding(Rule.ENTITY, replacing(text, span, after), message, sure=sure)


def _written_so(match: re.Match[str], after: str) -> bool:
    """Whether Markdown shows a mark, or a reference itself, by this one."""
    return after in _MARKDOWN_MARKS or match.group() != f"&{match.group(1)}"


def _decoded(reference: str) -> str | None:
    """The character meant, or ``None`` when it is none that a text may hold."""
    decoded = html.unescape(reference)
    if len(decoded) > 2 or decoded == reference or _unfit(decoded):
        return None
    return " " if decoded == "\u00a0" else decoded


def _unfit(characters: str) -> bool:
    return any(c == "\ufffd" or unicodedata.category(c) in {"Cc", "Cs", "Co"} for c in characters)


def _settles(text: str, span: Span, after: str) -> bool:
    """Whether the character put there makes no new reference with what stands around it."""
    if not (after in {"&", ";", "#"} or after.isalnum()):
        return True
    start = max(0, span.start - 40)
    around = text[start : span.start] + after + text[span.end : span.end + 40]
    at = span.start - start
    return not any(m.start() <= at < m.end() for m in _ENTITY.finditer(around))
