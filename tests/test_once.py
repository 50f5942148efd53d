"""What several threads ask for at once is loaded once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from despin import Despinner, Options
from despin.lexicon.thesaurus import Thesaurus
from despin.once import once, once_property
from despin.options import Grammar
from despin.score.collocations import Collocations

THREADS = 4
A_WHILE = 0.05


class Shelf:
    """What is slow to load, and how often it was."""

    def __init__(self, refusals: int = 0) -> None:
        self.loads, self.refusals = 0, refusals

    @once_property
    def book(self) -> list[str]:
        """Loaded slowly, and not at all the first times."""
        self.loads += 1
        time.sleep(A_WHILE)
        if self.loads <= self.refusals:
            raise OSError("the shelf is empty")
        return ["a page"]


def at_once(ask: Callable[[int], object]) -> list[object]:
    """What each of several threads gets."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(ask, range(THREADS)))


def test_a_property_is_loaded_once() -> None:
    shelf = Shelf()
    got = at_once(lambda _: shelf.book)
    assert shelf.loads == 1
    assert all(book is got[0] for book in got)


def test_two_owners_do_not_wait_for_each_other() -> None:
    shelves = [Shelf() for _ in range(THREADS)]
    waited, meet = Event(), []

    class Slow(Shelf):
        @once_property
        def book(self) -> list[str]:
            waited.wait(10)
            return []

    slow = Slow()
    thread = Thread(target=lambda: meet.append(slow.book))
    thread.start()
    at_once(lambda number: shelves[number].book)
    waited.set()
    thread.join()
    assert [shelf.loads for shelf in shelves] == [1] * THREADS
    assert meet == [[]]


def test_what_could_not_be_loaded_is_tried_again() -> None:
    shelf = Shelf(refusals=1)
    with pytest.raises(OSError, match="the shelf is empty"):
        _ = shelf.book
    assert shelf.book == ["a page"]


def test_a_property_can_be_set_like_any_other() -> None:
    shelf = Shelf()
    shelf.book = ["another page"]
    assert shelf.book == ["another page"]
    assert shelf.loads == 0


def test_a_function_is_called_once_for_each_argument() -> None:
    calls: list[int] = []

    @once
    def doubled(number: int) -> int:
        calls.append(number)
        time.sleep(A_WHILE)
        return 2 * number

    assert at_once(lambda number: doubled(number % 2)) == [0, 2, 0, 2]
    assert sorted(calls) == [0, 1]
    doubled.forget()
    assert doubled(0) == 0
    assert sorted(calls) == [0, 0, 1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_process_does_not_wait_for_a_thread_of_its_parent() -> None:
    begun, go_on = Event(), Event()

    @once
    def loaded() -> int:
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
        return os.getpid()

    thread = Thread(target=loaded)
    thread.start()
    begun.wait()
    child = os.fork()
    if not child:
        os._exit(0 if loaded() == os.getpid() else 1)
    deadline = time.monotonic() + 5
    ended = (0, 0)
    while not ended[0] and time.monotonic() < deadline:
        ended = os.waitpid(child, os.WNOHANG)
        time.sleep(0.01)
    go_on.set()
    thread.join()
    assert ended == (child, 0)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what is loaded; each takes longer than a thread needs to ask for it too."""
    found: list[str] = []

    def slowly(owner: type) -> None:
        load = owner.load  # type: ignore[attr-defined]

        def noted(*given: object) -> object:
            found.append(owner.__name__)
            time.sleep(A_WHILE)
            return load(*given)

        monkeypatch.setattr(owner, "load", noted)

    slowly(Thesaurus)
    slowly(Collocations)
    return found


@pytest.mark.parametrize("scorer", ["fast", "auto"])
def test_threads_that_share_a_despinner_load_scorer_and_lexicon_once(
    loads: list[str], scorer: str
) -> None:
    from despin.score.loading import _near

    _near.forget()
    despinner = Despinner(Options(scorer=scorer, grammar=Grammar.OFF))
    at_once(lambda _: despinner.check("They met in the the harbour by the sea."))
    assert sorted(loads) == ["Collocations", "Thesaurus"]


def test_threads_with_a_despinner_each_load_the_counts_once(loads: list[str]) -> None:
    from despin.score.loading import _near

    _near.forget()
    options = Options(scorer="fast", grammar=Grammar.OFF)
    at_once(lambda _: Despinner(options).scorer)
    assert loads == ["Collocations"]
