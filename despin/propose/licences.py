"""Copyright lines that open the text of a licence, and so belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from despin.propose.boilerplate_patterns import unframed

_MOST_LINES = 20
"""Lines that may name holders of the rights, one below the other."""
_COPYRIGHT = re.compile(r"(?:portions )?copyright\b|©|\(c\)|all rights reserved|$", re.IGNORECASE)
_GRANT = re.compile(
    r"permission (?:is hereby granted|to use, copy)|redistributions? (?:and|of source|in binary)"
    r"|use of this (?:source|software)|everyone is permitted to copy|spdx-license-identifier"
    r"|(?:licen[cs]ed|released|distributed|available) under (?:the|an?) (?!creative commons)"
    r"|you may (?:not )?(?:use|copy) this (?:file|software)|see (?:the )?(?:file )?licen[cs]e"
    r"|th(?:is|e) (?:program|software|library|file|package|code|product) (?:includes software"
    r"|is (?:free|licen[cs]ed|distributed|provided|released|part of|subject to))",
    re.IGNORECASE,
)


def opens_licence(lines: Sequence[str], number: int) -> bool:
    """Whether a copyright line, or one of several in a row, has what a licence grants under it."""
    texts = map(unframed, lines[number : number + _MOST_LINES])
    if not _COPYRIGHT.match(next(texts)):
        return False
    under = next((text for text in texts if not _COPYRIGHT.match(text)), "")
    return _GRANT.match(under) is not None
