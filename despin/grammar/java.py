"""The Java process: its command line and its limits."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

from despin.grammar.install import installed
from despin.grammar.server import JAVA_MISSING, SERVER_MISSING, ServerUnavailableError

HEAP_MB = 448
"""Java's heap; the whole process stays below about twice this."""

_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
# The quick compiler alone halves the time to the first answer (17 s to 7 s on two busy cores) and
# takes 60 MB less; the optimising one was no faster over the first 300 kB of text. Statistics in
# the folder for temporary files would stay behind when it is killed.

CONFIG_NAME = "languagetool.properties"
_LAUNCHER = Path(__file__).with_name("launch.py")


def config_text(cores: int) -> str:
    """LanguageTool's own settings: bounded caches, threads and time."""
    settings = {
        "maxCheckThreads": max(2, cores),
        "maxPipelinePoolSize": max(2, cores),
        "pipelineCaching": "true",
        "pipelineExpireTimeInSeconds": 3600,
        "cacheSize": 2000,
        "cacheTTLSeconds": 300,
        "maxCheckTimeMillis": 30_000,
        "maxTextHardLength": 100_000,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def command(folder: Path, port: int) -> list[str]:
    """The command that serves on ``port``, with its configuration written to ``folder``.

    Raises:
        ServerUnavailableError: LanguageTool or Java is not there.
    """
    installation = installed()
    if installation is None:
        raise ServerUnavailableError(SERVER_MISSING)
    java = shutil.which("java")
    if java is None:
        raise ServerUnavailableError(JAVA_MISSING)
    config = folder / CONFIG_NAME
    config.write_text(config_text(os.cpu_count() or 1), encoding="utf-8")
    limits = [f"-Xmx{HEAP_MB}m", *_FLAGS]
    main = ["-cp", str(installation.jar), "org.languagetool.server.HTTPServer"]
    return [*_launcher(), java, *limits, *main, "-p", str(port), "--config", str(config)]


def free_port() -> int:
    """A port of this machine that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _launcher() -> list[str]:
    """On Linux, what makes the kernel end Java together with its keeper, however that ends."""
    if sys.platform != "linux":
        return []
    return [sys.executable, "-I", "-S", str(_LAUNCHER), str(os.getpid())]
