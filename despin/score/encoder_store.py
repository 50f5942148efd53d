"""An encoder shipped in four bits, and the eight in which it runs: made once, kept with the models.

What ships is a graph that lacks its matrices and has instead, under names of their own, the codes
and scales of `packed`. Widening them needs `onnx`, running what comes out does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from despin.arrays import READING
from despin.drafts import drafts
from despin.score.encoder_files import GRAPH, TOKENIZER, VECTORS, save_vectors
from despin.score.model_files import WIDENING, ModelError, models_folder, need
from despin.score.packed import widened

PACKED_GRAPH, PACKED_VECTORS = "encoder-int4.onnx", "vectors-int4.npz"
DIGEST = "digest.txt"
"""A file that names what was packed, so that it need not be read to know whether it was widened."""
CODES, STEPS = "/int4", "/int4-scales"
"""Endings of the names under which a matrix stands in a packed graph."""
_FORMAT = 1
"""Raised whenever what is made of one changes."""


def ready(folder: Path, say: Callable[[str], None] = lambda _: None) -> Path:
    """The folder of an encoder that can run: its own, or what was made of a packed one.

    Args:
        folder: of either.
        say: told that it is being made, where it is.

    Raises:
        ModelError: it has to be widened, and cannot be.
    """
    home = _home(folder)
    if home != folder and not _is_whole(home):
        say("widening the encoder")
        _widen(folder, home)
    return home


def made(folder: Path) -> Path | None:
    """The folder that `ready` gives, if it has nothing to make."""
    home = _home(folder)
    return home if _is_whole(home) else None


def _home(folder: Path) -> Path:
    if not (folder / PACKED_GRAPH).exists():
        return folder
    return models_folder() / f"encoder-{_FORMAT}-{(folder / DIGEST).read_text('ascii').strip()}"


def _is_whole(home: Path) -> bool:
    return (home / VECTORS).exists()  # the last of the files to appear


def graph_of(folder: Path) -> Path:
    """The graph's file of an encoder, packed or not."""
    packed = folder / PACKED_GRAPH
    return packed if packed.exists() else folder / GRAPH


def digest(folder: Path) -> str:
    """What a packed encoder is called by."""
    found = hashlib.sha256()
    for name in (PACKED_GRAPH, PACKED_VECTORS, TOKENIZER):
        with (folder / name).open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:16]


def _widen(folder: Path, home: Path) -> None:
    need(WIDENING)
    import onnx

    from despin.score.encoder_int8 import eight_bits

    model, table = widened_files(folder)
    eight_bits(model)
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with drafts(home) as new:
            onnx.save(model, new / GRAPH)
            save_vectors(table, new)
            (new / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes())
    except OSError as error:
        raise ModelError(f"{home}: the encoder cannot be written ({error.strerror})") from error


def widened_files(folder: Path) -> tuple[Any, NDArray[np.float32]]:
    """Of a packed encoder, the ONNX model with plain matrices, and float32[pieces, D]."""
    import onnx

    model = onnx.load(folder / PACKED_GRAPH)
    widen_graph(model)
    with READING, np.load(folder / PACKED_VECTORS) as given:
        codes, scales = given["codes"], given["scales"]
    return model, np.ascontiguousarray(widened(codes, scales).T)


def widen_graph(model: Any) -> None:
    """Turn the packed matrices of an ONNX model into plain ones, in place."""
    from onnx import numpy_helper

    graph = model.graph
    given = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    plain = [tensor for tensor in graph.initializer if not tensor.name.endswith((CODES, STEPS))]
    for name in [name.removesuffix(CODES) for name in given if name.endswith(CODES)]:
        matrix = widened(given[name + CODES], given[name + STEPS])
        plain.append(numpy_helper.from_array(matrix, name))
    del graph.initializer[:]
    graph.initializer.extend(plain)
