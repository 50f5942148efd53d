"""Errors for people: one line on standard error, and what ends a run."""

from __future__ import annotations

import errno
import os
import traceback

import click

from despin.cli.output import messages

DEBUG = "DESPIN_DEBUG"
_FULL = {errno.ENOSPC, errno.EDQUOT}


def complain(message: str) -> None:
    """One line on standard error, with the command's name before it."""
    say(f"despin: {' '.join(message.split())}")


def say(line: str) -> None:
    """One line on standard error."""
    with messages():
        click.echo(line, err=True)


def report(error: BaseException, about: str = "") -> None:
    """One line for any error: despin's own say what to do, others are named as ours to mend.

    Args:
        error: what was raised.
        about: the document that was worked on.
    """
    if os.environ.get(DEBUG):
        with messages():
            traceback.print_exception(error)
    if is_ours(error):
        complain(str(error))
        return
    where = f"{about}: " if about else ""
    text = str(error) or "no message"
    complain(f"{where}internal error, {type(error).__name__}: {text} ({DEBUG}=1 shows where)")


def is_ours(error: BaseException) -> bool:
    """Whether despin raised it on purpose, with a message for people."""
    from despin.edit import EditError

    return type(error).__module__.startswith("despin.") and not isinstance(error, EditError)


def ends_the_run(error: BaseException) -> bool:
    """Whether the next document would fail alike.

    A model, a lexicon or an option is at fault, or the disk is full: to judge texts that cannot be
    kept may take hours.
    """
    from despin.read import ReadError, WriteError

    if isinstance(error, WriteError):
        return isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL
    return is_ours(error) and not isinstance(error, ReadError)
