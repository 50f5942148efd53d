"""Subordinate clauses read as sentences of their own.

LanguageTool looks for a verb that does not agree with its subject mostly at the beginning of a
sentence ("No shops offers it"), where nothing before can be the true subject. After "because" or
"that" it is as certain, so the clause is sent once more with a capital. Only rules about that
beginning are believed there.
"""

from __future__ import annotations

import re

from despin.span import Span

MAX_CLAUSE = 300
"""Code points; what matters stands at its beginning, and a line may be one endless sentence."""

_DETERMINERS = (
    "the|no|these|those|most|many|some|all|several|few|both|its|their|his|her|our|my|your|two|three"
)
# Conjunctions that cannot be prepositions ("after the games is …") and join no subjects ("and").
_CLAUSE = re.compile(
    rf"\b(because|although|though|whereas|unless|whether|if|when|while|where|that)\s+"
    rf"(?=(?:{_DETERMINERS})\s+\w)",
    re.IGNORECASE,
)
# A singular subject may stand with a plural verb after these: "if the car were", "that he go".
_SUBJUNCTIVE = frozenset({"if", "unless", "whether", "that", "though"})

_PLURAL_SUBJECT = frozenset(
    {"AGREEMENT_SENT_START", "AGREEMENT_SENT_START_2", "SUBJECT_VERB_AGREEMENT_PLURAL"}
)
_SINGULAR_SUBJECT = frozenset({"SINGULAR_AGREEMENT_SENT_START"})


def clauses(sentence: str) -> list[tuple[Span, frozenset[str]]]:
    """Clauses of one sentence, and the rules that may speak about each."""
    found = []
    for match in _CLAUSE.finditer(sentence):
        span = Span(match.end(), min(len(sentence), match.end() + MAX_CLAUSE))
        singular = match[1].lower() not in _SUBJUNCTIVE
        found.append((span, _PLURAL_SUBJECT | _SINGULAR_SUBJECT if singular else _PLURAL_SUBJECT))
    return found


def as_sentence(clause: str) -> str:
    """``clause`` with a capital, the same length."""
    capital = clause[:1].upper()
    return capital + clause[1:] if len(capital) == 1 else clause
