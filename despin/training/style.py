"""A spinner's style: drawn anew for every simulated document, for real spinners differ."""

from __future__ import annotations

import random
from dataclasses import dataclass

from despin.lexicon.sources import Source

ALL_SOURCES = 255

_RATES = (
    (0.0, 0.25),
    (0.02, 0.10),
    (0.04, 0.14),
    (0.07, 0.14),
    (0.10, 0.12),
    (0.15, 0.09),
    (0.25, 0.08),
    (0.40, 0.06),
    (0.60, 0.02),
)
"""Share of eligible words swapped, and how often that rate is drawn: mostly unspun and lightly
spun documents; measured on real pairs, 2-12 % of words differ in lightly spun passages, 16-44 % in
heavily spun ones."""

_SOURCE_SETS = (
    ALL_SOURCES,
    ALL_SOURCES,
    ALL_SOURCES,
    1 | 2 | 128,
    8 | 128,
    16 | 32 | 128,
    1 | 8,
    int(Source.CURATED),
    int(Source.CURATED),
)
"""Which sources of the lexicon a spinner knows; `despin.lexicon.sources.Source` bits. News spinners
have a dictionary like the rows written by hand, and nothing else."""


@dataclass(frozen=True)
class Style:
    """How one document is spun.

    Attributes:
        rate: share of eligible words swapped.
        sources: the sources whose pairs this spinner knows, as bits.
        weight: how much it follows the lexicon's weights.
        commonness: exponent of the synonym's frequency; 0 does not care, 0.8 likes common words.
        plausibility: exponent of the language model's probability of the synonym in its place.
        same: probability that a word swapped once is swapped the same way again.
        function_words: rate of function words relative to the others.
        several: rate of expressions of several words relative to single words.
        names: rate of capitalised words inside sentences relative to the others.
        spared: probability that the document's quotations are left alone.
        mends_article: the spinner puts "an" for "a" where its word asks for it.
        slips: rate of small slips of grammar per word (an added function word).
        mixes: function words are swapped for other words and the reverse whatever source says so;
            without it the curated pairs alone may ("in accordance with" for "by").
        strict: acronyms, and words that stand beside each other and never for each other ("months"
            for "minutes"), are not swapped.
    """

    rate: float
    sources: int = ALL_SOURCES
    weight: float = 1.0
    commonness: float = 0.3
    plausibility: float = 0.5
    same: float = 0.6
    function_words: float = 0.25
    several: float = 1.0
    names: float = 0.02
    spared: float = 0.5
    mends_article: bool = True
    slips: float = 0.0
    mixes: bool = True
    strict: bool = False


def drawn(rng: random.Random, rate: float | None = None) -> Style:
    """A random style; ``rate`` fixes the rate."""
    if rate is None:
        rate = rng.choices([r for r, _ in _RATES], [p for _, p in _RATES])[0]
    return Style(
        rate=rate,
        sources=rng.choice(_SOURCE_SETS),
        weight=rng.choice((0.5, 0.8, 1.0)),
        commonness=rng.choice((0.0, 0.2, 0.4, 0.6)),
        plausibility=rng.choice((0.6, 0.8, 1.0, 1.3)),
        same=rng.choice((0.0, 0.4, 0.8)),
        function_words=rng.choice((0.0, 0.1, 0.3, 0.6)),
        several=rng.choice((0.2, 0.4, 1.0)),  # a quarter of the swaps, as in real text
        names=rng.choice((0.0, 0.0, 0.05)),
        spared=rng.choice((0.2, 0.8)),
        mends_article=rng.random() < 0.6,
        slips=rng.choice((0.0, 0.0, 0.003)),
        mixes=rng.random() < 0.1,
        strict=True,
    )
