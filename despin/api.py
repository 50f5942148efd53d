"""The two functions for programs that have nothing to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from despin.once import once
from despin.pipeline import Despinner

if TYPE_CHECKING:
    from despin.document import Document
    from despin.review import Review


def check(text: Document | str) -> Review:
    """Everything found in ``text``, all decisions open; see `Despinner.check`.

    The first call loads lexicons and model, which stay for the calls that follow.
    """
    return _despinner().check(text)


def fix(text: Document | str) -> str:
    """The text with every safe edit made; `Despinner.fix` gives the review behind it."""
    return _despinner().fix(text).result()


@once
def _despinner() -> Despinner:
    """The one with default options."""
    return Despinner()
