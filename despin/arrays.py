"""numpy's array files, read by one thread at a time.

The head of such a file is a Python literal. CPython keeps the depth of the literal it parses for
the whole process, not for each thread: where another thread gets its turn in between, both may end
in a SystemError ("AST constructor recursion depth mismatch"). Scorers are loaded beside other work.
"""

from __future__ import annotations

from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

READING = RLock()
"""Held by whoever reads heads of array files."""


def stored(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """The array of an ``.npy`` file; ``mapped`` leaves it on disk, read-only.

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds no array.
    """
    with READING:
        array: NDArray[Any] = np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)
    return np.asarray(array)  # a mapped one's own class is slow to pick from
