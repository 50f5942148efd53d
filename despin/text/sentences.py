"""Sentences: Punkt (Kiss and Strunk 2006) inside paragraphs, and a few rules for what it misses.

The parameters were trained by `despin.training.punkt` and lie in ``data/punkt.json``; nothing is
downloaded. nltk is imported when the first sentence is asked for, since that import costs 0.4 s.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from despin.once import once
from despin.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data" / "punkt.json"

CLOSING = "\"')\\]}’”»"
"""What may follow the last mark of a sentence and still belongs to it."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_LIST_ITEM = re.compile(r"\s*(?:[-–—*•·‣▪#>]+|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_ITEM_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z])[.)]$")
_LOWER_START = re.compile(r"[\s\"'(\[“‘«]*[a-z]+(?![A-Za-z])")
_NUMBERED = re.compile(r"(?:^|\W)(?:No|Nos|Art|Fig|Vol|Sec|Ch|Pt)\.$")
_INITIAL = re.compile(r"(?:^|\W)[A-Z]\.$")
_LONGEST_MARK = 12
"""Code points that hold what `_NUMBERED` and `_INITIAL` look for, and more; a paragraph that never
ends would be read to its beginning each time."""
_INITIAL_START = re.compile(r"\s*[A-Z]\.")
_DIGIT_START = re.compile(r"\s*[#(]?\d")

_WRAP_WIDTHS = range(40, 101)
"""Longest line, in characters, of text that may be wrapped by hand."""


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text``, in order, without the white space around them.

    Every character that is not white space lies in exactly one sentence. A blank line ends a
    sentence, and so does a line break, unless the line was plainly wrapped by hand.
    """
    return tuple(span for paragraph in paragraphs(text) for span in _within(text, paragraph))


def paragraphs(text: str) -> tuple[Span, ...]:
    """Runs of lines that belong together: paragraphs, headings and list items."""
    found: list[Span] = []
    for block in _blocks(text):
        width = max(map(len, block))
        start = block[0].start
        for line, following in zip(block, [*block[1:], None], strict=True):
            if following is None or not _is_wrapped(text, line, following, width):
                found.append(Span(start, line.end))
                start = following.start if following else line.end
    return tuple(found)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines, stripped, in groups that blank lines part."""
    block: list[Span] = []
    end = 0
    for match in _LINE.finditer(text):
        line = _stripped(text, Span(*match.span()))
        if line is None:
            continue
        if block and text.count("\n", end, line.start) > 1:
            yield block
            block = []
        block.append(line)
        end = line.end
    if block:
        yield block


def _is_wrapped(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the break after ``line`` is only there to keep lines short."""
    after = following.of(text)
    if _LIST_ITEM.match(after):
        return False
    if after[0].islower() and line.of(text)[-1] not in ".?!:;":
        return True
    # A line was full if the next word had not fitted any more.
    return width in _WRAP_WIDTHS and len(line) + 1 + len(after.split(maxsplit=1)[0]) > width


_AHEAD = 200
"""Code points that show whether a sentence goes on; not the whole rest of an endless line."""


def _within(text: str, paragraph: Span) -> Iterator[Span]:
    """Sentences of one paragraph."""
    whole = paragraph.of(text)
    start = 0
    for end in _ends(whole):
        before, after = whole[start:end], whole[end : end + _AHEAD]
        if after and _goes_on(before, after):
            continue
        if span := _stripped(text, Span(paragraph.start + start, paragraph.start + end)):
            yield span
        start = end


def _ends(paragraph: str) -> list[int]:
    """Where Punkt ends a sentence; the last is the paragraph's own end."""
    words = paragraph.rsplit(None, 1)
    if len(words) < 2 or not re.search(r"[.?!]", words[0]):
        return [len(paragraph)]
    ends = [end for _, end in _punkt().span_tokenize(paragraph)]
    return [*ends[:-1], len(paragraph)]


def _goes_on(before: str, after: str) -> bool:
    """Whether the sentence goes on after all: ``“Why?” she asked``, ``No. 5``, ``E. B.``.

    A small letter doesn't start a sentence, unless the text before it began with one as well.
    """
    if _ITEM_NUMBER.match(before):
        return True
    end = before[-_LONGEST_MARK:]
    if _INITIAL.search(end) and _INITIAL_START.match(after):
        return True
    if _NUMBERED.search(end) and _DIGIT_START.match(after):
        return True
    return bool(_LOWER_START.match(after)) and not _LOWER_START.match(before)


def _stripped(text: str, span: Span) -> Span | None:
    """``span`` without the white space at its ends; None if nothing is left."""
    inside = span.of(text)
    if not (core := inside.strip()):
        return None
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, start + len(core))


@once
def _punkt() -> Any:
    """Punkt with the shipped parameters."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    data = json.loads(DATA.read_text("utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(data["abbreviations"])
    parameters.collocations = {tuple(pair) for pair in data["collocations"]}
    parameters.sent_starters = set(data["starters"])
    for flags, words in data["orthography"].items():
        parameters.ortho_context.update(dict.fromkeys(words.split(), int(flags)))
    return PunktSentenceTokenizer(parameters, lang_vars=language())


def language() -> Any:
    """Punkt's idea of English punctuation, with curly quotation marks in every version of nltk."""
    from nltk.tokenize.punkt import PunktLanguageVars

    class English(PunktLanguageVars):  # type: ignore[misc]
        __slots__ = ()
        re_boundary_realignment = re.compile(rf"[{CLOSING}]+?(?:\s+|(?=--)|$)", re.MULTILINE)

        @property
        def _re_non_word_chars(self) -> str:
            return r"(?:[?!)\";}\]\*:@'({\[“”‘’«»])"

    return English()
