"""Softening: law 7. Hard-protected text is never edited, soft-protected text never unasked.

Two exceptions. Repairs of damaged characters reach into quotations and names, since nobody wrote
the damage. The removal of a scrape block takes what lies wholly inside it, addresses and names
included; but never code, front matter, or what the author told despin to ignore.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from despin.document import Document
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.options import Quotes
from despin.span import Span
from despin.text.protection import Protected

REPAIRS = frozenset({Rule.MOJIBAKE, Rule.FUSED_QUOTE, Rule.ENTITY})
"""Rules whose edits restore characters, not words."""


def soften(document: Document, findings: Iterable[Finding], quotes: Quotes) -> Iterator[Finding]:
    """The findings with what protection forbids taken out or left to a person.

    Args:
        document: the text the findings are about.
        findings: in any order; the order is kept.
        quotes: what happens to findings in quotation marks.
    """
    protected = document.protected
    for finding in findings:
        allowed = _without_hard(protected, finding)
        if allowed is not None:
            softened = _softened(protected, allowed, quotes)
            if softened is not None:
                yield softened


def _without_hard(protected: Protected, finding: Finding) -> Finding | None:
    """The finding without candidates that edit hard text; ``None`` if it is about such text."""
    kept = tuple(c for c in finding.candidates if not _edits_hard(protected, finding.rule, c))
    if not kept and protected.is_hard(finding.span):
        return None
    return finding if len(kept) == len(finding.candidates) else replace(finding, candidates=kept)


def _edits_hard(protected: Protected, rule: Rule, candidate: Candidate) -> bool:
    edit = candidate.edit.trimmed()
    if _removes_block(rule, candidate):
        return protected.is_locked(edit.span) or protected.cuts_hard(edit.span)
    return protected.is_hard(edit.span)


def _removes_block(rule: Rule, candidate: Candidate) -> bool:
    return rule is Rule.BOILERPLATE and not candidate.edit.after.strip()


def _softened(protected: Protected, finding: Finding, quotes: Quotes) -> Finding | None:
    """The finding as far as quotations and names let it go; ``None`` when it is to be skipped."""
    if finding.rule in REPAIRS:
        return finding
    if finding.candidates and all(_removes_block(finding.rule, c) for c in finding.candidates):
        return finding
    reached = _reached(finding)
    in_quote = any(map(protected.in_quote, reached))
    if in_quote and quotes is Quotes.SKIP:
        return None
    asks = (in_quote and quotes is Quotes.FLAG) or any(map(protected.in_name, reached))
    applicability = Applicability.DISPLAY if asks else finding.applicability
    if in_quote == finding.in_quote and applicability is finding.applicability:
        return finding
    return replace(finding, in_quote=in_quote, applicability=applicability)


def _reached(finding: Finding) -> list[Span]:
    """The places that the candidates change, each as small as can be; the span if none does.

    A space put in before a name doesn't touch the name, whatever the finding shows.
    """
    return [c.edit.trimmed().span for c in finding.candidates] or [finding.span]
