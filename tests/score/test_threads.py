"""Who gets the processors while a document is scored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from despin.document import Document
from despin.options import Grammar, Options
from despin.pipeline import Despinner
from despin.score.fast import FastScorer


def numpys() -> list[int]:
    """Threads of each library that numpy multiplies with."""
    return [one["num_threads"] for one in threadpool_info() if one["internal_api"] == "openblas"]


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    """numpy takes two threads, whatever the machine has."""
    np.ones((2, 2)) @ np.ones((2, 2))
    if not numpys():
        pytest.skip("numpy does not use OpenBLAS here")
    with threadpool_limits(2, "blas"):
        yield


def test_numpy_has_one_thread_while_a_text_is_scored_and_its_own_again_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    once = FastScorer.once

    def looked(*given: Any) -> Any:
        seen.extend(numpys())
        return once(*given)

    monkeypatch.setattr(FastScorer, "once", looked)
    before = numpys()
    Despinner(Options(scorer="fast", grammar=Grammar.OFF)).check(
        Document("a", "An irregular woodland.")
    )
    assert set(seen) == {1}
    assert numpys() == before
    assert max(before) == 2
