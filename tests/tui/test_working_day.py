"""What an editor meets who works with the reviewer all day."""

import json
import os

import pytest

from despin.finding import Rule
from despin.review import Verdict
from despin.tui import changes, likes, moves
from despin.tui.entries import Target, of_reviews
from despin.tui.saving import into_reviews
from despin.tui.screens.asking import Choose
from despin.tui.session import File, Filter, Phase, Session
from despin.wire import checked, parsed

FOUR = "[one|1] [two|2] [three|3] [four|4]"


def verdicts(screen, file=0):
    return "".join(str(d.verdict)[0] for d in screen.session.files[file].review.decisions)


def told(run):
    return run.screen.said


def asked(run):
    return str(run.app.screen.query_one(".question").render())


@pytest.mark.parametrize(
    ("keys", "decided"),
    [("y", "aooo"), ("n", "rooo"), ("1", "aooo"), ("i", "rooo"), ("space", "aooo")],
)
async def test_what_is_decided_under_a_filter_stays_decided(opened, make, keys, decided):
    async with opened(make(FOUR)) as run:
        await run.press("f", "space", "enter")
        assert run.screen.session.filter.undecided
        await run.press(keys)
        assert verdicts(run.screen) == decided
        assert run.screen.session.focus == 1
        await run.press("u")
        assert verdicts(run.screen) == "oooo"


async def test_the_last_one_under_a_filter_leaves_nothing_in_focus(opened, make):
    async with opened(make("[one|1]")) as run:
        await run.press("f", "space", "enter", "y")
        assert (verdicts(run.screen), run.screen.session.focus) == ("a", None)


async def test_all_later_under_a_filter_goes_on_to_those_before(opened, make):
    async with opened(make(FOUR)) as run:
        await run.press("f", "space", "enter", "j", "j", "A", "y")
        assert (verdicts(run.screen), run.screen.session.focus) == ("ooaa", 1)


async def test_arrows_move_between_findings_of_a_long_text(opened, make):
    text = "\n\n".join(f"Paragraph {n} has [one|1] word." for n in range(80))
    async with opened(make(text), size=(80, 24)) as run:
        for key, focus in [("down", 1), ("down", 2), ("up", 1), ("end", 79), ("home", 0)]:
            await run.press(key)
            assert run.screen.session.focus == focus, key
        await run.press("pagedown", "pagedown")
        assert run.screen.query_one("#article").scroll_target_y > 0
        assert run.screen.session.focus == 0


async def test_own_words_keep_the_line_break_of_the_wording(opened, make):
    review = make("a [counterfeit\r\nmind|artificial\r\nintelligence] tool")
    async with opened(review) as run:
        await run.press("e")
        assert run.app.screen.query_one("Input").value == "artificial⏎intelligence"
        await run.press("s", "enter")
        assert run.screen.session.file.review.result() == "a artificial\r\nintelligences tool"


async def test_own_words_are_not_glued_to_the_word_before(opened, make):
    review = make("in the[ the|] harbour", rule=Rule.DOUBLED_WORD)
    async with opened(review) as run:
        await run.press("e", *"old", "enter")
        assert run.screen.session.file.review.result() == "in the old harbour"


def test_ignoring_words_leaves_what_was_accepted_before(make):
    review = make("[stated|said] and [stated|said] and [stated|said]")
    session = Session((File("a.txt", review, Phase.SCORED),))
    session = moves.focus(changes.decide(session, Verdict.ACCEPTED), 2)
    after = likes.reject_alike(session, "ignore here", everywhere=False)
    assert [str(d.verdict)[0] for d in after.file.review.decisions] == ["a", "r", "r"]


async def test_one_file_that_cannot_be_saved_leaves_the_others_saved(opened, two):
    paths, reviews = two
    async with opened(*reviews, target=Target(write=True)) as run:
        await run.press("y", "y")
        paths[0].write_text("someone else's")
        await run.press("ctrl+s")
        assert [path.read_text() for path in paths] == ["someone else's", "x z"]
        assert run.screen.session.unsaved == (0,)
        assert "changed on disk" in asked(run)
        assert "Saved 1 file" in told(run)


