"""The server as a process: shared, restarted once, and gone after any exit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from despin.grammar import state
from despin.grammar.client import ServerChecker
from despin.grammar.keeper import LOCK_TIMEOUT
from despin.grammar.lease import LeasedServer
from despin.grammar.process import end_left_over

psutil = pytest.importorskip("psutil")
pytestmark = [
    pytest.mark.languagetool,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux processes"),
]

PATIENCE = 20.0
"""Seconds for something to happen that normally takes a tenth of one."""

CHILD = """
import sys, time
from despin.grammar import state
from despin.grammar.lease import LeasedServer
server = LeasedServer()
server.start()
while state.load(state.folder()) is None or state.load(state.folder()).java is None:
    time.sleep(0.02)
print("up", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def place(languagetool: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder that no other test shares; nothing may run in it afterwards."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    yield state.folder()
    assert gone(tmp_path)


def running(folder: Path) -> list[int]:
    """The processes whose command line names ``folder``: keeper, launcher, Java."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        line = " ".join(process.info["cmdline"] or [])
        if str(folder) in line and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found


def eventually(happened: Callable[[], bool]) -> bool:
    patience = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > patience:
            return False
        time.sleep(0.05)
    return True


def gone(folder: Path) -> bool:
    return eventually(lambda: not running(folder))


def java_of(place: Path) -> int | None:
    known = state.load(place)
    return known.java if known else None


@pytest.fixture
def child(place: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has started the server and waits for a line."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        assert len(running(place)) >= 2
        yield process
        process.kill()


def test_after_a_normal_exit_nothing_is_left(child: subprocess.Popen[str], place: Path) -> None:
    child.communicate("\n", timeout=PATIENCE)
    assert child.returncode == 0
    assert state.load(place) is None
    java = [pid for pid in running(place) if psutil.Process(pid).name() == "java"]
    assert java == []  # gone before the process that used it


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_after_a_signal_nothing_is_left(
    child: subprocess.Popen[str], place: Path, number: signal.Signals
) -> None:
    child.send_signal(number)
    child.communicate(timeout=PATIENCE)
    assert child.returncode != 0
    assert gone(place)


def test_a_killed_keeper_takes_java_along(child: subprocess.Popen[str], place: Path) -> None:
    known = state.load(place)
    assert known is not None
    os.kill(known.keeper, signal.SIGKILL)
    assert gone(place)


def test_the_server_stays_until_the_last_process_is_done(
    child: subprocess.Popen[str], place: Path
) -> None:
    java = java_of(place)
    second = LeasedServer()
    second.start()
    child.communicate("\n", timeout=PATIENCE)
    time.sleep(0.5)
    assert java_of(place) == java
    assert java in running(place)
    second.close()
    assert gone(place)


def test_two_keepers_at_once_become_one(child: subprocess.Popen[str], place: Path) -> None:
    before = running(place)
    command = [sys.executable, "-m", "despin.grammar.keeper", str(place)]
    subprocess.run(command, check=True, timeout=LOCK_TIMEOUT)
    assert eventually(lambda: sorted(running(place)) == sorted(before))


def test_what_a_keeper_left_over_is_ended_and_nothing_else(tmp_path: Path) -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen([*sleep, str(tmp_path)]) as ours, subprocess.Popen(sleep) as other:
        end_left_over(ours.pid, tmp_path)
        end_left_over(other.pid, tmp_path)
        left = psutil.pid_exists(ours.pid), psutil.pid_exists(other.pid)
        other.kill()
    assert left == (False, True)


def test_java_killed_in_a_batch_is_restarted_once_and_then_done_without(place: Path) -> None:
    """Four documents; Java is killed before the second and before the third."""
    checker = ServerChecker(LeasedServer())
    found, notes = [], []
    for number in range(4):
        if number in {1, 2}:
            java = java_of(place)
            assert java is not None
            os.kill(java, signal.SIGKILL)
        found.append(len(checker.check(f"Document {number} has a error.")))
        if checker.note and not notes:
            notes.append(f"document {number}: {checker.note}")
    assert found == [1, 1, 0, 0]
    assert notes == [
        "document 2: Grammar was not checked from here on: LanguageTool ended 2 times."
    ]
    checker.close()
    assert gone(place)


def test_a_batch_whose_java_is_killed_ends_with_all_other_results(
    place: Path, tmp_path: Path
) -> None:
    """The same through the real command, which reads each document out of a named pipe."""
    pipes = [tmp_path / f"{number}.txt" for number in range(4)]
    for pipe in pipes:
        os.mkfifo(pipe)
    options = ["--select", "grammar", "--grammar", "all", "--format", "json"]
    command = [sys.executable, "-m", "despin", "check", *options, *map(str, pipes)]
    reviews = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as batch:
        assert batch.stdout is not None
        assert batch.stderr is not None
        for number, pipe in enumerate(pipes):
            if number in {1, 2}:
                java = java_of(place)
                assert java is not None
                os.kill(java, signal.SIGKILL)
            text = f"On day {number} the ferry hit a iceberg and sank."
            Thread(target=pipe.write_text, args=(text,), daemon=True).start()
            reviews.append(json.loads(batch.stdout.readline()))
        told = batch.stderr.read().decode()
    assert [len(review["findings"]) for review in reviews] == [1, 1, 0, 0]
    assert batch.returncode == 1
    assert told.count("from here on") == 1
    assert f"LanguageTool ended 2 times. ({pipes[2]} and 1 more)" in told


def test_the_state_is_the_users_own(place: Path, child: subprocess.Popen[str]) -> None:
    file = place / "server.json"
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_text())["token"]
