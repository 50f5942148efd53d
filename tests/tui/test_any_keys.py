"""Any sequence of keys leaves a review whose result is its accepted edits applied."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from despin.edit import apply
from despin.tui.app import ReviewerApp
from despin.tui.entries import Entry, Setup, Target
from despin.tui.keymap import COMMANDS

KEYS = sorted({key for command in COMMANDS for key in command.keys.split(",")} - {"q", "ctrl+s"})
OTHERS = ["escape", "enter", "tab", "backspace", "x", "pagedown", "ctrl+s", "q"]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(KEYS * 3 + OTHERS), max_size=25), st.sampled_from([70, 130]))
def test_any_sequence_of_keys(make, opened, monkeypatch, keys, columns):
    reviews = [
        make("A [site|place|spot@35] was [shut|closed].\n\n[Share this|] The [quay|] x [no].", "1"),
        make("The [Site|Place] [quick|fast] ended.", "2"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.chdir(folder)
        asyncio.run(_press(reviews, keys, columns, Path(folder)))


async def _press(reviews, keys, columns, folder):
    entries = [Entry(r.document.id, r.document.id, review=r) for r in reviews]
    target = Target(reviews=folder / "saved.jsonl")
    app = ReviewerApp(Setup(entries, state=folder / "state", target=target, explain=False))
    async with app.run_test(size=(columns, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        for key in keys:
            if not app.is_running or app._exit:
                break
            await pilot.press(key) if key in OTHERS else await _quick(app, pilot, key)
            for file in screen.session.files:
                accepted = [d.edit for d in file.review.decisions if d.edit is not None]
                assert file.review.result() == apply(file.review.document.text, accepted)
    if app._exception:
        raise app._exception


async def _quick(app, pilot, key):
    from textual import events
    from textual.keys import _character_to_key

    name = _character_to_key(key) if len(key) == 1 else key
    app.post_message(events.Key(name, key if len(key) == 1 else None))
    await pilot.pause(0)


async def test_what_is_kept_of_the_painting_is_as_painted_anew(opened, make):
    text = "\n\n".join(
        f"Line {n}: [one|another] and [two|far more|2] [three|] end." for n in range(30)
    )
    async with opened(make(text), size=(80, 24)) as run:
        article = run.screen.query_one("#article")
        for key in "yjn2J|ynu|yu|=uGykD" + "yj|y|-+gy":
            await run.press(key)
            kept = {row: list(strip) for row, strip in article._strips.items()}
            article._strips.clear()
            top = article.scroll_offset.y
            anew = {row: list(article.render_line(row - top)) for row in kept}
            assert kept == anew, key
