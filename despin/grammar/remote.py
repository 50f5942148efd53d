"""A LanguageTool server that somebody else runs, named by its URL."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from despin.grammar.server import ServerUnavailableError

PROBE_TIMEOUT = 5.0
"""Seconds in which a running server says that it is well."""


class UrlError(ValueError):
    """``--languagetool-url`` names no server."""


class RemoteServer:
    """The server of ``--languagetool-url``; it is used, never started or ended."""

    local = False
    """Whether a proxy of the environment must be left out."""

    def __init__(self, url: str) -> None:
        """Name the server; nothing is asked yet.

        Raises:
            UrlError: ``url`` is not the address of an HTTP server.
        """
        self._url = (url if "://" in url else f"http://{url}").rstrip("/")
        self._url = self._url.removesuffix("/v2")
        if not _is_http(self._url):
            raise UrlError(f"languagetool-url: {url!r} is not the address of an HTTP server")

    def start(self) -> None:
        """It runs already."""

    def url(self) -> str:
        """Where it answers.

        Raises:
            ServerUnavailableError: it does not.
        """
        if not answers(self._url):
            raise ServerUnavailableError(f"no LanguageTool server answers at {self._url}")
        return self._url

    def renew(self, failed: str) -> str:  # noqa: ARG002 - it is where it is
        """Where it answers now that a check failed at ``failed``.

        Raises:
            ServerUnavailableError: it does not.
        """
        return self.url()

    def close(self) -> None:
        """Nothing to give up."""


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a property that raises where it is no number
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def answers(url: str, timeout: float = PROBE_TIMEOUT, *, healthy: bool = False) -> bool:
    """Whether an HTTP server answers at ``url``, with ``healthy`` that it says it is well."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    except (http.client.InvalidURL, ValueError):
        return False
    try:
        connection.request("GET", f"{parts.path}/v2/healthcheck")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return status == http.HTTPStatus.OK or not healthy