async def test_a_review_is_not_saved_over_an_article(opened, make, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x y")
    async with opened(make("x [y|z]", str(path)), target=Target(reviews=path)) as run:
        await run.press("y", "ctrl+s")
        assert path.read_text() == "x y"
        assert "is an original" in asked(run)


@pytest.fixture
def saved(make, tmp_path):
    """A file of reviews, saved a while ago."""
    path = tmp_path / "r.jsonl"
    into_reviews(path, [make("[a|b] [c|d] [e|f]").decide(0, Verdict.ACCEPTED)])
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def entries(path):
    lines = path.read_text("utf-8").splitlines()
    return of_reviews(path, [checked(parsed(line.encode())) for line in lines])


async def test_rejections_in_a_file_of_reviews_are_not_left_behind_unasked(opened, saved):
    async with opened(*entries(saved), target=Target(reviews=saved)) as run:
        await run.press("n", "q")
        assert isinstance(run.app.screen, Choose)
        await run.press("escape", "ctrl+s", "q")
        assert run.app.return_code == 0
    decided = [d["verdict"] for d in json.loads(saved.read_text())["decisions"]]
    assert decided == ["accepted", "rejected", "open"]


async def test_what_was_changed_in_a_file_of_reviews_and_not_saved_comes_back(opened, saved):
    async with opened(*entries(saved), target=Target(reviews=saved)) as run:
        await run.press("g", "n")
    async with opened(*entries(saved), target=Target(reviews=saved)) as run:
        assert verdicts(run.screen) == "roo"


async def test_what_others_have_saved_later_counts_more(opened, saved, make):
    async with opened(*entries(saved), target=Target(reviews=saved)) as run:
        await run.press("g", "n")
    into_reviews(saved, [make("[a|b] [c|d] [e|f]").decide(0, Verdict.ACCEPTED)])
    async with opened(*entries(saved), target=Target(reviews=saved)) as run:
        assert verdicts(run.screen) == "aoo"


async def test_leaving_by_textuals_own_key_asks_too(opened, make):
    async with opened(make(FOUR)) as run:
        await run.press("y", "ctrl+q")
        assert isinstance(run.app.screen, Choose)


@pytest.mark.parametrize("key", ["e", "f", "question_mark", "q"])
async def test_leaving_by_textuals_own_key_asks_whatever_box_is_open(opened, make, key):
    async with opened(make(FOUR)) as run:
        await run.press("y", key)
        boxed = run.app.screen
        assert boxed is not run.screen
        await run.press("ctrl+q")
        assert isinstance(run.app.screen, Choose)
        assert run.app.screen is not boxed
        await run.press("escape")
        assert run.app.screen is run.screen


def test_a_filter_for_undecided_ones_admits_no_others(make):
    review = make("[a|b]").decide(0, Verdict.ACCEPTED)
    assert not Filter(undecided=True).admits(review.findings[0], review.decisions[0])


async def test_decisions_that_no_journal_keeps_are_not_said_to_be_kept(opened, make, tmp_path):
    (tmp_path / "file").write_text("")
    async with opened(make(FOUR), state=tmp_path / "file" / "x") as run:
        await run.press("y", "q")
        texts = [str(option.prompt) for option in run.app.screen.query_one("Choices").options]
        assert "Quit; the decisions are lost" in texts


@pytest.mark.parametrize("key", "yn13eiIcAD=gGjJk[]u")
async def test_a_key_that_does_nothing_says_why(opened, make, key, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with opened(make("The [site|place@20] shut.", str(tmp_path / "a.txt"))) as run:
        before = run.screen.session
        await run.press(key)
        assert run.app.screen is run.screen
        assert run.screen.session == before
        assert run.screen.said
    assert not (tmp_path / "despin.toml").exists()
