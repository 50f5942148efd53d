"""The caption of the figure that leads an article and stands outside the article's own block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any

from despin.read.page_title import text_of

_PARAGRAPHS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote")
_PARTS = ("article", "main")
_OF_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|carousel|gallery|more|newsletter|popular|promos?|recirc\w*"
    r"|recommend\w*|related|side-?bar|slide\w*|sponsor\w*|teasers?|trending|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes of blocks that lead to other articles."""


def lead_caption(heading: Any, captions: Set[Any], paragraphs: Sequence[str]) -> str | None:
    """The caption that stands between the article's heading and its text, and was left out of it.

    Args:
        heading: the element that names the article.
        captions: the elements of all captions that a text may hold.
        paragraphs: what was taken for the article.
    """
    title, known, left_out = text_of(heading), frozenset(paragraphs), None
    for element in _from(heading):
        if element in captions:
            if text_of(element) in known:
                return None
            if left_out is None and not _leads_elsewhere(element):
                left_out = text_of(element)
        elif element.tag in _PARAGRAPHS and text_of(element) in known:
            # Whatever begins the text otherwise, nobody knows where its caption belongs.
            first = next((p for p in paragraphs if p != title), None)
            return left_out if text_of(element) == first else None
    return None


def _from(heading: Any) -> Iterator[Any]:
    """The elements from the part on that the heading stands in: a figure may stand above it."""
    part = next((e for e in heading.iterancestors() if e.tag in _PARTS), heading)
    begun = False
    for element in heading.getroottree().iter("*"):
        begun = begun or element is part
        if begun:
            yield element


def _leads_elsewhere(element: Any) -> bool:
    around = (element, *element.iterancestors())
    return any(_OF_OTHERS.search(f"{e.get('class', '')} {e.get('id', '')}") for e in around)
