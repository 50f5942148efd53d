"""despin gives a scraped, synonym-spun article its words back.

`check` and `fix` are the quick way; a `Despinner` with `Options` of your own is the long one. All
of them are loaded when first asked for: importing despin imports nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from despin.api import check, fix
    from despin.options import Options
    from despin.pipeline import Despinner
    from despin.review import Review

__version__ = "0.1.0"

__all__ = ["Despinner", "Options", "Review", "__version__", "check", "fix"]

_HOMES = {
    "Despinner": "despin.pipeline",
    "Options": "despin.options",
    "Review": "despin.review",
    "check": "despin.api",
    "fix": "despin.api",
}


def __getattr__(name: str) -> object:
    """A public name, imported from its home when first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
