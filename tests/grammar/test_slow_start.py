"""A server that is well but too slow for its first check is asked again."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from despin.grammar import process

SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Slow(BaseHTTPRequestHandler):
    checks = 0

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        Slow.checks += 1
        self.send_response(500 if Slow.checks < 3 else 200)
        self.end_headers()

    def log_message(self, *_): ...

HTTPServer(("127.0.0.1", int(sys.argv[1])), Slow).serve_forever()
"""


def test_a_first_check_that_takes_too_long_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LanguageTool gives up a check after 30 seconds; on a busy machine the first takes longer."""
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    monkeypatch.setattr(
        process, "command", lambda _, port: [sys.executable, str(script), str(port)]
    )
    java = process.Java(tmp_path)
    java.start()
    patience = time.monotonic() + 20
    while java.url is None and time.monotonic() < patience:
        time.sleep(0.05)
    url = java.url
    java.stop()
    assert url is not None
