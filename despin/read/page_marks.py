"""Raised and lowered characters of a web page: reference marks go, the others become Unicode's."""

from __future__ import annotations

import re
from typing import Any

from despin.read.page_title import text_of

Tree = Any
"""An ``lxml.html.HtmlElement``: lxml comes with trafilatura and says nothing of its types."""

_RAISED = str.maketrans("0123456789+-−=()n/", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ⁄")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SIGNS = {"TM": "™", "SM": "℠", "R": "®"}

_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[*†‡§¶]+")
_BRACKETED = re.compile(r"\[[^\[\]]{1,40}\]|\(\d{1,3}\)")
_OF_NOTES = re.compile(r"foot|note|ref|cite", re.IGNORECASE)
_AFTER_WORD = re.compile(
    r"(?:[^\W\d_]{3,}|[^\W\d_][)”\"’']*[.,;:!?…])[)”\"’']*$|[^\W\d_][)”\"’']*[.!?…][”\"’']*\s$"
)
_MEASURES = re.compile(
    r"(?:(?:kilo|centi|milli)?met(?:re|er)s?|miles?|feet|foot|inch(?:es)?|yards?|sin|cos|tan|log)$",
    re.IGNORECASE,
)
"""Words that take a power: ``40 metres<sup>2</sup>``."""
_POWER = re.compile(
    r"(?:\bper [a-z]+|/ ?[a-z]+|\bby (?:the |its |your )?(?:side|width|length|distance|speed)"
    r"|\b(?:radius|diameter|height|velocity))$",
    re.IGNORECASE,
)
"""What makes a raised 2 or 3 one: ``metres per second<sup>2</sup>``, ``the radius<sup>2</sup>``."""
_LOOK_BACK = 80
"""Characters before a mark that tell what it is."""


def settle_marks(tree: Tree) -> int:
    """Leave no ``<sup>`` or ``<sub>``; how many of them were reference marks."""
    references = 0
    for element in list(tree.iter("sup", "sub")):
        if element.getparent() is None:
            continue
        if element.tag == "sup" and _is_reference(element):
            _drop(element)
            references += 1
        else:
            _plain(element)
    return references


def _drop(mark: Tree) -> None:
    """Take the mark out, with the link that holds nothing else."""
    parent = mark.getparent()
    mark.drop_tree()
    if parent.tag == "a" and parent.getparent() is not None and not text_of(parent):
        parent.drop_tree()


def _is_reference(element: Tree) -> bool:
    """Whether it points at a note: ``[1]``, a link within the page, or a number behind a word."""
    mark = text_of(element)
    if _BRACKETED.fullmatch(mark):
        return True
    if not _NUMBERS.fullmatch(mark):
        return False
    parent = element.getparent()
    links = [*element.iter("a"), *([parent] if parent.tag == "a" else [])]
    if any(link.get("href", "").startswith("#") for link in links):
        return True
    if _OF_NOTES.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return True
    before = _text_before(element)[-_LOOK_BACK:]
    if (element.tail or "")[:1].isalpha() or (element.tail or "")[:1] in ("/", "⁄"):
        return False  # an isotope, a fraction
    power = _MEASURES.search(before) or (mark in {"2", "3"} and _POWER.search(before))
    return _AFTER_WORD.search(before) is not None and not power


def _text_before(element: Tree) -> str:
    """The text that ends where the element begins, as far as its neighbour holds it."""
    previous = element.getprevious()
    if previous is None:
        return str(element.getparent().text or "")
    return str(previous.tail or previous.text_content())


def _plain(element: Tree) -> None:
    """Characters of Unicode where there are some, the bare letters elsewhere."""
    text = element.text_content()
    table = _RAISED if element.tag == "sup" else _LOWERED
    changed = text.strip().translate(table)
    if changed and all(ord(c) in table.values() or ord(c) > 127 for c in changed):
        text = changed
    elif element.tag == "sup":
        text = _SIGNS.get(text.strip(), text)
    for child in list(element):
        element.remove(child)
    element.text = text
    element.drop_tag()
