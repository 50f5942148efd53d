"""What no edit may reach, not even the removal of a whole block.

Code, directives, front matter, and what the author marked with ``despin:ignore``. Markdown follows
CommonMark 0.31 (4.4, 4.5, 6.1) as far as a text that may not be Markdown allows.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator

from despin.span import Span
from despin.text.directives import directives
from despin.text.span_index import merged, touches

_FENCE = re.compile(
    r"^[ \t>]*+((?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)(`{3,}+|~{3,}+)([^\n]*)$", re.MULTILINE
)
"""Behind the mark of a list item, too, where it can only open."""
_BACKTICKS = re.compile(r"`++")
_BLANK_LINE = re.compile(r"\n[ \t\r]*+(?=\n)")
_LIST_ITEM = re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)]))(\s+)")
_RAW_TAG = re.compile(r"<(pre|code|script|style|kbd|samp|textarea)(?:\s[^<>]*)?>", re.IGNORECASE)
_YAML_KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*[\w\"'][\w \"'-]{0,60}:(?:\s|$)")
_JSON_KEY = re.compile(r"\{\s*\"[^\"\n]{1,60}\"\s*:")
_LINE_END = re.compile(r"[ \t]*\r?\n")
_TOML_KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:\[|[\w\"'.-]{1,60}\s{0,20}=)")
_IGNORE = re.compile(
    r"despin:ignore(-start|-end)?(?:[ \t]*(?:-->|\*/))?(?=[ \t\r]*$)", re.MULTILINE
)
_MODULE = re.compile(
    r"^(?:import\s[^\n]*['\"][^'\"\n]+['\"];?[ \t\r]*$"
    r"|export\s(?:const|let|default|function)\b[^\n]*)",
    re.MULTILINE,
)
"""What Markdown with components (MDX) takes from elsewhere, and what it hands on."""
_MARK_ALONE = re.compile(r"[\s>]*(?:<!--|/\*|#|//|%)?\s*$")


def locked(text: str, *, markdown: bool) -> tuple[Span, ...]:
    """Code, front matter and ignored text, disjoint and in order.

    Args:
        text: the whole text.
        markdown: the document is Markdown for certain: indented code counts, and a fence that
            is never closed reaches to the end.
    """
    fences = merged([*_fences(text, markdown), *_front_matter(text)])
    spans = [*fences, *_code_spans(text, fences), *_raw_elements(text), *_ignored(text)]
    spans += directives(text)
    if markdown:
        spans += (Span(*match.span()) for match in _MODULE.finditer(text))
        spans += _indented(text)
    return merged(spans)


def _fences(text: str, markdown: bool) -> Iterator[Span]:
    start, fence = -1, ""
    for match in _FENCE.finditer(text):
        item, run, rest = match.groups()
        if start < 0:
            # In other texts a long row of tildes is an ornament.
            if "`" not in rest and (markdown or run[0] == "`" or len(run) == 3):
                start, fence = match.start(), run
        elif run.startswith(fence) and not item and not rest.strip():
            yield Span(start, match.end())
            start = -1
    if start >= 0 and markdown:
        yield Span(start, len(text))


def _code_spans(text: str, fences: tuple[Span, ...]) -> Iterator[Span]:
    """Text between two runs of backticks of one length, inside a paragraph."""
    blanks = [match.start() for match in _BLANK_LINE.finditer(text)] if "`" in text else []
    runs: list[tuple[Span, int]] = []
    places: dict[tuple[int, int], deque[int]] = defaultdict(deque)
    for match in _BACKTICKS.finditer(text):
        run = Span(*match.span())
        if not touches(fences, run):
            paragraph = bisect_right(blanks, run.start)
            places[paragraph, len(run)].append(len(runs))
            runs.append((run, paragraph))
    index = 0
    while index < len(runs):
        run, paragraph = runs[index]
        same = places[paragraph, len(run)]
        while same and same[0] <= index:
            same.popleft()
        if same and _encloses(text, run, runs[same[0]][0]):
            index = same[0]
            yield Span(run.start, runs[index][0].end)
        index += 1


def _encloses(text: str, opening: Span, closing: Span) -> bool:
    """Not so in ```like this' and `that'``, the quotation marks of typewriters."""
    if len(opening) == 2 and text.find("''", opening.end, closing.start) >= 0:
        return False
    return text[opening.end].isspace() or not text[closing.start - 1].isspace()


