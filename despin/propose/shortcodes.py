"""Shortcodes of a site's editor that were never carried out: ``[caption id="a" width="640"]``.

The text between two of them stays; an address that was to be embedded goes with them. Lines of
nothing else are boilerplate (`despin.propose.boilerplate`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, replacing, scrape_finding
from despin.span import Span

_BUILDER = r"(?:vc|et_pb|fusion|su|td|tie|elementor|cs)_[a-z_]+"
_NAMED = (
    r"(?:caption|embed|embedyt|gallery|audio|video|playlist|youtube|vimeo|tweet|instagram|the_ad"
    r"|the_ad_group|the_ad_placement|adrotate|contact-form|contact-form-7|mc4wp_form|wpforms"
    r"|pullquote|dropcap|sociallocker|newsletter_form|related_posts)"
)
_VALUE = r"(?:\"[^\"\n\[\]]*\"|[“”″][^“”″\n\[\]]*[“”″]|'[^'\n\[\]]*'|[\w./:-]+)"
_TAG = (
    rf"\[(?:{_BUILDER}|{_NAMED})(?:[ \t]+[\w-]+={_VALUE})+[ \t]*/?\](?![(:])"
    rf"|\[/(?:{_BUILDER}|{_NAMED})\](?![(:])|\[{_BUILDER}\](?![(:])"
)
_PLAYER = r"(?:embed|embedyt|youtube|vimeo|tweet|audio|video)"
_EMBEDDED = rf"\[{_PLAYER}\](?:https?://[^\s\[\]]+)?\[/{_PLAYER}\]"
_IMAGE = r"(?:(?:<a\s[^<>\n]*>)?<img\s[^<>\n]*>(?:</a>)?)?"
_ONE = rf"(?:{_EMBEDDED}|(?:{_TAG}){_IMAGE})"
_SHORTCODES = re.compile(rf"{_ONE}(?:[ \t]*{_ONE})*")
_ABOUT_THEM = re.compile(r"\b(?:shortcodes?|WordPress)\b", re.IGNORECASE)
"""What a text speaks of that may show them on purpose."""
_ONLY = re.compile(rf"(?:(?:{_ONE}|\[(?:toc|ez-toc|gallery)\])[ \t]*)+")


def only_shortcodes(line: str) -> bool:
    """Whether nothing else stands in a line without white space around it."""
    return line[:1] == "[" and _ONLY.fullmatch(line) is not None


class ShortcodeProposer:
    """Takes shortcodes out of lines that hold text besides."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Boilerplate: whole pieces of the site are removed."""
        return frozenset({Rule.BOILERPLATE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each row of them; a bare name (``[video]``) may be an editor's note."""
        text = document.text
        if "[" not in text:
            return
        lines, meant = Lines(text), _ABOUT_THEM.search(text) is not None
        for match in _SHORTCODES.finditer(text):
            if not lines.judged(_of_nothing_else, match.start()):
                span = _with_space(text, Span(*match.span()))
                message = f"“{_shown(match.group())}” is a shortcode of the site."
                edit = replacing(text, span, "")
                yield scrape_finding(Rule.BOILERPLATE, edit, message, sure=not meant)


def _of_nothing_else(line: str) -> bool:
    return only_shortcodes(line.strip())


def _with_space(text: str, span: Span) -> Span:
    """The span with a blank beside it that would be left over."""
    starts = span.start == 0 or text[span.start - 1] == "\n"
    ends = span.end == len(text) or text[span.end] in "\r\n"
    if not ends and text[span.end] == " " and (starts or text[span.start - 1] == " "):
        return Span(span.start, span.end + 1)
    if ends and not starts and text[span.start - 1] == " ":
        return Span(span.start - 1, span.end)
    return span


def _shown(shortcode: str) -> str:
    return shortcode if len(shortcode) <= 40 else f"{shortcode[:39]}…"
