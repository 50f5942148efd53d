"""What holds of every pattern proposer and every text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin import policy
from despin.document import Document
from despin.edit import apply
from despin.finding import Applicability, Finding
from despin.options import Options
from despin.propose import Proposer
from despin.propose.registry import pattern_proposers

PROPOSERS = pattern_proposers(Options())
NAMES = [type(proposer).__name__ for proposer in PROPOSERS]

WORDS = st.sampled_from(
    "the The a of and boat closed said harbour Nobody is in had Node.js 5 x A B it’s was".split()
)
DAMAGE = st.sampled_from(
    '” “ " ’ . , ! ? ; : .” ,” â€™ â€œ â€ Ã© Â ðŸ˜€ � &amp; &amp;amp; &#8217; &lt; & amp; ; { } | '
    ':" :“ '
    "{a|b} {of late} {big|big} … - ( ) « » \u00a0".split(" ")
)
GAPS = st.sampled_from([" ", " ", " ", "", "\n", "\n\n", "\r\n", "\r\n\r\n", "  ", "\t"])
LINES = st.sampled_from(
    ["\n\nRelated Article:\n", "\nShare this Article\n", "\n\nAdvertisement\n\n", "\nRead more\n"]
)
DAMAGED = st.lists(st.one_of(WORDS, GAPS, WORDS, GAPS, DAMAGE, LINES), max_size=60).map("".join)
TEXTS = st.one_of(st.text(max_size=200), DAMAGED)


def safe(text: str, proposer: Proposer) -> list[Finding]:
    found = policy.resolve(proposer.propose(Document("-", text)))
    return [f for f in found if f.applicability is Applicability.SAFE]


@pytest.mark.parametrize("proposer", PROPOSERS, ids=NAMES)
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_edits_fit_the_text(proposer: Proposer, text: str) -> None:
    for finding in proposer.propose(Document("-", text)):
        assert finding.rule in proposer.rules
        assert 0 <= finding.confidence <= 1
        assert finding.span.end <= len(text)
        for candidate in finding.candidates:
            assert apply(text, [candidate.edit]) != text


@pytest.mark.parametrize("proposer", PROPOSERS, ids=NAMES)
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_all_edits_that_are_kept_apply_together(proposer: Proposer, text: str) -> None:
    found = policy.resolve(proposer.propose(Document("-", text)))
    apply(text, [f.best.edit for f in found if f.best])


@pytest.mark.parametrize("proposer", PROPOSERS, ids=NAMES)
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_safe_edits_settle(proposer: Proposer, text: str) -> None:
    edits = [f.best.edit for f in safe(text, proposer) if f.best]
    assert safe(apply(text, edits), proposer) == []
