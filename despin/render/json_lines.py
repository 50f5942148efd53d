"""Reviews for programs: one line of JSON each, schema ``despin.review/1``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from despin.render.explained import Explained
from despin.review import Review
from despin.rules import RuleDescription


@dataclass(frozen=True, slots=True)
class JsonLines:
    """JSON lines; without the text they are small, and can be read but not worked on."""

    with_text: bool = True

    def render(self, review: Review) -> str:
        """One line."""
        return review.to_json(with_text=self.with_text) + "\n"


def rules(descriptions: Iterable[RuleDescription]) -> str:
    """One line with an array of the rules."""
    return _line([asdict(description) for description in descriptions])


def explanations(items: Iterable[Explained]) -> str:
    """One line with an array of the places that were questioned, candidates ranked."""
    return _line(
        [
            {
                "span": [item.span.start, item.span.end],
                "words": item.words,
                "spun": item.spun,
                "candidates": [
                    {
                        "after": candidate.edit.after,
                        "source": candidate.source,
                        "score": candidate.score,
                        "confidence": candidate.confidence,
                    }
                    for candidate in item.candidates
                ],
            }
            for item in items
        ]
    )


def _line(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False) + "\n"
