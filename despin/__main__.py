"""``python -m despin`` and the ``despin`` command."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_STREAMS = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
"""The standard streams; where one is closed, how the null device stands in for it."""


_ENDS = ("SIGTERM", "SIGHUP")
"""What ends a run from outside: `timeout`, a batch system, a terminal that is closed."""


def main() -> None:
    """Run the command line; Ctrl-C is quiet even while modules are still loading."""
    try:
        _tidy_up_when_ended()
        _fill_gaps()
        from despin.cli import cli

        cli(prog_name="despin")
    except KeyboardInterrupt:
        sys.exit(130)


def _tidy_up_when_ended() -> None:
    """Let a signal that ends the run be an exit, so that no half-written file is left lying."""
    for name in _ENDS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _fill_gaps() -> None:
    """Put the null device where a standard stream is closed.

    The next file that is opened would get its number otherwise, and with it whatever a library
    prints. Opened the wrong way round, it refuses to be read from and to take data, as a closed
    stream does; messages it takes.
    """
    for name, way, mode in _STREAMS:
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, way)
            os.set_inheritable(handle, True)
            setattr(sys, name, open(handle, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


if __name__ == "__main__":
    main()
