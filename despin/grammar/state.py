"""The folder in which the processes of one user on one machine find their server."""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from platformdirs import user_state_path

_STATE = "server.json"
_LOCK = "server.lock"


@dataclass(frozen=True, slots=True)
class State:
    """How a running keeper is reached: a port of this machine, and what it wants to hear."""

    port: int
    token: str
    keeper: int
    """Its process id."""
    java: int | None = None
    """The process id of its Java, for whoever finds the keeper gone."""


def folder() -> Path:
    """Made if need be, for this user alone; a home may be shared by machines, so one for each."""
    path = user_state_path("despin") / "languagetool" / socket.gethostname()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def load(place: Path) -> State | None:
    """The state that a keeper left in ``place``, if it did."""
    try:
        return State(**json.loads((place / _STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def save(place: Path, state: State) -> None:
    """Write ``state`` so that nobody reads half of it, and nobody else reads it at all."""
    scratch = place / f"{_STATE}.{os.getpid()}"
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(state), file)
    scratch.replace(place / _STATE)


def clear(place: Path) -> None:
    """Forget the keeper."""
    (place / _STATE).unlink(missing_ok=True)


def lock(place: Path) -> IO[bytes] | None:
    """The lock that one keeper holds while it lives; ``None`` when another does."""
    file = (place / _LOCK).open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
