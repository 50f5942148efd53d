"""Joined letters of print, as PDF files give them out: ``the ﬁrst oﬃce``.

They hide a word from every lexicon, as invisible characters do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import replacing, scrape_finding
from despin.span import Span

_LIGATURE = re.compile("(?<=[^\\W\\d_])[\ufb00-\ufb06]|[\ufb00-\ufb06](?=[^\\W\\d_])")
_ABOUT_PRINT = re.compile(r"\b(?:ligatures?|typograph\w*|Unicode)\b", re.IGNORECASE)


class LigatureProposer:
    """Writes the letters one by one."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Mojibake."""
        return frozenset({Rule.MOJIBAKE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each ligature beside a letter, a question in a text about such things."""
        text = document.text
        found = list(_LIGATURE.finditer(text))
        sure = bool(found) and _ABOUT_PRINT.search(text) is None
        for match in found:
            letters = unicodedata.normalize("NFKC", match.group())
            edit = replacing(text, Span(*match.span()), letters)
            message = f"“{match.group()}” is one character for “{letters}”."
            yield scrape_finding(Rule.MOJIBAKE, edit, message, sure=sure)
