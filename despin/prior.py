"""How probable it is, before anything is read, that a word in question was swapped."""

from __future__ import annotations

from typing import NamedTuple


class Prior(NamedTuple):
    """Of the words in question of one document; see `despin.score.prior.document_prior`.

    Attributes:
        text: of its own words.
        quoted: of those that it quotes.
    """

    text: float
    quoted: float

    @staticmethod
    def same(prior: float) -> Prior:
        """One for all words."""
        return Prior(prior, prior)
