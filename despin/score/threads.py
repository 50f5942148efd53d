"""Who gets the processors: ONNX Runtime all of them, numpy's matrix products one.

Both keep a thread for each processor, which spins for some hundredths of a second after its work in
wait of more. A document's evidence goes to and fro between them, so each found the other's threads
at work on nothing: of the fast scorer's time a quarter. Its products are small and need no second
thread; `despin.score.engine_session` tells ONNX Runtime's to stop with their work.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


@cache
def _numpy_products() -> Any:
    """Numpy's OpenBLAS, as far as it is the one that numpy uses."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(internal_api="openblas")


def one_for_numpy() -> AbstractContextManager[object]:
    """While it is entered, numpy's matrix products take one thread."""
    limit: AbstractContextManager[object] = _numpy_products().limit(limits=1)
    return limit
