"""Words that a user allows: no rule that chooses words touches them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from despin.edit import Edit
from despin.finding import Finding
from despin.rules import CHOOSES_WORDS
from despin.span import Span
from despin.text.span_index import touching
from despin.text.tokens import normal_phrase


def allowed_spans(text: str, allow: Collection[str]) -> tuple[Span, ...]:
    """Where the allowed words stand, in order; of a possessive its noun.

    Args:
        text: the document's.
        allow: words, or several with spaces between them; case and the form of an apostrophe do
            not count.
    """
    words = {normal_phrase(entry) for entry in allow} - {""}
    if not words:
        return ()
    ways = "|".join(
        re.escape(entry).replace(r"\ ", r"\s+") for entry in sorted(words, key=len)[::-1]
    )
    straight = text.replace("’", "'")
    found = re.finditer(rf"(?<!\w)(?:{ways})(?!\w)", straight, re.IGNORECASE)
    return tuple(Span(*match.span()) for match in found)


def changes(edit: Edit, spans: Iterable[Span]) -> bool:
    """Whether an edit changes what stands at one of ``spans``, or lengthens a word there."""
    small = edit.trimmed()
    return any(
        small.span.overlaps(span)
        or (small.span.start == span.end and small.after[:1].isalnum())
        or (small.span.end == span.start and small.after[-1:].isalnum())
        for span in spans
    )


def spared(text: str, findings: Iterable[Finding], allow: Collection[str]) -> Iterator[Finding]:
    """The findings without what would change allowed words.

    A rule that repairs characters or takes blocks of a site away does not choose words: it passes
    over what is allowed as a whole, no more.
    """
    spans = allowed_spans(text, allow)
    if not spans:
        yield from findings
        return
    whole = {normal_phrase(entry) for entry in allow}
    for finding in findings:
        if normal_phrase(finding.span.of(text)) in whole:
            continue
        if finding.rule not in CHOOSES_WORDS or not finding.candidates:
            yield finding
            continue
        near = _near(spans, finding)
        kept = tuple(c for c in finding.candidates if not changes(c.edit, near))
        if kept:
            yield (
                finding
                if len(kept) == len(finding.candidates)
                else replace(finding, candidates=kept)
            )


def _near(spans: Sequence[Span], finding: Finding) -> Sequence[Span]:
    """Those of the spans that the finding's edits touch or border on."""
    edits = [candidate.edit.span for candidate in finding.candidates]
    low, high = min(edit.start for edit in edits), max(edit.end for edit in edits)
    return touching(spans, Span(max(0, low - 1), high + 1))
