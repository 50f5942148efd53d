"""Single quotation marks that lost the space beside them: ``‘No,’he said``, ``he said‘No.’``.

The same marks are apostrophes, so the whole quotation has to be there, a mark of punctuation at its
end, and beside it a word that goes with quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.scrape import Lines, missing_space
from despin.propose.spacing import JOINERS, STARTERS
from despin.text.function_words import FUNCTION_WORDS

_VERBS = frozenset(
    "said says say asked asks added adds replied told cried shouted wrote answered whispered called"
    " admitted explained insisted joked laughed".split()
)
_LATER = JOINERS | STARTERS | _VERBS | {"it", "they", "nobody", "someone"}
"""Words that come next behind a quotation."""
_EARLIER = FUNCTION_WORDS | _VERBS
"""Words that lead to one."""

_CURLY = r"[^‘\n]{0,300}?[^\W\d_][,!?.…]’"
_STRAIGHT = r"(?:[^'\n]|(?<=\w)'(?=\w)){0,300}?[^\W\d_][,!?.…]'"
_BEHIND = re.compile(
    rf"(?<![^\s(“\"—–-])(?:‘(?=\w){_CURLY}|'(?=[A-Z]){_STRAIGHT})(?=([^\W\d_]+)[\s,.;])"
)
_BEFORE = re.compile(
    rf"(?<![^\W\d_])([^\W\d_]+)(?:,?(?=‘\w{_CURLY}(?!\w))"
    r"|(?=‘[^\W\d_]+ [^‘’\n]{1,200}’(?!\w)))"
)
_BEFORE_STRAIGHT = re.compile(rf"(?<![^\W\d_])([^\W\d_]+),?(?='[A-Z]{_STRAIGHT}(?!\w))")


class SingleMarkProposer:
    """Puts back the space outside a single quotation mark."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Missing spaces."""
        return frozenset({Rule.MISSING_SPACE})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each lost space outside code."""
        text = document.text
        lines = Lines(text)
        for pattern, words, where in (
            (_BEHIND, _LATER, "after"),
            (_BEFORE, _EARLIER, "before"),
            (_BEFORE_STRAIGHT, _VERBS, "before"),
        ):
            for match in pattern.finditer(text):
                if match.group(1) in words and not lines.code_at(match.start()):
                    message = f"A space is missing {where} the quotation mark."
                    yield missing_space(text, match.end(), message, sure=True)
