"""Quotations: text in quotation marks, the marks included, outermost only.

Conservative where the marks are damaged, for quoted words are someone's own: an opening curly mark
that nobody closes reaches to its paragraph's end; a straight one that nobody closes is ignored,
since it may be anything. The time is linear in the text, whatever the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from despin.span import Span
from despin.text.double_quotes import double_quotes
from despin.text.sentences import paragraphs
from despin.text.single_quotes import single_quotes


def quotes(text: str) -> tuple[Span, ...]:
    """The quotations of ``text``, disjoint and in order.

    A quotation of several paragraphs, each of which begins with the opening mark, is one span.
    """
    parts = paragraphs(text)
    double = _outermost(double_quotes(text, parts))
    single = single_quotes(text, parts, double)
    return tuple(Span(start, end) for start, end in _outermost([*double, *single]))


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What no other holds; what crosses another is united with it."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
