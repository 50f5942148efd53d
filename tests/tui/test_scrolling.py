"""The finding in focus is in sight, whatever else happens."""

import pytest

from despin.review import Review
from despin.tui.loading import Arrived
from despin.tui.session import Phase

TEXT = "The [site|place] [was|is] [shut|closed] [now|then].\n\nA [quay|dock], a [spot|site]. [x|y]"


def painted(run):
    article = run.screen.query_one("#article")
    return [article.render_line(y).text for y in range(article.size.height)]


@pytest.mark.parametrize("keys", ["|", "||", "||-", "|||", "||u", "||yu"])
async def test_a_view_longer_than_the_screen_opens_at_the_focus(opened, make, keys):
    async with opened(make(TEXT), size=(80, 24)) as run:
        await run.press(*"Gk", "n", *keys)
        assert sum(line.startswith("▶") for line in painted(run)) == 1


async def test_of_an_edit_longer_than_the_screen_the_first_line_is_in_sight(opened, make):
    long = "a very long wording " * 99
    async with opened(make(f"{'x y ' * 400}\n[one|{long}] and [two|three]."), size=(80, 24)) as run:
        await run.press("y", "k", "K")
        for _ in range(3):
            assert "one→" in "".join(line for line in painted(run) if line.startswith("▶"))
            await run.press("|")
            run.screen.paint()
            await run.press("|", "|")


async def test_what_comes_of_another_file_moves_nobody_who_reads(opened, make):
    article = make(f"The [site|place] shut. {'x y z ' * 900}")
    other = make("[one|two]", "b.txt")
    async with opened(article, Review(other.document), size=(80, 24)) as run:
        await run.press("pagedown", "pagedown")
        at = run.screen.query_one("#article").scroll_offset
        assert at.y > 0
        run.screen.post_message(Arrived(1, other, Phase.SCORED))
        await run.pilot.pause()
        assert run.screen.session.files[1].findings
        assert run.screen.query_one("#article").scroll_offset == at
        await run.press("g")
        assert run.screen.query_one("#article").scroll_offset.y == 0


async def test_a_panel_that_was_scrolled_stays_until_another_finding_is_in_focus(opened, make):
    article = make(f"{'word ' * 300} [site|place] {'word ' * 300}. [x|y]")
    async with opened(article, make("[one|two]", "b.txt"), size=(120, 24)) as run:
        panel = run.screen.query_one("#finding")
        panel.scroll_to(y=5, animate=False)
        run.screen.paint()
        assert panel.scroll_offset.y == 5
        await run.press("j")
        assert panel.scroll_offset.y == 0
