"""A checker on servers that fail, real HTTP and no Java."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

import pytest

from despin import Despinner
from despin.grammar.client import MAX_SKIPPED, TRIES, ServerChecker
from despin.grammar.lease import LeasedServer
from despin.grammar.remote import RemoteServer, answers
from despin.grammar.server import open_checker
from despin.options import Grammar, OptionError, Options

pytest.importorskip("language_tool_python")


class Sick(BaseHTTPRequestHandler):
    """Objects to "bad", fails on "boom", and is otherwise well."""

    requests: list[str]
    parameters: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        languages = [{"code": "en", "longCode": "en-US"}]
        self.answer(200, json.dumps(languages) if "languages" in self.path else "OK")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = parse_qs(body)
        text = asked["text"][0]
        self.requests.append(text)
        self.parameters.append({name: values[0] for name, values in asked.items()})
        if "boom" in text:
            return self.answer(500, "Error: checking took too long")
        found = [
            {
                "rule": {"id": "BAD", "issueType": "grammar", "category": {"id": "GRAMMAR"}},
                "context": {"offset": 0, "text": "bad"},
                "replacements": [{"value": "good"}],
                "offset": at,
                "length": 3,
                "message": "Bad.",
                "sentence": text,
            }
            for at in range(len(text))
            if text.startswith("bad", at)
        ]
        return self.answer(200, json.dumps({"matches": found}))

    def answer(self, status: int, body: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def sick() -> Iterator[tuple[ServerChecker, list[str]]]:
    requests: list[str] = []
    handler = type("Handler", (Sick,), {"requests": requests})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield ServerChecker(RemoteServer(f"127.0.0.1:{server.server_port}")), requests
        server.shutdown()


def test_matches_are_placed_and_paragraphs_asked_about_once(
    sick: tuple[ServerChecker, list[str]],
) -> None:
    checker, requests = sick
    text = "Fine.\n\n😀 a bad day\n\n\nFine."
    for _ in range(2):
        (match,) = checker.check(text)
        assert match.span.of(text) == "bad"
        assert match.replacements == ("good",)
    assert requests == ["Fine.\n\n\u263a a bad day"]


def test_a_match_in_what_was_blanked_is_dropped(sick: tuple[ServerChecker, list[str]]) -> None:
    checker, _ = sick
    assert checker.check("a" * 200 + "bad" + "a" * 200) == []


def test_a_text_that_fails_is_skipped_and_a_third_ends_it(
    sick: tuple[ServerChecker, list[str]],
) -> None:
    checker, _ = sick
    assert checker.check("boom") == []
    assert checker.note is not None
    assert "not checked everywhere" in checker.note
    assert len(checker.check("bad")) == 1
    for number in range(1, MAX_SKIPPED):
        assert checker.check(f"boom {number}") == []
    assert checker.note == "Grammar was not checked from here on: LanguageTool failed on 3 texts."
    assert checker.check("bad again") == []


class Stranger(Sick):
    """Another program, which answers everything with an object of its own."""

    def do_GET(self) -> None:
        self.answer(200, '{"status": "ok"}')

    def do_POST(self) -> None:
        self.do_GET()


def test_a_url_of_another_program_is_no_server() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        checker = ServerChecker(RemoteServer(f"127.0.0.1:{server.server_port}"))
        assert checker.check("bad") == []
        assert checker.note is not None
        server.shutdown()


def test_a_url_where_nobody_answers_is_given_up_at_once() -> None:
    checker, note = open_checker(Options(languagetool_url="http://127.0.0.1:9/v2/"))
    assert note is None
    assert checker is not None
    assert checker.check("bad") == []
    assert checker.note is not None
    assert "http://127.0.0.1:9" in checker.note
    checker.close()


def given_up(checker: ServerChecker) -> str:
    """Why a checker that nothing can be asked gave up; neither call may raise."""
    checker.start()
    assert checker.check("bad") == []
    assert checker.check("bad again") == []
    note = checker.note
    assert note is not None
    assert note.startswith("Grammar was not checked from here on: the keeper of the Lang")
    assert "\n" not in note
    checker.close()
    return note


def test_where_the_state_folder_cannot_be_made_grammar_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert str(tmp_path / "file") in given_up(ServerChecker(LeasedServer()))


@pytest.mark.parametrize(
    "failure",
    [OSError(28, "No space left on device"), subprocess.TimeoutExpired("keeper", 20.0)],
)
def test_a_keeper_that_cannot_be_started_is_given_up(
    failure: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("despin.grammar.lease.subprocess.run", run)
    assert str(failure) in given_up(ServerChecker(LeasedServer()))


def test_spelling_is_off_unless_its_category_is_asked_for(
    sick: tuple[ServerChecker, list[str]],
) -> None:
    plain, _ = sick
    spelling = ServerChecker(plain._server, ["GRAMMAR", "TYPOS"])
    for checker in (plain, spelling):
        checker.check("A bad word.")
    without, with_spelling = Sick.parameters[-2:]
    assert without["language"] == "en"  # a variant of English would bring its speller
    assert {"TYPOS", "STYLE", "PUNCTUATION"} <= set(without["disabledCategories"].split(","))
    assert "GRAMMAR" not in without["disabledCategories"].split(",")
    assert with_spelling["language"] == "en-US"
    assert "TYPOS" not in with_spelling["disabledCategories"].split(",")


def test_categories_may_be_written_in_small_letters_and_none_is_made_up(
    sick: tuple[ServerChecker, list[str]],
) -> None:
    url = sick[0]._server.url()
    checker, _ = open_checker(Options(languagetool_url=url), ["grammar", "typos"])
    assert checker is not None
    checker.check("A bad word.")
    assert not {"GRAMMAR", "TYPOS"} & set(Sick.parameters[-1]["disabledCategories"].split(","))
    despinner = Despinner(Options(scorer="fast", languagetool_url=url, grammar_categories="gramar"))
    with pytest.raises(OptionError, match="'gramar' is no category of LanguageTool; there are AI_"):
        despinner.check("They met at noon.")


def test_a_passage_that_fails_counts_once_and_is_not_asked_again(
    sick: tuple[ServerChecker, list[str]],
) -> None:
    checker, requests = sick
    for _ in range(MAX_SKIPPED + 1):
        assert checker.check("boom") == []
        assert checker.note is not None
        assert "not checked everywhere" in checker.note
    assert len(requests) == TRIES
    assert len(checker.check("bad")) == 1


def test_a_passage_that_failed_is_no_later_documents_matter(
    sick: tuple[ServerChecker, list[str]],
) -> None:
    checker, _ = sick
    options = Options(scorer="fast", grammar=Grammar.ALL, languagetool_url="http://127.0.0.1:9")
    despinner = Despinner(options)
    despinner.grammar.__dict__["_checker"] = checker
    well, ill = "They met, and it was a bad day for all.\n", "They met, and it went boom at once.\n"
    for text in (well, ill, well, ill, well):
        for review in (despinner.check(text), despinner.fix(text)):
            failed = [note for note in review.notes if "LanguageTool failed" in note]
            assert bool(failed) is (text == ill)


class Proxy(BaseHTTPRequestHandler):
    """Writes down what it is asked for, and answers nothing."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - http.server calls it so

    def log_message(self, *_: object) -> None: ...


def test_no_proxy_sees_what_is_sent_to_this_machine(
    sick: tuple[ServerChecker, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checker, requests = sick
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        Proxy.asked.clear()
        assert len(checker.check("bad")) == 1
        assert requests
        assert Proxy.asked == []
        assert answers("http://languagetool.invalid:8081")  # the proxy is asked for it
        assert Proxy.asked == ["http://languagetool.invalid:8081/v2/healthcheck"]
        proxy.shutdown()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("localhost:8081", True),
        ("http://127.3.0.1/", True),
        ("http://[::1]:8081", True),
        ("https://api.languagetool.org/v2", False),
        ("192.168.0.9:8081", False),
    ],
)
def test_this_machine_is_known_by_its_address(url: str, local: bool) -> None:
    assert RemoteServer(url).local is local


def test_where_nothing_can_fork_the_keeper_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(*_: object, **__: object) -> None:
        raise OSError("started")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delattr("despin.grammar.lease.os.fork")
    monkeypatch.setattr("despin.grammar.lease.subprocess.Popen", started)
    assert "started" in given_up(ServerChecker(LeasedServer()))
