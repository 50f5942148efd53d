"""The finding in focus stands between brackets, whatever it is written in."""

import pytest

from despin.tui.runs import width

CHINESE = "北京的[桥梁|大桥]已经[关闭|封闭]，市议会说。" * 6


def painted(run):
    article = run.screen.query_one("#article")
    return [article.render_line(y).text for y in range(article.size.height)]


async def test_spaces_become_brackets_and_nothing_moves(opened, make):
    async with opened(make("The [site|place] was [shut|closed].")) as run:
        assert painted(run)[0].startswith("▶ The‹site›was shut.")
        await run.press("J")
        assert painted(run)[0].startswith("▶ The site was shut.")


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (160, 45)], ids=str)
async def test_brackets_are_put_in_between_wide_characters(opened, make, size):
    async with opened(make(CHINESE), size=size) as run:
        article = run.screen.query_one("#article")
        bare = "".join(line.strip(" ▶‹›") for line in painted(run))
        for number in range(12):
            lines = painted(run)
            assert all(width(line) == article.size.width for line in lines)
            text = "".join(line.strip(" ▶") for line in lines).replace("›‹", "")
            assert f"‹{'关闭' if number % 2 else '桥梁'}›" in text
            assert text.replace("‹", "").replace("›", "") == bare.replace("‹", "").replace("›", "")
            await run.press("J")


async def test_the_gutter_stays_where_it_is(opened, make, size):
    async with opened(make(CHINESE), size=size) as run:
        await run.press("y", "k", "vertical_line")
        for _ in range(4):
            lines = [line for line in painted(run) if "│" in line]
            assert "‹" in "".join(lines)
            assert len({width(line.partition("│")[0]) for line in lines}) == 1
            await run.press("J")


async def test_a_sentence_mark_beside_the_words_is_not_covered(opened, make):
    async with opened(make("(The [site|place]) “[shut|closed]”")) as run:
        assert "site)" in painted(run)[0]
        await run.press("J")
        assert "“shut”" in painted(run)[0]


async def test_spaces_at_the_ends_of_the_words_become_brackets(opened, make):
    async with opened(make("for the[ the|] pier, “So,”[ that|] he said word[ |], here")) as run:
        for line in (
            "▶ for the‹the›pier, “So,” that he said word , here",
            "▶ for the the pier, “So,”‹that›he said word , here",
            "▶ for the the pier, “So,” that he said word , here",
        ):
            assert painted(run)[0].startswith(line)
            await run.press("J")


async def test_what_is_accepted_stands_between_two_brackets(opened, make):
    async with opened(make("for [the surgery |an operation ]was")) as run:
        await run.press("y", "K")
        assert painted(run)[0].rstrip() == "▶ for‹the surgery→an operation›was"
