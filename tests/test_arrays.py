"""Array files read by several threads at once."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from despin.arrays import stored


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads that change places in the middle of whatever they do, as they seldom do."""

    def yielding(_: str, __: dict[str, int]) -> None:
        time.sleep(0)

    often, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.callbacks.append(yielding)
    gc.set_threshold(20)
    sys.setswitchinterval(1e-6)
    yield
    gc.callbacks.remove(yielding)
    gc.set_threshold(*often)
    sys.setswitchinterval(interval)


def below(depth: int, work: Callable[[], None]) -> None:
    if depth:
        below(depth - 1, work)
    else:
        work()


def test_threads_may_read_at_once(tmp_path: Path, restless: None) -> None:
    path, failures = tmp_path / "numbers.npy", []
    np.save(path, np.arange(3))

    def read() -> None:
        for _ in range(1000):
            try:
                assert stored(path).tolist() == [0, 1, 2]
            except SystemError as error:
                failures.append(error)

    threads = [Thread(target=below, args=(depth, read)) for depth in (5, 150, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_mapped_array_stays_on_disk(tmp_path: Path) -> None:
    np.save(tmp_path / "numbers.npy", np.arange(3))
    mapped = stored(tmp_path / "numbers.npy", mapped=True)
    assert isinstance(mapped.base, np.memmap)
    assert not mapped.flags.writeable
    np.save(tmp_path / "objects.npy", np.array([{}]), allow_pickle=True)
    with pytest.raises(ValueError, match="pickle"):
        stored(tmp_path / "objects.npy")
