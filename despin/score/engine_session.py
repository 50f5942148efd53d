"""ONNX Runtime sessions on the processor, and the one table they share."""

from __future__ import annotations

import mmap
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from despin.score.model_tensors import Stored, map_tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def runtime() -> Any:
    """ONNX Runtime, which reports nothing to anybody from here.

    From 1.29 on it otherwise sends events of each process to its makers, under a number that it
    keeps in the user's cache. It reads the variable once, when it is imported.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    return onnxruntime


def map_tables(folder: Path, places: Mapping[str, Mapping[str, Any]]) -> dict[str, NDArray[Any]]:
    """The tables named in the settings, mapped into memory, read-only.

    The embedding is what the decoder looks pieces up in and what the head multiplies by: 113 MB
    that both sessions get from here, so that they are in memory once and only as far as used.
    """
    return {
        name: map_tensor(folder, Stored(**{**place, "dims": tuple(place["dims"])}))
        for name, place in places.items()
    }


def as_values(tables: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The tables as ONNX Runtime's own values, which hold the arrays and copy nothing."""
    made = runtime().OrtValue.ortvalue_from_numpy
    return {name: made(table) for name, table in tables.items()}


def let_go(table: NDArray[Any]) -> None:
    """Give back the memory of a mapped table; what is used again comes from the system's cache.

    Most rows of an embedding are met once in a text and not in the next, but stay once read.
    """
    base: object = table
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
        base.madvise(mmap.MADV_DONTNEED)


@cache
def _trimming() -> Callable[[int], int] | None:
    """What has the C library give back memory that is free: glibc's; others do so by themselves."""
    import ctypes

    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None


def trim() -> None:
    """Give the system back what lies free between what is in use: a hundred megabytes at times."""
    give_back = _trimming()
    if give_back:
        give_back(0)


@cache
def _share_memory() -> None:
    """One pool of memory for all sessions, which takes from the system as much as it is asked for.

    Each session's own would take the next power of two, and keep it: 110 MB more for long articles.
    """
    onnxruntime = runtime()
    kind, default = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, onnxruntime.OrtMemType.DEFAULT
    as_requested = onnxruntime.OrtArenaCfg({"arena_extend_strategy": 1})
    memory = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, default)
    onnxruntime.create_and_register_allocator(memory, as_requested)


def open_session(
    path: Path,
    threads: int | None,
    tables: Mapping[str, Any],
    *,
    packed: bool = True,
) -> Any:
    """Loads a graph.

    Args:
        path: the graph; its other weights are beside it.
        threads: as many as there are processors unless given.
        tables: values to use in place of the graph's own weights of these names. The caller keeps
            them as long as the session: ONNX Runtime only points at them, and would crash.
        packed: copy the weights into the order the processor likes best.
    """
    _share_memory()
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.enable_mem_pattern = False  # every call has another length; plans would pile up
    options.log_severity_level = 3
    # Or threads of one session spin for a while where another one, or numpy, has work to do.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    options.add_session_config_entry("session.use_env_allocators", "1")
    if not packed:
        options.add_session_config_entry("session.disable_prepacking", "1")
    for name, table in tables.items():
        options.add_initializer(name, table)
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
