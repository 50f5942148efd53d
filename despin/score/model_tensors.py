"""One file of raw tensors, written one after another and mapped into memory by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

_ALIGNMENT = 4096  # a memory page: an aligned tensor is mapped, an unaligned one is copied


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a tensor lies."""

    file: str
    """The file's name, without its folder."""
    offset: int
    length: int
    dims: tuple[int, ...]
    kind: str
    """numpy's name of the element type."""


def write_tensors(path: Path, tensors: Iterable[tuple[str, NDArray[Any]]]) -> dict[str, Stored]:
    """Writes the tensors as they come (only one is held in memory) and says where each lies."""
    places: dict[str, Stored] = {}
    with path.open("wb") as file:
        for name, tensor in tensors:
            offset = -(-file.tell() // _ALIGNMENT) * _ALIGNMENT
            file.seek(offset)
            raw = tensor.tobytes()
            file.write(raw)
            places[name] = Stored(path.name, offset, len(raw), tensor.shape, tensor.dtype.name)
    return places


def map_tensor(folder: Path, stored: Stored) -> NDArray[Any]:
    """The tensor, read from the file as it is used."""
    path, kind = folder / stored.file, np.dtype(stored.kind)
    return np.memmap(path, dtype=kind, mode="r", offset=stored.offset, shape=stored.dims)
