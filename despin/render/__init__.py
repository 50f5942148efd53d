"""Renderers: each arranges a review that is already made as text; none prints.

Each output is one file of this package.
"""

from __future__ import annotations

from typing import Protocol

from despin.review import Review


class Renderer(Protocol):
    """Arranges one review; what comes back ends with a line break, or is empty."""

    def render(self, review: Review) -> str:
        """The review as text."""
        ...
