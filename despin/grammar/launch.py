"""Becomes the command it is given, after asking the kernel to end it when its parent ends.

Run as a script, on Linux: ``python launch.py PARENT COMMAND…``. A function run between fork and
exec could do it too, but is not safe in a process with threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def main(arguments: list[str]) -> None:
    """Set the death signal and execute ``arguments[1:]``; ``arguments[0]`` is the parent's id."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(arguments[0]):
        return  # the parent ended before the kernel was asked
    os.execv(arguments[1], arguments[1:])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
