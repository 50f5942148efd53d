"""Saving elsewhere, and again: by keys."""

import json
from dataclasses import replace

import pytest
from textual.widgets import Input

from despin.cli.opening import opened_reviews
from despin.tui.entries import Target
from despin.tui.saving import into_reviews
from despin.tui.screens.asking import Choose, Confirm, Prompt
from despin.tui.widgets.choices import Choices


@pytest.fixture
def article(make, tmp_path, monkeypatch):
    """One file with two findings, and the folder that it lies in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x y")
    return make("[x|w] [y|z]", str(tmp_path / "a.txt"))


@pytest.fixture
def page(make, tmp_path):
    path = tmp_path / "p.html"
    path.write_text("<p>x y</p>")
    review = make("[x|w] y", str(path))
    return replace(review, document=replace(review.document, meta={"extracted-from": "html"}))


def told(run):
    return run.screen.said


def asked(run):
    return str(run.app.screen.query_one(".question").render())


def offered(run):
    return [option.id for option in run.app.screen.query_one(Choices).options]


async def choose(run, kind, path=None):
    """Choose a kind, and with a ``path`` type that."""
    await run.press(*"j" * offered(run).index(kind), "enter")
    if path is not None:
        run.app.screen.query_one(Input).value = str(path)
        await run.press("enter")


async def test_there_is_another_place_with_write(opened, article, tmp_path, size):
    async with opened(article, target=Target(write=True), size=size) as run:
        await run.press("y", "S")
        await choose(run, "text", tmp_path / "b.txt")
        assert (tmp_path / "b.txt").read_text() == "w y"
        assert (tmp_path / "a.txt").read_text() == "x y"
        assert told(run)[-1] == f"Saved as {tmp_path / 'b.txt'}"
        await run.press("y", "ctrl+s")
        assert (tmp_path / "b.txt").read_text() == "w z"
        assert (tmp_path / "a.txt").read_text() == "x y"


async def test_the_palette_has_it(opened, article):
    async with opened(article) as run:
        titles = [command.title for command in run.app.get_system_commands(run.screen)]
        assert "Save as …: another folder, file or review" in titles


async def test_an_original_is_refused_and_the_path_asked_for_again(opened, article, tmp_path):
    async with opened(article) as run:
        await run.press("y", "S")
        await choose(run, "text", tmp_path / "a.txt")
        assert "is an original" in told(run)[-1]
        assert isinstance(run.app.screen, Prompt)
        assert run.app.screen.query_one(Input).value == str(tmp_path / "a.txt")
        assert (tmp_path / "a.txt").read_text() == "x y"


@pytest.mark.parametrize("kind", ["text", "reviews", "folder"])
async def test_what_is_there_is_overwritten_only_after_a_question(opened, article, tmp_path, kind):
    there = tmp_path / "out" / "a.txt"
    there.parent.mkdir()
    there.write_text("mine")
    path = there.parent if kind == "folder" else there
    async with opened(article) as run:
        await run.press("y", "S")
        await choose(run, kind, path)
        assert isinstance(run.app.screen, Confirm)
        assert "out/a.txt is there already. Overwrite it?" in asked(run).replace("\n", "")
        await run.press("n")
        assert there.read_text() == "mine"
        assert isinstance(run.app.screen, Prompt)
        await run.press("enter", "y")
        assert there.read_text() != "mine"


async def test_saved_again_without_a_question(opened, article, tmp_path):
    async with opened(article) as run:
        await run.press("y", "ctrl+s")
        await choose(run, "folder", tmp_path / "out")
        assert (tmp_path / "out" / "a.txt").read_text() == "w y"
        await run.press("y", "ctrl+s")
        assert run.app.screen is run.screen
        assert (tmp_path / "out" / "a.txt").read_text() == "w z"
        await run.press("ctrl+s")
        assert run.app.screen is run.screen


async def test_with_nothing_decided_there_is_no_question(opened, article):
    async with opened(article) as run:
        await run.press("ctrl+s")
        assert run.app.screen is run.screen
        assert told(run) == ["Nothing has been decided yet"]
        await run.press("S")
        assert isinstance(run.app.screen, Choose)


async def test_a_failed_save_offers_another_place(opened, article, tmp_path):
    async with opened(article, target=Target(write=True)) as run:
        (tmp_path / "a.txt").write_text("someone else's")
        await run.press("y", "q", "enter")
        assert "changed on disk" in asked(run)
        await run.press("enter")
        await choose(run, "folder", tmp_path / "out")
        assert (tmp_path / "out" / "a.txt").read_text() == "w y"
        assert (tmp_path / "a.txt").read_text() == "someone else's"
        assert run.app.return_code == 0


async def test_another_place_takes_only_what_could_not_be_saved(opened, two, tmp_path):
    paths, reviews = two
    async with opened(*reviews, target=Target(write=True)) as run:
        await run.press("y", "y")
        paths[0].write_text("someone else's")
        await run.press("ctrl+s", "enter")
        await choose(run, "folder", tmp_path / "out")
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]
        assert run.screen.unsaved() == ()
        assert run.screen.target == Target(write=True)
        await run.press("[", "u", "n", "u", "y", "ctrl+s")
        assert run.app.screen is run.screen
        assert paths[0].read_text() == "someone else's"


async def test_web_pages_are_not_offered_to_be_overwritten(opened, page, article, tmp_path):
    async with opened(page) as run:
        await run.press("y", "ctrl+s")
        assert offered(run) == ["folder", "text", "reviews"]
        await choose(run, "text")
        assert run.app.screen.query_one(Input).value == "p.despun.md"
    async with opened(page, article, target=Target(write=True), state=None) as run:
        await run.press("y", "y", "ctrl+s")
        assert (tmp_path / "a.txt").read_text() == "w y"
        assert "is a web page" in asked(run)
        assert "use --output" not in asked(run)


async def test_one_article_of_several_goes_into_a_file(opened, article, make, tmp_path):
    async with opened(make("[a|b]", "other.txt"), article) as run:
        await run.press("y", "y", "S")
        await choose(run, "text", tmp_path / "b.txt")
        assert (tmp_path / "b.txt").read_text() == "w y"
        assert run.screen.unsaved() == (0,)
        await run.press("ctrl+s")
        assert isinstance(run.app.screen, Choose)


@pytest.mark.parametrize("where", ["out", "", "other"])
async def test_what_was_saved_is_saved_in_the_next_session(opened, article, tmp_path, where):
    async with opened(article, target=Target(output=tmp_path / "out")) as run:
        await run.press("y", "ctrl+s")
    target = Target(output=tmp_path / where) if where else Target()
    async with opened(article, target=target) as run:
        assert run.screen.unsaved() == ((0,) if where == "other" else ())
        await run.press("y")
        assert run.screen.unsaved() == (0,)
    async with opened(article, target=Target(output=tmp_path / "out")) as run:
        assert run.screen.unsaved() == (0,)
    async with opened(article, target=Target(write=True)) as run:
        assert run.screen.unsaved() == (0,)


async def test_a_file_of_reviews_that_others_have_changed_is_not_overwritten(
    opened, article, tmp_path
):
    path = tmp_path / "r.jsonl"
    into_reviews(path, [article])
    async with opened(article, target=Target(reviews=path)) as run:
        await run.press("y", "ctrl+s", "y", "ctrl+s")
        assert path.read_text().count('"verdict":"accepted"') == 2
        path.write_text("theirs")
        await run.press("u", "n")
        for _ in range(2):
            await run.press("ctrl+s")
            assert "r.jsonl: has changed on disk" in asked(run).replace("\n", "")
            await run.press("escape")
            assert path.read_text() == "theirs"
        await run.press("S")
        await choose(run, "reviews", path)
        await run.press("y")
        assert "rejected" in path.read_text()
        await run.press("u", "ctrl+s")
        assert run.app.screen is run.screen


async def test_a_review_that_came_without_its_text_is_saved_without_it(opened, make, tmp_path):
    path = tmp_path / "r.jsonl"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x y")
    reviews = [make("[x|w] y", str(tmp_path / name)) for name in ("a.txt", "b.txt")]
    lines = [review.to_json(with_text=n > 0) for n, review in enumerate(reviews)]
    path.write_text("\n".join(lines))
    async with opened(*opened_reviews(path).entries, target=Target(reviews=path)) as run:
        await run.press("y", "y", "ctrl+s")
        saved = [json.loads(line) for line in path.read_text().splitlines()]
        assert [wire["text"] for wire in saved] == [None, "x y"]
        assert all(wire["decisions"][0]["verdict"] == "accepted" for wire in saved)
        await run.press("S")
        await choose(run, "reviews", tmp_path / "other.jsonl")
        assert (tmp_path / "other.jsonl").read_text() == path.read_text()


async def test_of_two_texts_with_one_name_none_is_lost(opened, make, tmp_path):
    path = tmp_path / "r.jsonl"
    reviews = [make("[x|w] y", "-"), make("[a|b] c", "b.txt"), make("[x|w] z", "-")]
    lines = [review.to_json() for review in reviews]
    path.write_text("\n".join([lines[0], lines[1], "nonsense", lines[2]]))
    found = opened_reviews(path)
    assert [e.review.document.text for e in found.entries] == ["x z", "a c"]
    (complaint,) = found.complaints
    assert "2 reviews left out: " in complaint
    assert complaint.endswith("line 1: another text of - comes later")
    async with opened(*found.entries, target=Target(reviews=path), kept=found.kept) as run:
        await run.press("y", "ctrl+s")
    saved = path.read_text().splitlines()
    assert [saved[0], *saved[2:]] == [lines[0], lines[1], "nonsense"]
    assert '"accepted"' in saved[1]
    path.write_text("\n".join([lines[1], lines[1]]))
    assert opened_reviews(path).complaints == ()


@pytest.mark.parametrize(
    ("opened_folder", "suggested"),
    [(".", "../{}-despun"), ("..", "../../{}-despun"), ("x", "despun")],
)
async def test_results_are_not_suggested_to_lie_among_what_is_opened(
    opened, article, tmp_path, opened_folder, suggested
):
    folder = (tmp_path / opened_folder).resolve()
    async with opened(article, folders=[folder]) as run:
        await run.press("y", "S")
        await choose(run, "folder")
        assert run.app.screen.query_one(Input).value == suggested.format(folder.name)


async def test_what_cannot_be_overwritten_is_not_offered_to_be_overwritten_again(
    opened, article, tmp_path
):
    async with opened(article, target=Target(write=True)) as run:
        (tmp_path / "a.txt").write_text("someone else's")
        await run.press("y", "ctrl+s", "enter")
        assert offered(run) == ["folder", "text", "reviews"]


async def test_names_and_paths_too_long_for_a_file_are_told_of(opened, make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with opened(make("x [y|z]", f"{'headline ' * 40}/{'of ' * 99}")) as run:
        await run.press("I")
        assert (tmp_path / "despin.toml").exists()
        await run.press("u", "y", "ctrl+s")
        assert offered(run) == ["folder", "text", "reviews"]
        await choose(run, "text", "n" * 300)
        assert "File name too long" in asked(run)
        await run.press("escape", "ctrl+s")
        await choose(run, "folder", "out")
        assert "File name too long" in asked(run)
        await run.press("escape", "ctrl+s")
        await choose(run, "reviews", "r.jsonl")
        assert run.screen.unsaved() == ()


@pytest.fixture
def three(make, tmp_path):
    """Three files, and a review of each with one finding."""
    paths = [tmp_path / f"{name}.txt" for name in "abc"]
    for path in paths:
        path.write_text(f"x {path.stem}")
    return paths, [make(f"[x|z] {path.stem}", str(path)) for path in paths]


async def test_a_file_that_took_one_text_is_given_no_other(opened, three, tmp_path):
    paths, reviews = three
    async with opened(*reviews, target=Target(write=True)) as run:
        await run.press("y", "y", "y", "[", "[")
        for path in paths[:2]:
            path.write_text("someone else's")
        await run.press("ctrl+s", "enter")
        await choose(run, "text", tmp_path / "a.new")
        assert run.screen.unsaved() == (1,)
        await run.press("]", "ctrl+s")
        assert "b.txt: has changed on disk" in asked(run)
        assert (tmp_path / "a.new").read_text() == "z a"


async def test_saving_one_of_several_and_quitting_asks_for_the_others(opened, three, tmp_path):
    async with opened(*three[1]) as run:
        await run.press("y", "y", "[", "[", "q", "enter")
        await choose(run, "text", tmp_path / "a.new")
        assert asked(run) == "Accepted changes in 1 file are not saved"
        await run.press("enter")
        await choose(run, "folder", tmp_path / "out")
        assert run.app.return_code == 0
        assert (tmp_path / "out" / "b.txt").read_text() == "z b"


async def test_an_original_that_is_as_decided_counts_as_saved(opened, article, tmp_path):
    async with opened(article) as run:
        await run.press("y", "ctrl+s")
        await choose(run, "folder", tmp_path / "out")
        await run.press("u")
        assert run.screen.unsaved() == (0,)
        await run.press("S")
        await choose(run, "write")
        assert told(run)[-1] == "The files are as decided already"
        assert run.screen.unsaved() == ()
    async with opened(article, target=Target(write=True)) as run:
        assert run.screen.unsaved() == ()
