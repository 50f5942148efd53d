"""Proposers: each looks at a document and says where something may be spun or damaged.

A *pattern proposer* is sure enough on its own and yields findings. What only a scorer can judge
is proposed as `despin.propose.slots.Slots`: arrays of places and candidate wordings.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from despin.document import Document
from despin.finding import Finding, Rule


class Proposer(Protocol):
    """Yields findings that need no scorer; they may overlap."""

    @property
    def rules(self) -> frozenset[Rule]:
        """The rules whose findings it can yield."""
        ...

    def propose(self, document: Document) -> Iterable[Finding]:
        """The findings of one document, in any order."""
        ...
