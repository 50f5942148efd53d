"""What was seen, what could replace it, and whether that may be done unasked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from despin.edit import Edit
from despin.span import Span


class Applicability(Enum):
    """How far an edit may go without a person; ordered by `rank`."""

    DISPLAY = "display"
    """Shown; applied only when a person accepts this very finding."""
    UNSAFE = "unsafe"
    """Applied when a person or ``--unsafe-fixes`` says so."""
    SAFE = "safe"
    """Applied by ``despin fix`` without asking."""

    @property
    def rank(self) -> int:
        """0 for display, 1 for unsafe, 2 for safe."""
        return list(Applicability).index(self)


class Rule(StrEnum):
    """The name of what a finding found; `despin.rules` describes each with an example."""

    SYNONYM = "synonym"
    FUNCTION_WORD = "function-word"
    PHRASE = "phrase"
    LEXICON = "lexicon"
    FUSED_QUOTE = "fused-quote"
    MISSING_SPACE = "missing-space"
    BOILERPLATE = "boilerplate"
    DOUBLED_WORD = "doubled-word"
    ENTITY = "entity"
    SPACE_BEFORE_PUNCTUATION = "space-before-punctuation"
    TORN_WORD = "torn-word"
    ATTRIBUTION = "attribution"
    MOJIBAKE = "mojibake"
    SPINTAX = "spintax"
    GRAMMAR = "grammar"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One wording that may have stood there.

    Attributes:
        edit: the whole change, a/an and case included; its span may be wider than the finding's.
        source: where the wording comes from, for people ("WordNet", "tortured phrases").
        score: log-odds against the text as written (natural log); ``None`` when not scored.
        confidence: calibrated probability that exactly this stood there.
    """

    edit: Edit
    source: str
    score: float | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A place whose words are probably spun or damaged.

    Attributes:
        rule: what kind of place.
        span: the words in question, code points of the document's text.
        message: one sentence for people.
        confidence: calibrated probability that the words are spun or damaged.
        applicability: how far the first candidate may go unasked.
        in_quote: the span lies in quoted words.
        candidates: ranked, the most likely first; may be empty.
    """

    rule: Rule
    span: Span
    message: str
    confidence: float
    applicability: Applicability
    in_quote: bool = False
    candidates: tuple[Candidate, ...] = ()

    def shifted(self, by: int) -> Finding:
        """The same finding ``by`` code points further on."""
        candidates = tuple(replace(c, edit=c.edit.shifted(by)) for c in self.candidates)
        return replace(self, span=self.span.shifted(by), candidates=candidates)

    @property
    def best(self) -> Candidate | None:
        """The most likely wording, if there is any."""
        return self.candidates[0] if self.candidates else None
