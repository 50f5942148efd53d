"""What LanguageTool objects to, as findings with candidates; the edits are its suggestions.

LanguageTool sees the text with protected words masked. What touches a mask is dropped, what lies
in quotation marks is shown only, and no edit reaches into a name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.grammar.masking import masked, masks, with_neighbours
from despin.grammar.matches import ARTICLE, REPEATED, Match
from despin.grammar.reading import read
from despin.grammar.server import Checker
from despin.grammar.wordings import edit_for
from despin.options import Quotes
from despin.policy import SAFE_CONFIDENCE
from despin.propose.doubled_words import DoubledWordProposer
from despin.span import Span
from despin.text.span_index import touches

Rank = Callable[[Document, Span, Sequence[str]], Sequence[float]]
"""Log-odds (natural log) of each wording at a span against the words as written."""

CERTAIN = {
    ARTICLE: 0.95,
    REPEATED: 0.95,
    "AGREEMENT_SENT_START": 0.92,
    "AGREEMENT_SENT_START_2": 0.92,
    "SINGULAR_AGREEMENT_SENT_START": 0.9,
    "SUBJECT_VERB_AGREEMENT": 0.9,
    "SUBJECT_VERB_AGREEMENT_PLURAL": 0.9,
    "NON3PRS_VERB": 0.92,
    "PERS_PRONOUN_AGREEMENT": 0.92,
    "HE_VERB_AGR": 0.92,
    "EACH_EVERY_NNS": 0.9,
}
"""Rules that may edit unasked where they offer one wording, and how sure they are.

