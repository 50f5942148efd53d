"""A user's rows as pairs of surface forms, ready to be put beside the built-in thesaurus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from despin.lexicon.inflection import TAGS, paradigm
from despin.lexicon.rows import LexiconRow


def surface_rows(rows: Iterable[LexiconRow]) -> Iterator[tuple[str, str, float]]:
    """Spun form, original form and natural-log odds, for every inflection of every row.

    Rows of kind noun, verb, adjective and adverb stand for all their forms; tense and number of the
    two sides agree.
    """
    for row in rows:
        weight = math.log(row.weight)
        pos = row.kind.pos
        spun, original = paradigm(row.spun, pos), paradigm(row.original, pos)
        for tag in TAGS[pos]:
            for one in spun.get(tag, ()):
                for other in original.get(tag, ()):
                    if one != other:
                        yield one, other, weight
