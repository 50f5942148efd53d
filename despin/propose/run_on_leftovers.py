"""Pieces of the site that run on from a sentence: ``The quay was closed. [Read More]``.

Whole lines of the site are `despin.propose.boilerplate`'s. What stands behind a sentence goes only
where nothing of the article can follow it: at the line's end, or glued to the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.code_lines import looks_like_code
from despin.propose.scrape import LOWER, UPPER, Lines, replacing, scrape_finding
from despin.span import Span

_READ = r"(?:read|see|show|view|load) (?:more|the full (?:story|article))|(?:continue|keep) reading"
_ARROW = r"(?:\.{2,3}|…|>{1,3}|[»→›])"
_END = r"(?=[ \t]*\r?$)"
_MORE = re.compile(
    rf"(?<=[.!?…”\"’')\]])[ \t]*(?:"
    rf"\[ ?(?:{_READ})[.: ]*{_ARROW}? ?\]|\((?:{_READ}) ?{_ARROW}?\)|(?:{_READ}) ?{_ARROW}"
    rf"|continue reading (?-i:[“\"A-Z0-9])[^\n.]{{2,110}} ?[»→]"
    rf"){_END}",
    re.IGNORECASE | re.MULTILINE,
)
"""“Read more” with brackets or an arrow, which no sentence has."""
_BARE = re.compile(
    r"(?<=[.!?…”\"’')\]])([ \t]*)(?:Read More|Read more|READ MORE|Continue (?:R|r)eading"
    rf"|CONTINUE READING){_END}",
    re.MULTILINE,
)
_ALSO = re.compile(
    r"(?<=[.!?…”\"])[ \t]*(?:Also Read|ALSO READ|Read Also|READ ALSO|Must Read|MUST READ|Also Watch"
    rf"|ALSO WATCH)[ \t]*[:|–—-][ \t]*[“\"‘']?[A-Z0-9$£€]"
    rf"(?:(?![.!?][”\"]? +[A-Z“\"])[^\n]){{3,120}}(?<![.,;:])(?<![.,][”\"]){_END}",
    re.MULTILINE,
)
_ADVERTISEMENT = re.compile(
    rf"(?<=(?:{LOWER}|[).!?,])[.!?”\"])(?:Advertisement|ADVERTISEMENT)"
    rf"(?=[ \t]*(?:\r?$|[“\"‘]?{UPPER}{LOWER}*[ \t,’']))",
    re.MULTILINE,
)
"""Glued to the sentence before it, as a heading of its own is when its line break is lost."""
_PATTERNS = _MORE, _ALSO, _BARE, _ADVERTISEMENT
_FEWEST_WORDS = 3
_REACH = 200
"""Code points before a leftover that are looked at."""


def is_leftover(text: str, at: int) -> bool:
    """Whether a piece of the site begins at ``at``, which wants no space before it."""
    return any(pattern.match(text, at) for pattern in _PATTERNS)


class RunOnLeftoverProposer:
    """Deletes what runs on from a sentence and is the site's."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Boilerplate."""
        return frozenset({Rule.BOILERPLATE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each piece behind a sentence that is no code."""
        text = document.text
        lines = Lines(text)
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                if _behind_prose(text, lines, match.start()):
                    yield _leftover(text, match, sure=pattern is not _BARE or _cut(text, match))


def _behind_prose(text: str, lines: Lines, at: int) -> bool:
    """Whether enough words stand before the place on its line to be a sentence."""
    before = text[max(lines.at(at).start, at - _REACH) : at]
    return len(before.split()) >= _FEWEST_WORDS and not looks_like_code(before)


def _cut(text: str, match: re.Match[str]) -> bool:
    """Whether the text breaks off there, or the words are glued to it: they are no sentence then.

    “Sleep more. Read more” is a list, and a person must tell.
    """
    return match.group(1) == "" or text[: match.start()].endswith(("…", "..."))


def _leftover(text: str, match: re.Match[str], *, sure: bool) -> Finding:
    span = Span(*match.span())
    glued = text[span.end : span.end + 1].strip() != ""
    shown = match.group().strip()
    shown = shown if len(shown) <= 40 else shown[:39].rstrip() + "…"
    message = f"“{shown}” belongs to the site, not to the article."
    return scrape_finding(
        Rule.BOILERPLATE, replacing(text, span, " " if glued else ""), message, sure=sure
    )