def _raw_elements(text: str) -> Iterator[Span]:
    """HTML elements whose content is code, tags included."""
    at = 0
    unclosed: set[str] = set()
    while match := _RAW_TAG.search(text, at):
        at = match.end()
        tag = match[1].lower()
        if tag in unclosed:
            continue
        closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, at)
        if closing is None:
            unclosed.add(tag)
        else:
            at = closing.end()
            yield Span(match.start(), at)


def _front_matter(text: str) -> Iterator[Span]:
    """YAML between ``---``, TOML between ``+++``, or a JSON object, at the very start."""
    match = re.match(r"(---|\+\+\+)[ \t]*\r?\n", text)
    if match is None:
        yield from _json_front_matter(text)
        return
    key = _YAML_KEY if match[1] == "---" else _TOML_KEY
    ends = r"^(?:---|\.\.\.)[ \t\r]*$" if match[1] == "---" else r"^\+\+\+[ \t\r]*$"
    end = re.compile(ends, re.MULTILINE).search(text, match.end())
    if end and key.match(text, match.end()):
        yield Span(0, end.end())


def _json_front_matter(text: str) -> Iterator[Span]:
    if not _JSON_KEY.match(text):
        return
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):  # a spinner's braces, say
        return
    if not text[end:].strip() or _LINE_END.match(text, end):
        yield Span(0, end)


def _ignored(text: str) -> Iterator[Span]:
    """What the author marked.

    A line that ends in ``despin:ignore``; the paragraph behind a line that holds nothing else; and
    everything from ``despin:ignore-start`` to ``despin:ignore-end`` or the text's end.
    """
    start, end = -1, 0
    for match in _IGNORE.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if match[1] == "-start":
            start = line if start < 0 else start
        elif match[1] == "-end":
            if start >= 0:
                yield Span(start, match.end())
            start = -1
        elif line < end:
            continue  # the paragraph it stands in is ignored already
        elif _MARK_ALONE.fullmatch(text, line, match.start()):
            end = _paragraph_end(text, match.end())
            yield Span(line, end)
        else:
            yield Span(line, match.end())
    if start >= 0:
        yield Span(start, len(text))


def _paragraph_end(text: str, at: int) -> int:
    """The end of the first paragraph behind ``at``."""
    content = re.compile(r"\S").search(text, at)
    if content is None:
        return len(text)
    blank = _BLANK_LINE.search(text, content.start())
    return blank.start() if blank else len(text)


def _indented(text: str) -> Iterator[Span]:
    """Lines behind a blank line that stand four columns further in than text would."""
    at = column = 0
    before_code = True
    for line in text.split("\n"):
        bare = line.strip()
        wide = line[: len(line) - len(line.lstrip())].expandtabs(4)
        if bare and before_code and len(wide) >= column + 4:
            yield Span(at, at + len(line))
        elif bare:
            # In a list text begins where its last item's does, and nothing else ends it but a line
            # at the margin.
            column = _item_column(line) or (column if wide else 0)
            before_code = False
        else:
            before_code = True
        at += len(line) + 1


def _item_column(line: str) -> int:
    """Where the text of a list item begins; 0 for other lines."""
    item = _LIST_ITEM.match(line)
    if item is None:
        return 0
    mark = len(item[1].expandtabs(4))
    column = len(f"{item[1]}{item[2]}".expandtabs(4))
    return column if column <= mark + 4 else mark + 1
