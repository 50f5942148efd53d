"""The title of a web page's article: the ``<h1>`` that is no banner of the site."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

_OUTSIDE = ("nav", "aside", "footer", "dialog")
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|:\s+")


def text_of(element: Any) -> str:
    """The element's text on one line."""
    return " ".join(element.text_content().split())


def labels_of(tree: Any) -> frozenset[str]:
    """Links and headings: a text of nothing else is a menu, which trafilatura falls back on."""
    return frozenset(text_of(element) for element in tree.iter("a", "h1", "h2", "h3", "title"))


def article_heading(tree: Any) -> Any | None:
    """The heading that names the article; ``None`` when none does for certain.

    It is the only one in an article or the page's main part, or the one that the page's own title
    repeats. The name of the site, and a heading that leads to the front page, is none.
    """
    headings = [h for h in tree.iter("h1") if text_of(h) and not _is_banner(tree, h)]
    named = [h for h in headings if _names_page(tree, h)]
    if named:
        return named[0]
    inside = [h for h in headings if any(e.tag in ("article", "main") for e in h.iterancestors())]
    return inside[0] if len(inside) == 1 else None


def _is_banner(tree: Any, heading: Any) -> bool:
    if any(e.tag in _OUTSIDE for e in heading.iterancestors()):
        return True
    if text_of(heading).lower() == _property(tree, "og:site_name").lower():
        return True
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(_is_front_page(link.get("href", "")) for link in links)


def _is_front_page(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool(address.strip()) and parts.path in ("", "/") and not (parts.query or parts.fragment)


def _names_page(tree: Any, heading: Any) -> bool:
    """Whether the page's title is the heading, or the heading and the name of the site.

    The name of the site mostly comes second; where it may be the heading, in the page's own header,
    the longer of the two is the article's.
    """
    name = text_of(heading).lower()
    title = " ".join((tree.findtext(".//title") or "").split()).lower()
    if name in (title, _property(tree, "og:title").lower()):
        return True
    begins = title.startswith(name) and _SEPARATOR.match(title, len(name)) is not None
    rest = title.removeprefix(name) if begins else title.removesuffix(name)
    if begins and not _in_page_header(heading):
        return True
    if not begins and (rest == title or not _SEPARATOR.search(rest[-3:])):
        return False
    others = (len(part.split()) for part in _SEPARATOR.split(rest))
    return max(others) < len(name.split())


def _in_page_header(heading: Any) -> bool:
    return any(
        e.tag == "header" and e.getparent() is not None and e.getparent().tag == "body"
        for e in heading.iterancestors()
    )


def _property(tree: Any, name: str) -> str:
    for element in tree.iter("meta"):
        if element.get("property") == name:
            return " ".join((element.get("content") or "").split())
    return ""
