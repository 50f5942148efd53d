"""An encoder shipped in four bits, and the eight in which it runs: made once, kept with the models.

What ships is a graph whose matrices stand in it twice over: as nothing, and as `packed` codes and
scales under names of their own. Widening them needs `onnx`, running what comes out does not.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from despin.drafts import drafts
from despin.score.encoder_files import GRAPH, TOKENIZER, VECTORS, save_vectors
from despin.score.model_files import CONVERTING, ModelError, models_folder, need
from despin.score.packed import widened

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKED_GRAPH, PACKED_VECTORS = "encoder-int4.onnx", "vectors-int4.npz"
CODES, STEPS = "/int4", "/int4-scales"
"""Endings of the names under which a matrix stands in a packed graph."""
_FORMAT = b"1"


def ready(folder: Path) -> Path:
    """The folder of an encoder that can run: its own, or what was made of a packed one.

    Raises:
        ModelError: it has to be widened, and cannot be.
    """
    if not (folder / PACKED_GRAPH).exists():
        return folder
    home = models_folder() / f"encoder-{_name(folder)}"
    if not (home / VECTORS).exists():  # the last of the files to appear
        _widen(folder, home)
    return home


def _name(folder: Path) -> str:
    """Of what is made of a packed encoder: another one when that changes."""
    found = hashlib.sha256(_FORMAT)
    for name in (PACKED_GRAPH, PACKED_VECTORS, TOKENIZER):
        path = folder / name
        found.update(f"{name} {path.stat().st_size} ".encode())
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:16]


def _widen(folder: Path, home: Path) -> None:
    need(CONVERTING)
    import onnx

    from despin.score.encoder_int8 import eight_bits

    model = onnx.load(folder / PACKED_GRAPH)
    widen_graph(model)
    eight_bits(model)
    with np.load(folder / PACKED_VECTORS) as given:
        table = np.ascontiguousarray(widened(given["codes"], given["scales"]).T)
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with drafts(home) as new:
            onnx.save(model, new / GRAPH)
            save_vectors(table, new)
            (new / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes())
    except OSError as error:
        raise ModelError(f"{home}: the encoder cannot be written ({error.strerror})") from error


def widen_graph(model: Any) -> None:
    """Turn the packed matrices of an ONNX model into plain ones, in place."""
    from onnx import numpy_helper

    graph = model.graph
    given = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    plain = [tensor for tensor in graph.initializer if not tensor.name.endswith((CODES, STEPS))]
    for name in _packed_names(given):
        matrix = widened(given[name + CODES], given[name + STEPS])
        plain.append(numpy_helper.from_array(matrix, name))
    del graph.initializer[:]
    graph.initializer.extend(plain)


def _packed_names(given: dict[str, NDArray[Any]]) -> Iterator[str]:
    return (name.removesuffix(CODES) for name in given if name.endswith(CODES))
