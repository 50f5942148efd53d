"""Where there is little room, what must be seen is seen."""

from dataclasses import replace

import pytest

from despin.tui.entries import Target
from despin.tui.loading import Arrived
from despin.tui.session import Phase
from despin.tui.widgets.choices import Choices

SMALL = [(40, 10), (60, 15), (80, 24)]


@pytest.fixture
def articles(make, tmp_path):
    """Twenty files with one finding each."""
    folder = tmp_path / "a folder with a rather long name"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text("x y")
    return [make("[x|w] y", str(folder / f"{number}.txt")) for number in range(20)]


async def test_the_heading_says_that_files_are_still_being_scored(opened, make):
    many = " ".join("[x|w]" for _ in range(120))
    files = [make("x y", f"{n}.txt") for n in range(9)]
    async with opened(make(many, "article.txt"), *files, size=(80, 24)) as run:
        session = run.screen.session
        waiting = tuple(replace(file, phase=Phase.WAITING) for file in session.files[1:])
        run.screen.show(replace(session, files=(session.file, *waiting)))
        for keys, said in [("", "0 of 120 decided"), ("yy", "2 of 120 decided")]:
            await run.press(*keys)
            text = str(run.screen.query_one("#heading").render())
            assert text.startswith("article.txt ")
            assert "scoring" in text
            assert "1/10" in text
            assert said in text
        assert "unsaved" in text


def box(run):
    return run.app.screen.query_one(".box")


@pytest.mark.parametrize("small", SMALL, ids=str)
@pytest.mark.parametrize("keys", ["S", "o", "f", "e", "A", "slash", "y q", "S enter"], ids=str)
async def test_every_part_of_a_dialog_is_on_the_screen(opened, articles, small, keys):
    async with opened(*articles, size=small) as run:
        await run.press(*keys.split())
        inside = box(run).content_region
        for part in box(run).children:
            assert inside.contains_region(part.region), part
            assert part.region.height, part
        for choices in run.app.screen.query(Choices):
            await run.press("G")
            assert choices.highlighted == choices.option_count - 1
            assert choices.scroll_offset.y == choices.max_scroll_y


@pytest.mark.parametrize("small", SMALL, ids=str)
async def test_a_long_reason_leaves_the_choices_in_sight(opened, make, tmp_path, small):
    folder = tmp_path / ("long name " * 20)
    folder.mkdir()
    (folder / "a.txt").write_text("x y")
    review = make("[x|w] y", str(folder / "a.txt"))
    async with opened(review, target=Target(write=True), size=small) as run:
        (folder / "a.txt").write_text("someone else's")
        await run.press("y", "ctrl+s")
        choices = run.app.screen.query_one(Choices)
        assert box(run).content_region.contains_region(choices.region)
        assert choices.region.height == 2


def listed(run):
    options = run.app.screen.query_one(Choices).options
    return [" ".join(str(option.prompt).split()) for option in options]


async def test_the_list_over_the_article_follows_what_arrives(opened, make):
    async with opened(make("[x|w]", "a.txt"), make("[x|w]", "b.txt"), size=(80, 24)) as run:
        session = run.screen.session
        waiting = replace(session.files[1], phase=Phase.WAITING, review=None)
        run.screen.show(session.with_file(1, waiting))
        await run.press("o", "j")
        assert listed(run) == ["a.txt 0/1", "… b.txt waiting"]
        run.screen.post_message(Arrived(1, make("[x|w] [y|z]", "b.txt"), Phase.SCORED))
        await run.press("k", "j")
        assert listed(run) == ["a.txt 0/1", "b.txt 0/2"]
        await run.press("enter")
        assert run.screen.session.at == 1
