"""The finding in focus is in sight, whatever else happens."""

import pytest

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