Estimates, as `CATEGORY_CONFIDENCE` is: in 400 kB of edited news LanguageTool has too few matches
of each to calibrate on.
"""

CATEGORY_CONFIDENCE = {"GRAMMAR": 0.7, "MISC": 0.6, "COLLOCATIONS": 0.6, "CONFUSED_WORDS": 0.4}
_ASKED_FOR = 0.6
"""Of the other categories; they are read where somebody asks for them, so they are shown."""
_BESIDE_NAME = 0.3
_CERTAIN = min(CERTAIN.values())

TENSE_KEPT = frozenset({"SUBJECT_VERB_AGREEMENT", "SUBJECT_VERB_AGREEMENT_PLURAL"})
"""Rules that suggest the verb in three tenses, the one as written first: only that is taken."""

_UNSTRESSED = re.compile(
    r"an\s+[\"'“‘]?h(?:abitual|ereditary|eroic|istori|orrific|otel|ysteric)", re.IGNORECASE
)
"""Words that begin with an unstressed syllable; many say "an" before them."""

MAX_CANDIDATES = 5
_WEIGHT = 0.5
_CLIP = 8.0
# The scores are not calibrated for this rule, so they count half, and none counts for all.


def findings(
    document: Document,
    spans: Sequence[Span] | None,
    checker: Checker,
    quotes: Quotes = Quotes.FLAG,
    rank: Rank | None = None,
) -> list[Finding]:
    """The findings of rule ``grammar``, in text order; they may overlap.

    Args:
        document: the text, with what is protected in it.
        spans: the sentences to read; ``None`` reads all.
        checker: the LanguageTool server.
        quotes: what happens to findings in quotation marks.
        rank: the language model's opinion of the candidates; ``None`` without a model.
    """
    text = masked(document)
    sentences = document.sentences if spans is None else sorted(set(spans))
    answers = read(checker, [sentence.of(text) for sentence in sentences])
    # The rule for doubled words knows those that are meant: "what he did did not help".
    slips = [slip.span for slip in DoubledWordProposer().propose(document)]
    found: list[Finding] = []
    for sentence, matches in zip(sentences, answers, strict=True):
        placed = (match.shifted(sentence.start) for match in matches)
        wrong = (match for match in placed if not _is_right(document.text, match, slips))
        found += _findings(document, wrong, quotes, rank)
    return found


def _findings(
    document: Document, matches: Iterator[Match], quotes: Quotes, rank: Rank | None
) -> Iterator[Finding]:
    for match in matches:
        edits = allowed_edits(document, match)
        in_quote = document.protected.in_quote(match.span)
        if not edits or (in_quote and quotes is Quotes.SKIP):
            continue
        wordings = _wordings(document, match.span, edits)
        scores = rank(document, match.span, wordings) if rank else None
        flagged = in_quote and quotes is Quotes.FLAG
        sure = _confidence(document, match)
        candidates = _candidates(match, edits, scores, sure)
        yield _finding(match, candidates, sure, in_quote=in_quote, flagged=flagged)


def _is_right(text: str, match: Match, slips: Sequence[Span]) -> bool:
    """Whether the words are good English all the same."""
    if match.rule_id == ARTICLE:
        return _UNSTRESSED.match(text, match.span.start) is not None
    return match.rule_id == REPEATED and not touches(slips, match.span)


def allowed_edits(document: Document, match: Match) -> list[Edit]:
    """The edits that ``match`` suggests and that leave protected words and names alone."""
    if touches(masks(document), with_neighbours(document.text, match.span)):
        return []
    protected = document.protected
    shown = match.replacements[: 1 if match.rule_id in TENSE_KEPT else MAX_CANDIDATES]
    edits = [edit_for(document.text, match.span, replacement) for replacement in shown]
    return [
        edit
        for edit in dict.fromkeys(edits)
        if edit.before != edit.after
        and not protected.is_hard(edit.span)
        and not protected.in_name(edit.span)
    ]


def _wordings(document: Document, span: Span, edits: Sequence[Edit]) -> list[str]:
    """What stands at ``span`` once each edit inside it is made."""
    head = [document.text[span.start : edit.span.start] for edit in edits]
    tail = [document.text[edit.span.end : span.end] for edit in edits]
    return [h + edit.after + t for h, edit, t in zip(head, edits, tail, strict=True)]


def _confidence(document: Document, match: Match) -> float:
    """How sure the rule is; a name ("Blue Anchors has") may be one thing in the plural."""
    of_form = match.rule_id in (ARTICLE, REPEATED)
    if not of_form and document.protected.in_name(with_neighbours(document.text, match.span)):
        return _BESIDE_NAME
    return CERTAIN.get(match.rule_id, CATEGORY_CONFIDENCE.get(match.category, _ASKED_FOR))


def _finding(
    match: Match,
    candidates: tuple[Candidate, ...],
    sure: float,
    *,
    in_quote: bool,
    flagged: bool,
) -> Finding:
    best = candidates[0]
    confidence = sure if best.score is None else _moved(sure, best.score)
    safe = sure >= _CERTAIN and len(candidates) == 1 and confidence >= SAFE_CONFIDENCE
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Finding(
        rule=Rule.GRAMMAR,
        span=match.span,
        message=match.message,
        confidence=confidence,
        applicability=Applicability.DISPLAY if flagged else applicability,
        in_quote=in_quote,
        candidates=candidates,
    )


def _candidates(
    match: Match, edits: Sequence[Edit], scores: Sequence[float] | None, sure: float
) -> tuple[Candidate, ...]:
    """Candidates in LanguageTool's order, or in the language model's where it was asked."""
    source = f"LanguageTool {match.rule_id}"
    if scores is None:
        # Its order is no ranking: the first of several gets the share of any.
        return tuple(Candidate(edit, source, None, sure / len(edits)) for edit in edits)
    clipped = [min(_CLIP, max(-_CLIP, score)) for score in scores]
    weights = [math.exp(_WEIGHT * score) for score in clipped]
    best = _moved(sure, max(scores))
    made = [
        Candidate(edit, source, score, best * weight / sum(weights))
        for edit, score, weight in zip(edits, scores, weights, strict=True)
    ]
    return tuple(sorted(made, key=lambda candidate: -(candidate.score or 0.0)))


def _moved(probability: float, score: float) -> float:
    """``probability`` moved by a log-odds score."""
    clipped = min(_CLIP, max(-_CLIP, score))
    odds = probability / (1 - probability) * math.exp(_WEIGHT * clipped)
    return odds / (1 + odds)
