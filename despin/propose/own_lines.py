"""Lines that look like the site's where the text itself says that they are its own.

“Illustrations by Jane Doe” belongs to a review of her book, “Terms and Conditions” to a contract.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from despin.propose.boilerplate_patterns import unframed

_PICTURES = re.compile(
    r"(?:illustration|photograph|picture|drawing)s by:? (?P<names>.+)", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][\w'’-]{2,}(?=\s*(?:$|[/,|&)]|and\b))")
"""The last word of each name."""
_BOOK = re.compile(
    r"\b(?:illustrat(?:ed|ions?|ors?)|picture[ -]books?|drawings|hardcover|hardback|paperback|ISBN"
    r"|\d{2,4} (?:pages|pp))\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"(?:privacy policy|terms (?:of (?:use|service)|(?:and|&) conditions))", re.IGNORECASE
)
_CONTRACT = re.compile(
    r"\bth(?:is|e present) (?:agreement|contract|policy|lease|licen[cs]e)\b|\bhere(?:by|inafter)\b",
    re.IGNORECASE,
)


def own_lines(lines: Sequence[str], site: Collection[int]) -> Iterator[int]:
    """The numbers of those lines of the site that may be the text's.

    Args:
        lines: all lines of the text that are not blank.
        site: the numbers of those that look like the site's.
    """
    bare = {number: unframed(lines[number]).rstrip(".") for number in site}
    pictures = {n: match["names"] for n in site if (match := _PICTURES.match(bare[n].lstrip("(")))}
    terms = {n: bare[n] for n in site if _TERMS.fullmatch(bare[n])}
    if not pictures and not terms:
        return
    text = "\n".join(line for number, line in enumerate(lines) if number not in site)
    book, contract = _BOOK.search(text) is not None, _CONTRACT.search(text) is not None
    words = set(re.findall(r"[^\W\d_][\w-]*", text)) if pictures else set()
    yield from (n for n, names in pictures.items() if book or words & {*_NAME.findall(names)})
    for number, heading in terms.items():
        if contract or _speaks_of(heading, text):
            yield from _to_block_end(number, site)


def _speaks_of(heading: str, text: str) -> bool:
    return heading.lower().replace("&", "and") in text.lower().replace("&", "and")


def _to_block_end(number: int, site: Collection[int]) -> Iterator[int]:
    """The line and those of the site right under it: a contract's own copyright."""
    while number in site:
        yield number
        number += 1
