"""Names of files as short as they can be and still be told apart."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def below_shared_folder(names: Sequence[str]) -> list[Path]:
    """The names below the deepest folder that holds them all."""
    # Without "..", which would lead out of a folder that takes results; links stay.
    paths = [Path(os.path.abspath(name)) for name in names]  # noqa: PTH100
    if not paths:
        return []
    root = Path(os.path.commonpath([path.parent for path in paths]))
    return [path.relative_to(root) for path in paths]
