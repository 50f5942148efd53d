"""A LanguageTool server that somebody else runs, named by its URL."""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPException
from ipaddress import ip_address
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from despin.grammar.server import ServerUnavailableError

PROBE_TIMEOUT = 5.0
"""Seconds in which a running server says that it is well."""


class UrlError(ValueError):
    """``--languagetool-url`` names no server."""


class RemoteServer:
    """The server of ``--languagetool-url``; it is used, never started or ended."""

    def __init__(self, url: str) -> None:
        """Name the server; nothing is asked yet.

        Raises:
            UrlError: ``url`` is not the address of an HTTP server.
        """
        self._url = (url if "://" in url else f"http://{url}").rstrip("/")
        self._url = self._url.removesuffix("/v2")
        if not _is_http(self._url):
            raise UrlError(f"languagetool-url: {url!r} is not the address of an HTTP server")

    @property
    def local(self) -> bool:
        """Whether it runs on this machine, out of any proxy's reach."""
        return is_local(self._url)

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


def is_local(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def answers(url: str, timeout: float = PROBE_TIMEOUT, *, healthy: bool = False) -> bool:
    """Whether an HTTP server answers at ``url``, with ``healthy`` that it says it is well.

    It is asked as the checks will be: by the environment's proxy, but for this machine.
    """
    proxies = ProxyHandler({}) if is_local(url) else ProxyHandler()
    try:
        with build_opener(proxies).open(f"{url}/v2/healthcheck", timeout=timeout) as answer:
            return answer.status == HTTPStatus.OK or not healthy
    except HTTPError:
        return not healthy
    except (OSError, HTTPException, ValueError):
        return False
