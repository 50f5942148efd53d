"""Notes on the author, which a site puts below the article.

Only the last paragraphs, and only where nothing else speaks of that person: a portrait, an obituary
and a report name their people in the text, and a list of people has more such paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from despin.propose.author_patterns import NAME, authors, may_hold_note
from despin.span import Span
from despin.text.sentences import paragraphs

_MOST_NOTES = 3
_FEWEST_WORDS = 40
"""Words that an article has at least."""
_HEADING = re.compile(r"\W*about the (?:author|writer|reporter)s?\W*", re.IGNORECASE)
_ON_A_PERSON = re.compile(rf"\W*{NAME}(?:,.{{1,80}},)?\s(?:is|was)\s(?:an?|the|one)\s")
_BYLINE = re.compile(
    r"\W*(?i:(?:(?:story|text|words|written|reported|posted|published|opinion) )?by|author):?"
    rf"\s{NAME}(?:.{{0,80}}[^.!?])?"
)
_NAME_PART = re.compile(r"[^\W\d_][\w'’-]{2,}")


def author_notes(text: str, site: Collection[int]) -> Sequence[Span]:
    """The paragraphs at the end of an article that say who wrote it, and a heading above them.

    Args:
        text: the whole text.
        site: where lines begin that are known to be the site's.
    """
    if not may_hold_note(text):
        return ()
    article = [span for span in paragraphs(text) if span.start not in site]
    notes: list[Span] = []
    names: list[str] = []
    while article and (found := authors(article[-1].of(text))):
        notes.append(article.pop())
        names += found
    if not 0 < len(notes) <= _MOST_NOTES:
        return ()
    if article and _HEADING.fullmatch(article[-1].of(text)):
        notes.append(article.pop())
    above = [span.of(text) for span in article]
    return () if _is_of_people(above) or _speaks_of(names, above) else notes


def _is_of_people(above: Sequence[str]) -> bool:
    """Whether hardly an article stands above, or more paragraphs that say who somebody is."""
    if sum(len(paragraph.split()) for paragraph in above) < _FEWEST_WORDS:
        return True
    return any(map(authors, above)) or any(map(_ON_A_PERSON.match, above[-3:]))


def _speaks_of(names: Collection[str], above: Sequence[str]) -> bool:
    """Whether a part of the names stands above, other than below the title as the author's."""
    parts = {part for name in names for part in _NAME_PART.findall(name)}
    told = "\n".join(
        paragraph
        for number, paragraph in enumerate(above)
        if not (number and paragraph in names) and not _BYLINE.fullmatch(paragraph)
    )
    return not parts.isdisjoint(_NAME_PART.findall(told))
