"""Characters that nobody sees: soft hyphens and zero-width spaces, ``vil\u00adlage``.

They hide a word from every lexicon. In scripts that need joiners, and in emoji, they stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.known_words import is_known
from despin.propose.scrape import replacing, scrape_finding
from despin.span import Span

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")
_HIDING = re.compile(rf"[\w'’-]{{0,60}}(?:{_INVISIBLE.pattern}[\w'’-]{{0,60}})+")
_INSIDE = re.compile(rf"(?<=\w){_INVISIBLE.pattern}(?=\w)")
_MARKS = frozenset("“”‘’–—…\u00a0«»")


class InvisibleProposer:
    """Deletes them; inside a word only unasked where that makes a known one."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Mojibake."""
        return frozenset({Rule.MOJIBAKE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each word that holds such characters."""
        text = document.text
        leading = _INVISIBLE.match(text)
        start = leading.end() if leading else 0
        if not _INVISIBLE.search(text, start):
            return
        for match in _HIDING.finditer(text, start):
            if not _among_latin(text, match):
                continue
            word = match.group()
            after = _INVISIBLE.sub("", word)
            yield scrape_finding(
                Rule.MOJIBAKE,
                replacing(text, Span(*match.span()), after),
                "Characters stand here that nobody sees.",
                sure=not _INSIDE.search(word) or is_known(after),
            )


def _among_latin(text: str, match: re.Match[str]) -> bool:
    """Whether nothing beside the characters needs them."""
    for run in _INVISIBLE.finditer(text, *match.span()):
        beside = text[run.start() - 1] + text[run.end() : run.end() + 1]
        if not all(map(_plain, beside)):
            return False
    return True


def _plain(character: str) -> bool:
    return (
        character.isascii()
        or character in _MARKS
        or unicodedata.name(character, "").startswith("LATIN ")
    )
