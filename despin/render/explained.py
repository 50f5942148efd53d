"""What the renderers need to know of an explanation, whoever makes it."""

from __future__ import annotations

from typing import Protocol

from despin.finding import Candidate
from despin.span import Span


class Explained(Protocol):
    """One place that a scorer was asked about (the pipeline's ``Explanation``)."""

    @property
    def span(self) -> Span:
        """Where the words stand."""
        ...

    @property
    def words(self) -> str:
        """The words as written."""
        ...

    @property
    def spun(self) -> float:
        """Probability that they were substituted."""
        ...

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All wordings that were looked at, ranked."""
        ...
