"""Reviews made by hand, and the app over them.

``make("The [surgery|operation|procedure] was shut.")`` is a review of "The surgery was shut." with
one finding and two candidates; ``[word|]`` proposes to delete, ``[word]`` proposes nothing, and
``[word|other@20]`` is 20 % sure.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual import events
from textual.keys import _character_to_key

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.review import Review
from despin.span import Span

MARK = re.compile(r"\[([^\]|]*)((?:\|[^\]|@]*)*)(?:@(\d+))?\]")
SIZES = [(80, 24), (120, 40), (200, 60)]

Make = Callable[..., Review]


def made(marked: str, name: str = "a.txt", rule: Rule = Rule.SYNONYM) -> Review:
    """The review that a marked text describes."""
    text, at, findings = "", 0, []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match[1]))
        text += match[1]
        at = match.end()
        wordings = match[2].split("|")[1:]
        confidence = int(match[3] or 90) / 100
        candidates = tuple(
            Candidate(Edit(span, match[1], wording), "WordNet", 5.0 - n, confidence / (n + 1))
            for n, wording in enumerate(wordings)
        )
        findings.append(
            Finding(rule, span, "", confidence, Applicability.UNSAFE, "q" in match[1], candidates)
        )
    document = Document(name, text + marked[at:])
    assert document.sentences or not document.text.strip()  # cut now, not in the first key press
    return Review(document, tuple(findings), scorer="lm")


@pytest.fixture(scope="session")
def make() -> Make:
    return made


@pytest.fixture
def two(tmp_path: Path) -> tuple[list[Path], list[Review]]:
    """Two files, and a review of each with one finding."""
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    for path in paths:
        path.write_text("x y")
    return paths, [made("x [y|z]", str(path)) for path in paths]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same colours wherever the tests run."""
    monkeypatch.delenv("NO_COLOR", raising=False)


Open = Callable[..., AbstractAsyncContextManager[SimpleNamespace]]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Run the app over reviews (or entries) and hand over ``pilot``, ``screen`` and ``press``.

    ``press`` waits until every widget has heard of the key; the pilot's own one waits for an idle
    processor, which takes seconds on a busy machine.
    """
    from despin.tui.app import ReviewerApp
    from despin.tui.entries import Entry, Setup

    @asynccontextmanager
    async def run(  # type: ignore[no-untyped-def]
        *reviews: object,
        size: tuple[int, int] = (120, 40),
        notifications: bool = False,
        **setup: object,
    ):
        entries = [
            Entry(each.document.id, each.document.id, review=each)
            if isinstance(each, Review)
            else each
            for each in reviews
        ]
        setup = {"state": tmp_path / "state", "explain": False} | setup
        app = ReviewerApp(Setup(entries, **setup))  # type: ignore[arg-type]
        async with app.run_test(size=size, notifications=notifications) as pilot:
            await pilot.pause()
            screen = app.screen

            async def press(*keys: str) -> None:
                for key in keys:
                    before = app.screen
                    name = _character_to_key(key) if len(key) == 1 else key
                    app.post_message(events.Key(name, key if len(key) == 1 else None))
                    for _ in range(2):  # once for the widget, once for what it has told others
                        heard = asyncio.Event()
                        app.call_later(heard.set)
                        while app.return_code is None and not heard.is_set():
                            await asyncio.sleep(0.001)
                        await pilot.pause(0)
                    if app.screen is not before:
                        await pilot.pause()
                await pilot.pause(0)

            yield SimpleNamespace(app=app, pilot=pilot, screen=screen, press=press)

    return run
