"""Characters decoded with the wrong encoding: ``mayorâ€™s``.

The diagnosis is ftfy's (Speer 2019, doi:10.5281/zenodo.2591652): runs that look like UTF-8 read
as a one-byte encoding, and that its measure of badness condemns. Nothing else of
ftfy is used: quotation marks stay curly and nothing is normalised. ftfy is imported when a text
holds a suspicious pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.known_words import is_known
from despin.propose.scrape import replacing, scrape_finding
from despin.span import Span

_SUSPECT = re.compile(r"[\u00c2-\u00f4\u0102-\u0142\u0390-\u044f][^\x00-\x7f]")
"""A possible first byte, then a possible second: the cheap question that most texts answer no."""

_HALF_LOST = re.compile(r"â€\ufffd|â€(?=[\s.,;:!?)]|\Z)")
_OPENING = ("“", "â€œ")
_MARK = re.compile(rf"\n|“|”|â€œ|â€\x9d|{_HALF_LOST.pattern}")
"""Marks of quotations, whole and damaged, and the ends of the paragraphs that hold them."""

_LOST_APOSTROPHE = re.compile(
    r"(?<=[a-z]{2})(?:[â\ufffd](?=(?:s|re|ve|ll)\b)|\ufffd(?=(?:d|m|t)\b))"
    r"|(?<=(?:do|wo|ca|ai|is)n)â(?=t\b)|(?<=(?:did|are|was|has|had)n)â(?=t\b)"
    r"|(?<=(?:does|were|have)n)â(?=t\b)|(?<=(?:could|would)n)â(?=t\b)"
)
"""What is left of an apostrophe when two of its three characters could not be shown."""

_HOST = re.compile(r"[^\W\d_]+\Z")
_ENDING = re.compile(r"[a-z]+")
_WHOLE = re.compile(r"[^\W\d_]+(?![\w\ufffd])")
_PRONOUNS = frozenset("he i it she that there they these this those we what who you".split())
_MODALS = frozenset("could might must should would".split())
_ACCENTED = frozenset("attach expos pass".split())
"""English words that also begin a foreign one, which lost its accent: ``two attach\ufffds``."""


class MojibakeProposer:
    """Repairs damaged runs one by one; the text between them is left as it is."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Mojibake."""
        return frozenset({Rule.MOJIBAKE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each damaged run."""
        text = document.text
        yield from _lost_apostrophes(text)
        if not _SUSPECT.search(text):
            return
        yield from _runs(text)
        yield from _half_lost_marks(text)


def _runs(text: str) -> Iterator[Finding]:
    from ftfy.badness import is_bad
    from ftfy.chardata import UTF8_DETECTOR_RE

    for match in UTF8_DETECTOR_RE.finditer(text):
        span = Span(*match.span())
        before = match.group()
        if before == "Â " or _HALF_LOST.search(before + text[span.end : span.end + 1]):
            continue
        # The characters beside it give ftfy's measure the context it may need.
        if not (is_bad(before) or is_bad(_with_context(text, span))):
            continue
        after = _repaired(before)
        if after is not None:
            yield _finding(text, span, after, sure=_settled(text, span, after))


def _half_lost_marks(text: str) -> Iterator[Finding]:
    """Closing marks of which cp1252, having no character for their last byte, kept two thirds."""
    opened = last_opens = False  # in this paragraph
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark == "\n":
            opened = last_opens = False
        elif mark in _OPENING:
            opened = last_opens = True
        else:
            if opened and _HALF_LOST.match(text, match.start()):
                yield _finding(text, Span(*match.span()), "”", sure=last_opens)
            last_opens = False


def _lost_apostrophes(text: str) -> Iterator[Finding]:
    whole: frozenset[str] | None = None
    for match in _LOST_APOSTROPHE.finditer(text):
        host = _HOST.search(text, max(0, match.start() - 40), match.start())
        ending = _ENDING.match(text, match.end())
        if host is None or ending is None:
            continue
        whole = frozenset(_WHOLE.findall(text)) if whole is None else whole
        name = host.group()[0].isupper()
        sure = _takes_apostrophe(host.group(), ending.group(), whole)
        # "fianc\ufffds", "idâre": a letter with an accent may have been lost, or stand there.
        if sure or (name and ending.group() == "s"):
            sure = sure or match.group() == "â"
            yield _finding(text, Span(*match.span()), "’", sure=sure)


def _takes_apostrophe(host: str, ending: str, whole: frozenset[str]) -> bool:
    """Whether an apostrophe stood between the two for certain; ``whole`` are words of the text."""
    word = host.lower()
    if ending == "t":
        return word.endswith("n") and (is_known(word) or is_known(word[:-1]))
    if ending == "s":
        return (is_known(word) and word not in _ACCENTED) or host in whole
    return word in _PRONOUNS or (ending == "ve" and word in _MODALS)


def _finding(text: str, span: Span, after: str, *, sure: bool) -> Finding:
    message = f"“{span.of(text)}” was decoded with the wrong encoding."
    return scrape_finding(Rule.MOJIBAKE, replacing(text, span, after), message, sure=sure)


def _with_context(text: str, span: Span) -> str:
    return text[max(0, span.start - 1) : span.end + 1]


def _repaired(before: str) -> str | None:
    """What ftfy makes of the run; ``None`` when it stays, or stays partly unreadable."""
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        normalization=None,
        replace_lossy_sequences=False,
        explain=False,
    )
    after = fix_encoding(before, config).replace("\u00a0", " ")
    return None if after == before or "\ufffd" in after else after


def _settled(text: str, span: Span, after: str) -> bool:
    """Whether the repaired run, with what stands beside it, gives no new cause for repair.

    A capital letter and a quotation mark or a space ("Ã”") may have been meant.
    """
    from ftfy.chardata import UTF8_DETECTOR_RE

    if len(span) == 2 and text[span.start + 1] in " “”‘’–—…":
        return False
    start = max(0, span.start - 3)
    around = text[start : span.start] + after + text[span.end : span.end + 3]
    borders = span.start - start, span.start - start + len(after)
    return not any(
        m.start() < borders[1] and borders[0] < m.end() for m in UTF8_DETECTOR_RE.finditer(around)
    )
