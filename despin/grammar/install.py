"""Where LanguageTool lies on this machine, and how it gets there."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

FALLBACK_VERSION = "6.8"
"""What language_tool_python 3.4 looks for when nothing else is said."""

JAR = "languagetool-server.jar"
_FOLDER = re.compile(r"LanguageTool-(?P<version>\d[\w.]*)")
_CORE_JAR = re.compile(r"languagetool-core-(\d[\w.]*)\.jar")


class InstallError(Exception):
    """LanguageTool could not be installed; the message says why."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A LanguageTool server on disk: ``folder`` holds its jar."""

    folder: Path
    version: str

    @property
    def jar(self) -> Path:
        """The jar with the server."""
        return self.folder / JAR


def folders() -> tuple[Path, ...]:
    """Where LanguageTool is looked for, the first being where it is installed to.

    ``LTP_PATH`` or else the folder of language_tool_python comes first, so that the library and
    despin share one LanguageTool; ``.ci/languagetool.sh`` assembles into the second.
    """
    library = os.environ.get("LTP_PATH") or Path.home() / ".cache" / "language_tool_python"
    return Path(library), user_cache_path("despin") / "languagetool"


def installed() -> Installation | None:
    """The newest LanguageTool of the first folder that has one."""
    for folder in folders():
        found = [
            Installation(path, name["version"])
            for path in folder.glob("LanguageTool-*")
            if (name := _FOLDER.fullmatch(path.name)) and (path / JAR).is_file()
        ]
        if found:
            return max(found, key=lambda installation: _order(installation.version))
    return None


def download() -> Installation:
    """LanguageTool fetched by language_tool_python's own download, checksum and all.

    Raises:
        InstallError: there is no network, no Java, or no such extra.
    """
    try:
        from language_tool_python.download_lt import LTP_DOWNLOAD_VERSION, LocalLanguageTool
    except ImportError:
        raise InstallError("install the extra first: pip install 'despin[grammar]'") from None
    if os.environ.get("LTP_JAR_DIR_PATH"):
        # With it the library skips the download, and yet looks for the jar elsewhere.
        raise InstallError("unset LTP_JAR_DIR_PATH first; LTP_PATH names the folder to install to")
    try:
        LocalLanguageTool.from_version_name(LTP_DOWNLOAD_VERSION).download()
    except (Exception, SystemExit) as error:  # the library raises a dozen kinds
        raise InstallError(f"LanguageTool could not be downloaded: {error}") from error
    return _present()


def install_from(source: Path) -> Installation:
    """LanguageTool copied from an unpacked folder or a ZIP file.

    Raises:
        InstallError: there is no LanguageTool server in ``source``, or it cannot be copied.
    """
    target = folders()[0]
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, ignore_cleanup_errors=True) as scratch:
            _copy(source, target, Path(scratch))
    except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise InstallError(f"{source}: {error}") from error
    return _present()


def _copy(source: Path, target: Path, scratch: Path) -> None:
    """Copy the server into the scratch folder, then change places with what was there."""
    root = _server_folder(_unpacked(source, scratch), source)
    copy, old = scratch / "copy", scratch / "old"
    shutil.copytree(root, copy)
    place = target / f"LanguageTool-{_version(root)}"
    if place.exists():
        place.rename(old)
    try:
        copy.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise


def _present() -> Installation:
    installation = installed()
    if installation is None:
        raise InstallError(f"no {JAR} came with it")
    return installation


def _unpacked(source: Path, scratch: Path) -> Path:
    if source.is_dir():
        return source
    with zipfile.ZipFile(source) as archive:
        archive.extractall(scratch / "zip")  # drops "..", drives and leading slashes
    return scratch / "zip"


def _server_folder(root: Path, source: Path) -> Path:
    """The server's folder at or in ``root``, which is ``source`` unpacked."""
    for folder in (root, *sorted(root.glob("LanguageTool-*")), *sorted(root.iterdir())):
        if (folder / JAR).is_file():
            return folder
    raise InstallError(f"{source}: no {JAR} in it, nor in a folder of it")


def _version(root: Path) -> str:
    name = _FOLDER.fullmatch(root.name)
    if name:
        return name["version"]
    cores = [_CORE_JAR.fullmatch(path.name) for path in (root / "libs").glob("*.jar")]
    return next((core[1] for core in cores if core), FALLBACK_VERSION)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
