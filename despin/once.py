"""What is loaded once, whichever thread asks first; the others wait for it.

`functools.cached_property` lets them wait up to Python 3.11 only, `functools.cache` never. Where
loading fails, whoever asks next tries again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")


class once_property(Generic[R]):  # noqa: N801 - named like functools.cached_property
    """A property that is loaded when first asked for; it may be set, and lies in ``__dict__``."""

    def __init__(self, load: Callable[[Any], R]) -> None:
        self._load = load
        self.__doc__ = load.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn the name under which the value is kept."""
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> once_property[R]: ...

    @overload
    def __get__(self, owner: object, kind: type | None = None) -> R: ...

    def __get__(self, owner: object | None, kind: type | None = None) -> Any:
        """Load the value; from then on it hides this property."""
        if owner is None:
            return self
        kept = owner.__dict__
        # By process: a forked one must not wait for a thread of its parent.
        with kept.setdefault(f"{self._name}, loading in {os.getpid()}", RLock()):
            if self._name not in kept:
                kept[self._name] = self._load(owner)
            return kept[self._name]


class once(Generic[P, R]):  # noqa: N801 - named like functools.cache
    """A function that is called once for each of its arguments."""

    def __init__(self, load: Callable[P, R]) -> None:
        self._load = load
        self._kept: dict[Any, R] = {}
        self._locks: dict[int, Any] = {}
        self.__doc__ = load.__doc__

    def __call__(self, *given: P.args, **named: P.kwargs) -> R:
        """What it gave for these arguments, or gives now."""
        key = (*given, *named.items())
        try:
            return self._kept[key]
        except KeyError:
            pass
        with self._locks.setdefault(os.getpid(), RLock()):
            if key not in self._kept:
                self._kept[key] = self._load(*given, **named)
            return self._kept[key]

    def forget(self) -> None:
        """Load anew when next asked."""
        self._kept.clear()
