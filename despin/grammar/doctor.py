"""What ``despin doctor`` tells of grammar: Java, the library, the server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from despin.grammar.install import installed

JAVA_NEEDED = 17
"""What LanguageTool 6.6 and newer need."""

_INSTALL_JAVA = {
    "linux": "apt-get install openjdk-17-jre-headless",
    "darwin": "brew install openjdk",
    "win32": "winget install EclipseAdoptium.Temurin.17.JRE",
}
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


class Fact(NamedTuple):
    """One part of grammar checking.

    Attributes:
        name: what it is.
        ok: whether it is there and good enough.
        detail: where or which version, or what is wrong.
        remedy: the one command that mends it.
        fault: what is wrong with what is there; ``None`` where it is well, or not there at all.
    """

    name: str
    ok: bool
    detail: str
    remedy: str
    fault: str | None = None


def doctor_facts() -> list[Fact]:
    """Java, language-tool-python and the LanguageTool server, in the order to install them.

    Starts ``java -version`` and no more; nothing is downloaded.
    """
    return [_library(), _java(), _server()]


def _library() -> Fact:
    name, remedy = "language-tool-python", "pip install 'despin[grammar]'"
    try:
        return Fact(name, True, version(name), remedy)
    except PackageNotFoundError:
        return Fact(name, False, "not installed", remedy)


def _java() -> Fact:
    remedy = _INSTALL_JAVA.get(sys.platform, f"install Java {JAVA_NEEDED} or newer")
    path = shutil.which("java")
    if path is None:
        return Fact("Java", False, "not found", remedy)
    major = java_version(path)
    if major is None:
        fault = f"({path}), which does not say its version"
        return Fact("Java", False, f"{path} does not say its version", remedy, fault)
    detail = f"{major} ({path})"
    if major >= JAVA_NEEDED:
        return Fact("Java", True, detail, remedy)
    needs = f"{detail}; LanguageTool needs {JAVA_NEEDED} or newer"
    return Fact("Java", False, needs, remedy, f"{JAVA_NEEDED} or newer ({path} is {major})")


def java_version(path: str) -> int | None:
    """The major version that ``path -version`` tells; 8 for ``1.8``; ``None`` if it does not."""
    try:
        told = subprocess.run(  # noqa: S603 - found on the path
            [path, "-version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(told.stderr + told.stdout)
    return int(found[1]) if found else None


def _server() -> Fact:
    remedy = "despin languagetool install"
    installation = installed()
    if installation is None:
        return Fact("LanguageTool", False, "not installed", remedy)
    return Fact("LanguageTool", True, f"{installation.version} ({installation.folder})", remedy)
