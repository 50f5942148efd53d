"""LaTeX in a text: commands with their arguments, and formulas between dollar signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.span import Span

_COMMAND = re.compile(r"\\[A-Za-z]{1,40}\*?(?:\[[^\[\]\n]{0,200}\])?(?:\{[^{}\n]{0,300}\})+")
_FORMULA = re.compile(
    r"\$\$[^$]{1,2000}\$\$|(?<![\w$\\])\$(?=[^\s\d$])[^$\n]{1,300}(?<![\s\\])\$(?![\w$])"
)
_SIGN = re.compile(r"[\\^_={}]")
"""What a formula holds, and what stands between two prices does not."""


def formulas(text: str) -> Iterator[Span]:
    """The places of commands and formulas; they may overlap."""
    if "\\" in text:
        yield from (Span(*match.span()) for match in _COMMAND.finditer(text))
    for match in _FORMULA.finditer(text):
        if _SIGN.search(match.group()):
            yield Span(*match.span())
