"""reStructuredText: directives whose body is no prose, and what others refer to by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from despin.span import Span

_DIRECTIVE = re.compile(
    r"^([ \t]*)\.\.[ \t]+(?:code(?:-block)?|sourcecode|math|raw|parsed-literal|doctest|testcode"
    r"|highlight|literalinclude|include|image|toctree)::[^\n]*",
    re.MULTILINE,
)
_EXPLICIT = re.compile(
    r"^[ \t]*\.\.[ \t]+(?:_(?:`[^`\n]+`|[^:\n`]+):(?:[ \t][^\n]*)?$"  # .. _harbour: https://…
    r"|\|[^|\n]+\|[ \t]+[\w-]+::[^\n]*)",  # .. |ferry| image:: ferry.png
    re.MULTILINE,
)


def directives(text: str) -> Iterator[Span]:
    """The places of directives with their bodies, and of targets and substitutions."""
    if "\n.. " not in f"\n{text}" and " .. " not in text:
        return
    for match in _DIRECTIVE.finditer(text):
        yield Span(match.end(1), _body_end(text, match.end(), _width(match[1])))
    yield from (Span(*match.span()) for match in _EXPLICIT.finditer(text))


def _body_end(text: str, at: int, margin: int) -> int:
    """The end of the last line from ``at`` on that stands further in than the directive."""
    end = at
    while (start := text.find("\n", at) + 1) > 0:
        at = text.find("\n", start)
        at = len(text) if at < 0 else at
        line = text[start:at]
        if not line.strip():
            continue
        if _width(line[: len(line) - len(line.lstrip())]) <= margin:
            return end
        end = at
    return end


def _width(indent: str) -> int:
    return len(indent.expandtabs(8))
