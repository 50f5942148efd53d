"""Reviews for programs: one line of JSON each, schema ``despin.review/1``."""

from __future__ import annotations

from dataclasses import dataclass

from despin.review import Review


@dataclass(frozen=True, slots=True)
class JsonLines:
    """JSON lines; without the text they are small, and can be read but not worked on."""

    with_text: bool = True

    def render(self, review: Review) -> str:
        """One line."""
        return review.to_json(with_text=self.with_text) + "\n"
