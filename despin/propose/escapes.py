r"""Escapes of programs that were never undone: ``it\'s``, ``\u201cwell\u201d``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.document import Document
from despin.finding import Finding, Rule
from despin.propose.code_lines import looks_like_code
from despin.propose.scrape import LOWER, Lines, replacing, scrape_finding
from despin.span import Span

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])\\['’](?=(?:s|t|re|ve|ll|d|m)\b)")
_CHARACTER = re.compile(rf"(?<!\\)\\u20(?:1[3489cdCD]|26)(?:(?<={LOWER}.{{6}})|(?=[^\W\d_]))")
_STRING = re.compile(r"(?:^|[\s(=,:\[])'|=\s*\"|\"\s*:\s*\"")
"""What begins a string of a program, in which the escape is right."""


class EscapeProposer:
    """Writes the character that the escape stands for."""

    @property
    def rules(self) -> frozenset[Rule]:
        """Entities."""
        return frozenset({Rule.ENTITY})

    def propose(self, document: Document) -> Iterator[Finding]:
        """One finding for each escape beside a letter, in lines that are otherwise prose."""
        text = document.text
        if "\\" not in text:
            return
        lines = Lines(text)
        for pattern in (_APOSTROPHE, _CHARACTER):
            for match in pattern.finditer(text):
                if lines.judged_around(_in_prose, match.start()):
                    yield _decoded(text, Span(*match.span()))


def _in_prose(line: str) -> bool:
    bare = _CHARACTER.sub("", _APOSTROPHE.sub("’", line))
    return not looks_like_code(bare) and not _STRING.search(bare)


def _decoded(text: str, span: Span) -> Finding:
    escape = span.of(text)
    after = chr(int(escape[2:], 16)) if escape[1] == "u" else escape[1]
    message = f"“{escape}” is an undecoded character."
    return scrape_finding(Rule.ENTITY, replacing(text, span, after), message, sure=True)
