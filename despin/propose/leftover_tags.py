"""HTML tags that a scraper left in plain text: ``<p>The ferry stopped.</p>``.

Only formatting, only around or behind sentences, and in no text that speaks of HTML. In Markdown
such tags are mark-up that means something, and so they are in subtitles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.code_lines import looks_like_code, reads_as_sentences
from despin.propose.scrape import replacing, scrape_finding
from despin.span import Span
from despin.text.protection import MARKDOWN

_ATTRIBUTES = r"(?: [a-z-]+=(?:\"[^\"<>\n]*\"|'[^'<>\n]*'))*"
_PAIRED = "p|div|span|strong|em|b|i|u|h[1-6]|blockquote"
_TAG = re.compile(rf"<(/?)({_PAIRED}){_ATTRIBUTES}>|<br ?/?>", re.IGNORECASE)
_ABOUT_HTML = re.compile(r"\b(?:HTML|CSS|tags?|mark-?up|browsers?|web ?pages?)\b", re.IGNORECASE)
_CUE = re.compile(r"\d\d:\d\d[.,]\d{3}[ \t]+-->[ \t]+(?:\d+:)?\d\d:\d\d")
"""The times of a subtitle, whose italics are the format's."""
_MARKED_UP = MARKDOWN | {".html", ".htm"}
_FEWEST_WORDS = 6


class LeftoverTagProposer:
    """Takes tags out of lines of prose."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Boilerplate: pieces of the page are removed."""
        return frozenset({Rule.BOILERPLATE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each tag of a line whose tags are all in pairs, or ``<br>``."""
        text = document.text
        if PurePath(document.id).suffix.lower() in _MARKED_UP or not _TAG.search(text):
            return
        if _CUE.search(text) or _ABOUT_HTML.search(_TAG.sub("", text)):
            return
        at = 0
        for line in text.split("\n"):
            tags = list(_TAG.finditer(line)) if "<" in line else []
            if tags and _in_pairs(tags) and _is_prose(_TAG.sub("", line).strip()):
                yield from (_removed(text, at, line, tag) for tag in tags)
            at += len(line) + 1


def _in_pairs(tags: list[re.Match[str]]) -> bool:
    """Whether every tag that opens is closed in its place."""
    open_tags: list[str] = []
    for tag in tags:
        closing, name = tag.groups()
        if name is None:
            continue
        if not closing:
            open_tags.append(name.lower())
        elif not open_tags or open_tags.pop() != name.lower():
            return False
    return not open_tags


def _is_prose(line: str) -> bool:
    ended = line.rstrip("”\"’')").endswith((".", "!", "?", "…", ":"))
    enough = len(line.split()) >= _FEWEST_WORDS
    return ended and enough and reads_as_sentences(line) and not looks_like_code(line)


def _removed(text: str, at: int, line: str, tag: re.Match[str]) -> Finding:
    """The finding; between two words a line break leaves a space."""
    span = Span(at + tag.start(), at + tag.end())
    apart = tag.group(2) is None and not (
        line[: tag.start()][-1:].isspace() or line[tag.end() :][:1].isspace()
    )
    after = " " if apart and tag.start() > 0 and tag.end() < len(line.rstrip()) else ""
    message = f"“{tag.group()}” is a tag of the page that the text was taken from."
    return scrape_finding(Rule.BOILERPLATE, replacing(text, span, after), message, sure=True)
