"""What every test shares: golden files, and no skipping where everything must be there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from despin.propose.substitutions import Substitutions

pytest_plugins = ["tiny_model", "tiny_wordnet"]

# What lands must not hang on a draw: continuous integration tries the same examples every time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job ignores Ctrl-C and hands that down; tests send it to their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)

REQUIRE_ALL = "DESPIN_REQUIRE_ALL"
"""When it is ``1``, a test that skips because a real part is missing fails instead."""

LEFT_OUT = "left out: "
"""What the reason says of tests that are skipped together."""


@pytest.fixture(scope="session")
def table() -> Substitutions:
    """The lexicon that ships, compiled; nothing changes it."""
    from despin.lexicon.thesaurus import Thesaurus
    from despin.propose.substitutions import Substitutions

    return Substitutions.of(Thesaurus.load())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files instead of comparing"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not hasattr(report, "wasxfail"):
        gather_skip(report)
        refuse_skip(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip(report, collector.nodeid)
    return report


def gather_skip(report: pytest.TestReport) -> None:
    """Lay skips for one missing part to one place, so that one line tells of all of them."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _, _, reason = report.longrepr
        if LEFT_OUT in reason:
            report.longrepr = (__file__, 0, reason)


def refuse_skip(report: pytest.TestReport | pytest.CollectReport, name: str) -> None:
    """Make a skip a failure where everything must be there."""
    if os.environ.get(REQUIRE_ALL) == "1" and report.skipped:
        report.longrepr = f"{name} was skipped, and {REQUIRE_ALL}=1: {report.longrepr}"
        report.outcome = "failed"


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder of the run's own: its workers share a LanguageTool server with nobody else."""
    folder = tmp_path_factory.getbasetemp()
    if folder.name.startswith("popen-"):  # a worker of pytest-xdist
        folder = folder.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield folder / "state"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``golden/NAME`` beside the test, byte for byte."""

    def compare(name: str, text: str) -> None:
        path = Path(request.path).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text

    return compare
