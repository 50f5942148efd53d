"""Boxes that are answered when scores have arrived meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tui.test_states import finding, until, verdicts

from despin.tui.entries import of_files
from despin.tui.session import Phase

TEXT = "one two three four"


@asynccontextmanager
async def answering(
    opened: Any, make: Any, folder: Path, found: tuple[str, str], *keys: str
) -> AsyncIterator[SimpleNamespace]:
    """The app after these keys on what patterns find, with the scores there."""
    (folder / "a.txt").write_text(TEXT)
    pipeline = finding(make, *found)
    async with opened(*of_files([str(folder / "a.txt")]), pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.PATTERNS)
        await run.press(*keys)
        pipeline.go.set()
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        yield run


async def test_typed_words_go_to_the_finding_that_was_named(
    opened: Any, make: Any, tmp_path: Path
) -> None:
    found = ("one [two|2] three four", "[one|1] [two|2] three [four|4]")
    pipeline = finding(make, *found)
    pipeline.go.set()
    (tmp_path / "a.txt").write_text(TEXT)
    async with opened(*of_files([str(tmp_path / "a.txt")]), pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        await run.press("G")
    keys = ("e", "ctrl+u", *"deux")
    async with answering(opened, make, tmp_path, found, *keys) as run:
        await run.press("enter")
        assert verdicts(run.screen) == "oao"
        assert run.screen.session.file.review.result() == "one deux three four"


async def test_typed_words_for_a_finding_that_is_gone_are_not_used(
    opened: Any, make: Any, tmp_path: Path
) -> None:
    found = ("one [two|2] three four", "[one|1] two [three|3] four")
    async with answering(opened, make, tmp_path, found, "e", "!") as run:
        await run.press("enter")
        assert verdicts(run.screen) == "oo"
        assert run.screen.said[-1] == "“two” is no longer a finding; nothing was changed"


@pytest.mark.parametrize(("key", "verdict"), [("A", "a"), ("D", "r")])
async def test_only_the_findings_that_were_counted_are_decided(
    opened: Any, make: Any, tmp_path: Path, key: str, verdict: str
) -> None:
    found = ("one [two|2] three four", "[one|1] [two|2] [three|3] four")
    async with answering(opened, make, tmp_path, found, key) as run:
        await run.press("y")
        assert verdicts(run.screen) == f"o{verdict}o"


async def test_what_was_counted_and_is_gone_is_said(opened: Any, make: Any, tmp_path: Path) -> None:
    found = ("one [two|2] three four", "[one|1] two three four")
    async with answering(opened, make, tmp_path, found, "A") as run:
        await run.press("y")
        assert verdicts(run.screen) == "o"
        assert run.screen.said[-1] == "These are no longer findings; nothing was changed"


async def test_what_has_no_proposal_is_not_counted_as_accepted(opened: Any, make: Any) -> None:
    async with opened(make("a [b] c [d]")) as run:
        await run.press("A")
        assert run.app.screen is run.screen
        assert "Nothing is proposed here" in run.screen.said[-1]
    async with opened(make("a [b] c [d|e]", "b.txt")) as run:
        await run.press("A")
        assert "Accept this finding," in str(run.app.screen.query_one(".question").render())
