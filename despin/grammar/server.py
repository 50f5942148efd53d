"""Opening a checker: which server, if any, and whether to ask it at all."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Sequence
from typing import Protocol

from despin.grammar.matches import CATEGORIES, Match
from despin.options import Grammar, Options, category

EXTRA_MISSING = (
    "Grammar was not checked: the extra is not installed (pip install 'despin[grammar]')."
)
SERVER_MISSING = (
    "Grammar was not checked: LanguageTool is not installed (despin languagetool install)."
)
JAVA_MISSING = "Grammar was not checked: LanguageTool needs Java 17 or newer (see despin doctor)."


class ServerUnavailableError(Exception):
    """There is no LanguageTool server to be had; the message says why."""


class Checker(Protocol):
    """Something that reads text for grammar."""

    @property
    def note(self) -> str | None:
        """What was not checked and why, one sentence; ``None`` while nothing is left out."""
        ...

    def start(self) -> None:
        """Start the server if it is not there, without waiting for it."""
        ...

    def check(self, text: str) -> list[Match]:
        """What is wrong in ``text``, paragraph by paragraph.

        Never raises for a server that fails: it is restarted once, and after that every text is
        found to be without fault and `note` says so.
        """
        ...

    def close(self) -> None:
        """Give up the share in the server; the last to do so ends it."""
        ...


def default_mode(options: Options) -> Grammar:
    """What ``options.grammar`` says, else ``findings`` where a server is there or installed."""
    if options.grammar is not None:
        return options.grammar
    return Grammar.OFF if why_unavailable(options) else Grammar.FINDINGS


def why_unavailable(options: Options) -> str | None:
    """The sentence that says why grammar cannot be checked; ``None`` when it can.

    Looks only at what is installed: nothing is started, nothing downloaded.
    """
    if importlib.util.find_spec("language_tool_python") is None:
        return EXTRA_MISSING
    if options.languagetool_url:
        return None
    from despin.grammar.install import installed

    if installed() is None:
        return SERVER_MISSING
    return None if shutil.which("java") else JAVA_MISSING


def open_checker(
    options: Options, categories: Sequence[str] = CATEGORIES
) -> tuple[Checker | None, str | None]:
    """A checker, or ``None`` and the sentence that says why there is none.

    Both are ``None`` when the user switched grammar off. The server is started by the first check,
    not here, and shared by every process of this user on this machine.

    Args:
        options: ``grammar`` and ``languagetool_url`` are read.
        categories: LanguageTool's categories to read; name one of
            `despin.grammar.matches.SPELLING` to have spelling checked.

    Raises:
        OptionError: LanguageTool has no such category.
    """
    if options.grammar is Grammar.OFF:
        return None, None
    reason = why_unavailable(options)
    if reason:
        return None, reason
    from despin.grammar.client import ServerChecker
    from despin.grammar.lease import LeasedServer
    from despin.grammar.remote import RemoteServer

    # One that it does not know it would pass over, and find nothing without a word.
    known = [category(name) for name in categories]
    url = options.languagetool_url
    return ServerChecker(RemoteServer(url) if url else LeasedServer(), known), None
