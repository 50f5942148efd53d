"""Where the packaged lexicons lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

COMPILED = "compiled"
"""Name of the folder of a language's lexicons that holds the compiled one."""


@cache
def packaged(language: str = "en") -> Path:
    """The folder of the lexicons that come with the project.

    A wheel holds them inside the package, a checkout beside it.

    Raises:
        FileNotFoundError: neither place has the language.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "lexicons" / language, package.parent / "lexicons" / language):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no lexicons for {language!r} beside {package}")
