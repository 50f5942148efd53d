"""Every key, at three sizes."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from despin.review import Verdict
from despin.text.language import REASON
from despin.tui import moves
from despin.tui.entries import Target
from despin.tui.keymap import COMMANDS, KeymapError, checked
from despin.tui.screens import base
from despin.tui.screens.asking import Choose, Confirm, Prompt
from despin.tui.screens.filtering import FilterScreen
from despin.tui.screens.helping import HelpScreen
from despin.tui.session import Filter
from despin.tui.views import View
from despin.tui.widgets.choices import Choices
from despin.tui.widgets.files import FileList

ONE = (
    "The [site|place|spot] was [shut|closed].\n\nA [quay|dock@35] and a [site|spot].\n\n[End|Stop]."
)


def verdicts(screen, file=0):
    return "".join(str(d.verdict)[0] for d in screen.session.files[file].review.decisions)


def result(screen, file=0):
    return screen.session.files[file].review.result().split("\n")[0]


async def test_deciding(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("y", "space", "n")
        assert verdicts(run.screen) == "aaroo"
        assert result(run.screen) == "The place was closed."
        await run.press("g", "2")
        assert result(run.screen) == "The spot was closed."
        assert run.screen.session.focus == 3


async def test_typing_own_words(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("e")
        assert isinstance(run.app.screen, Prompt)
        await run.press(*["backspace"] * 5, *"yard", "enter")
        assert result(run.screen) == "The yard was shut."
        await run.press("e", "escape")
        assert verdicts(run.screen) == "aoooo"


async def test_bare_letters_only_type_while_an_input_is_open(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("slash", *"ynuqADiI+-=?fjkgG|", "escape")
        assert verdicts(run.screen) == "ooooo"
        assert run.screen.session.focus == 0
        assert run.app.is_running


async def test_moving(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        for key, focus in [
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("G", 4), ("K", 3), ("J", 4),
            ("g", 0), ("end", 4), ("home", 0),
        ]:  # fmt: skip
            await run.press(key)
            assert run.screen.session.focus == focus, key
        await run.press("n", "n", "g", "j")
        assert run.screen.session.focus == 2
        await run.press("K")
        assert run.screen.session.focus == 1


async def test_all_later_asks_and_is_one_step(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("j", "A")
        assert isinstance(run.app.screen, Confirm)
        await run.press("n")
        assert verdicts(run.screen) == "ooooo"
        await run.press("A", "y")
        assert verdicts(run.screen) == "oaaaa"
        await run.press("u", "D", "y", "g")
        assert verdicts(run.screen) == "orrrr"
        await run.press("ctrl+z")
        assert verdicts(run.screen) == "ooooo"


async def test_undo_and_redo_over_mixed_actions(opened, make, size):
    async with opened(make(ONE), make("A [site|place].", "b.txt"), size=size) as run:
        await run.press("2", "n", "G", "e", *"!", "enter", "g", "equals_sign", "i")
        states = [(verdicts(run.screen), verdicts(run.screen, 1))]
        while run.screen.session.done:
            await run.press("u")
            states.append((verdicts(run.screen), verdicts(run.screen, 1)))
        assert states[-1] == ("ooooo", "o")
        for state in reversed(states[:-1]):
            await run.press("ctrl+r")
            assert (verdicts(run.screen), verdicts(run.screen, 1)) == state


async def test_alike_in_all_files(opened, make, size):
    async with opened(make(ONE), make("[Site|Area] x", "b.txt"), size=size) as run:
        await run.press("equals_sign")
        assert verdicts(run.screen) == "ooooo"
        await run.press("2", "g", "equals_sign")
        assert verdicts(run.screen) == "aooao"
        assert result(run.screen, 1) == "Spot x"


async def test_alike_right_after_deciding(opened, make, size):
    """The cursor has moved on by then: the last decision is the one that is meant."""
    async with opened(make(ONE), make("[Site|Area] x [quay|dock]", "b.txt"), size=size) as run:
        await run.press("2", "equals_sign")
        assert (verdicts(run.screen), verdicts(run.screen, 1)) == ("aooao", "ao")
        assert run.screen.session.focus == 1
        await run.press("u", "u", "n", "equals_sign")
        assert (verdicts(run.screen), verdicts(run.screen, 1)) == ("rooro", "ro")


async def test_alike_goes_on_from_what_it_decides(opened, make, size):
    async with opened(make("[a|b] [a|b] [a|b] [c|d]"), size=size) as run:
        await run.press("y", "equals_sign")
        assert verdicts(run.screen) == "aaao"
        assert run.screen.session.focus == 3


async def test_ignoring_here_and_allowing_everywhere(opened, make, size, tmp_path):
    (tmp_path / "despin.toml").write_text("# mine\n")
    first = make(ONE, str(tmp_path / "a.txt"))
    async with opened(first, make("[quay|dock] [site|x]", "b.txt"), size=size) as run:
        await run.press("i")
        assert (verdicts(run.screen), verdicts(run.screen, 1)) == ("rooro", "oo")
        await run.press("j", "I")
        assert (verdicts(run.screen), verdicts(run.screen, 1)) == ("rorro", "ro")
        assert (tmp_path / "despin.toml").read_text() == 'allow = ["quay"]\n# mine\n'
        await run.press("u")
        assert verdicts(run.screen, 1) == "oo"


def told(run):
    return " ".join(run.screen.said)


@pytest.mark.parametrize("before", [None, b"", b'# ours\r\nallow = ["old"]\r\n'])
async def test_undoing_takes_an_allowed_word_out_of_the_file_again(opened, make, tmp_path, before):
    path = tmp_path / "despin.toml"
    if before is not None:
        path.write_bytes(before)
    async with opened(make(ONE, str(tmp_path / "a.txt"))) as run:
        await run.press("I")
        with_it = path.read_bytes()
        assert b'"site"' in with_it
        for _ in range(2):
            await run.press("u")
            assert (path.read_bytes() if path.exists() else None) == before
            await run.press("ctrl+r")
            assert path.read_bytes() == with_it
        assert "stays allowed" not in told(run)


@pytest.mark.parametrize("meanwhile", [False, True])
async def test_undoing_says_that_the_file_keeps_a_word(opened, make, tmp_path, meanwhile):
    path = tmp_path / "despin.toml"
    path.write_text("" if meanwhile else 'allow = ["site"]\n')
    async with opened(make(ONE, str(tmp_path / "a.txt"))) as run:
        await run.press("I")
        path.write_text(path.read_text() + "# mine\n" * meanwhile)
        with_it = path.read_text()
        await run.press("u")
        assert verdicts(run.screen) == "ooooo"
        assert path.read_text() == with_it
        assert "“site” stays allowed" in told(run)


async def test_allowing_what_is_rejected_already_is_a_step_of_its_own(opened, make, tmp_path):
    path = tmp_path / "despin.toml"
    async with opened(make("[site|place] [quay|dock]", str(tmp_path / "a.txt"))) as run:
        await run.press("n", "g", "I")
        assert path.read_text() == 'allow = ["site"]\n'
        for _ in range(2):
            await run.press("u")
            assert "Undone: allow site" in told(run)
            assert (path.exists(), verdicts(run.screen)) == (False, "ro")
            await run.press("ctrl+r")
            assert (path.exists(), verdicts(run.screen)) == (True, "ro")
        await run.press("u", "u")
        assert (path.exists(), verdicts(run.screen)) == (False, "oo")


async def test_search(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("slash", *"dock", "enter")
        assert run.screen.session.focus == 2
        await run.press("slash", *["backspace"] * 4, *"spot", "enter")
        assert run.screen.session.focus == 3
        await run.press("ctrl+n")
        assert run.screen.session.focus == 0
        await run.press("slash", *["backspace"] * 4, *"nowhere", "enter")
        assert run.screen.session.focus == 0


async def test_next_match_goes_on_to_the_next_file(opened, make, size):
    reviews = [make("[site|place] shut.", "a.txt"), make("[quay|dock] and [pier|place].", "b.txt")]
    async with opened(*reviews, make("clean", "c.txt"), size=size) as run:
        await run.press("ctrl+n")
        assert told(run) == "Search for something first: / asks"
        await run.press("slash", *"place", "enter", "ctrl+n")
        assert (run.screen.session.at, run.screen.session.focus) == (1, 1)
        assert told(run).endswith("Next match: b.txt")
        await run.press("ctrl+n")
        assert (run.screen.session.at, run.screen.session.focus) == (0, 0)
        await run.press("slash", *["backspace"] * 5, *"nowhere", "enter")
        assert (run.screen.session.at, run.screen.session.focus) == (0, 0)
        assert told(run).endswith("No finding near “nowhere” in any file")


async def test_filter(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("n", "f")
        assert isinstance(run.app.screen, FilterScreen)
        await run.press("space", "enter")
        assert run.screen.session.filter == Filter(undecided=True)
        assert run.screen.session.visible() == (1, 2, 3, 4)
        await run.press("f", "j", "space", "enter")
        assert run.screen.session.visible() == (2,)
        await run.press("f", "escape")
        assert run.screen.session.visible() == (2,)
        await run.press("f", "x")
        assert len(run.screen.session.visible()) == 5


async def test_bar(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("plus", "plus")
        assert run.screen.session.visible() == (0, 1, 3, 4)
        await run.press("minus")
        assert run.screen.session.visible() == (0, 1, 2, 3, 4)


async def test_views(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        seen = []
        for _ in range(3):
            await run.press("vertical_line", "j", "y")
            seen.append(run.screen.view)
        assert seen == [View.SIDE_BY_SIDE, View.CHANGES, View.INLINE]


async def test_files(opened, make, size):
    reviews = [make(f"[a|b] {name}", f"{name}.txt") for name in "xyz"]
    async with opened(*reviews, size=size) as run:
        await run.press("right_square_bracket")
        assert run.screen.session.at == 1
        await run.press("left_square_bracket", "left_square_bracket")
        assert run.screen.session.at == 2
        await run.press("o")
        if size[0] < 100:
            assert isinstance(run.app.screen, Choose)
        else:
            assert isinstance(run.app.focused, FileList)
        await run.press("k", "k", "j", "enter")
        assert run.screen.session.at == 1
        await run.press("y")
        assert verdicts(run.screen, 1) == "a"


@pytest.mark.parametrize("key", ["escape", "o"])
async def test_the_list_of_files_can_be_left(opened, make, key):
    reviews = [make(f"[a|b] [c|d] {name}", f"{name}.txt") for name in "xyz"]
    async with opened(*reviews) as run:
        await run.press("o", "j", key, "j", "y")
        assert verdicts(run.screen) == "oa"
        assert run.screen.query_one(FileList).highlighted == 0


async def test_files_of_one_name_can_be_told_apart(opened, make):
    names = ("articles/may/index.txt", "articles/june/index.txt", f"articles/{'long/' * 20}a.txt")
    async with opened(*(make("[a|b]", name) for name in names), size=(120, 40)) as run:
        files = run.screen.query_one(FileList)
        lines = [str(option.prompt) for option in files.options]
        assert "may/index.txt" in lines[0]
        assert "june/index.txt" in lines[1]
        assert "…" in lines[2]
        assert "long/a.txt" in lines[2]
        assert "articles" not in lines[0]


async def test_next_goes_from_file_to_file(opened, make, size):
    reviews = [make(f"[a|b] {name}", f"{name}.txt") for name in "xyz"]
    async with opened(*reviews, size=size) as run:
        await run.press("y", "n", "y", "y")
        assert [verdicts(run.screen, file) for file in range(3)] == ["a", "r", "a"]


async def test_saving_asks_where(opened, make, size, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x y")
    async with opened(make("x [y|z]"), size=size) as run:
        await run.press("y", "ctrl+s")
        assert isinstance(run.app.screen, Choose)
        await run.press("enter", "enter")
        assert (tmp_path / "despun" / "a.txt").read_text() == "x z"
        assert (tmp_path / "a.txt").read_text() == "x y"
        await run.press("u", "n", "g", "y", "S", "j", "j", "enter", "enter")
        assert (tmp_path / "reviews.jsonl").read_text().count("\n") == 1
        await run.press("u", "g", "y", "S", "G", "enter")
        assert (tmp_path / "a.txt").read_text() == "x z"
        assert not run.screen.session.unsaved


async def test_a_home_folder_that_does_not_exist_is_said(opened, make):
    async with opened(make("x [y|z]")) as run:
        await run.press("y", "ctrl+s", "enter")
        run.app.screen.query_one(Input).value = "~nobody-of-this-name/x"
        await run.press("enter")
        assert any("no such home folder" in said for said in run.screen.said)
        assert run.screen.session.unsaved == (0,)


async def test_what_has_no_file_is_not_offered_to_be_overwritten(
    opened, make, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    async with opened(make("x [y|z]", "built-in.txt")) as run:
        await run.press("y", "ctrl+s")
        assert [option.id for option in run.app.screen.query_one(Choices).options] == [
            "folder",
            "text",
            "reviews",
        ]


async def test_the_palette_says_the_keys(opened, make):
    async with opened(make(ONE), keys={"accept": "a,enter"}) as run:
        told = {c.title: c.help for c in run.app.get_system_commands(run.screen)}
        assert told["Accept the proposal"] == "Decide · a enter"
        assert told["Next undecided finding"] == "Move · j ↓"


async def test_saving_over_the_original_when_asked_to(opened, make, size, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x y")
    review = make("x [y|z]", str(path))
    async with opened(review, size=size, target=Target(write=True)) as run:
        await run.press("y", "ctrl+s")
        assert path.read_text() == "x z"
        await run.press("u", "ctrl+s")
        assert path.read_text() == "x y"


async def test_quitting(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("y", "q", "escape")
        assert run.app.is_running
        await run.press("q", "j", "enter")
        assert run.app.return_code == 0
    async with opened(make(ONE, "other.txt"), size=size) as run:
        await run.press("n", "q")
        assert run.app.return_code == 0


async def test_quitting_can_save_first(opened, make, size, tmp_path):
    target = Target(reviews=tmp_path / "r.jsonl")
    async with opened(make(ONE), size=size, target=target) as run:
        await run.press("y", "q", "enter")
        assert run.app.return_code == 0
    assert "accepted" in (tmp_path / "r.jsonl").read_text()


def help_lines(screen):
    """The lines of the help as they are painted."""
    parts = screen.query("VerticalScroll Static")
    return [part.render_line(y).text for part in parts for y in range(part.size.height)]


async def test_help_wraps_within_its_column(opened, make):
    async with opened(make(ONE), size=(40, 24)) as run:
        await run.press("question_mark")
        lines = help_lines(run.app.screen)
        at = next(n for n, line in enumerate(lines) if line.startswith("A "))
        assert lines[at].split() == ["A", "Accept", "all", "from"]
        assert lines[at + 1].startswith(" " * 13 + "here to")


async def test_help_lists_every_command_and_closes(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("question_mark")
        assert isinstance(run.app.screen, HelpScreen)
        text = " ".join(" ".join(help_lines(run.app.screen)).split())
        named = [c.help for c in COMMANDS if not c.id.startswith("candidate.")]
        assert all(each in text for each in named)
        await run.press("j", "k", "question_mark")
        assert run.app.screen is run.screen


async def test_help_says_how_to_leave_it(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("question_mark")
        screen = run.app.screen
        hint = screen.query_one(".hint")
        assert screen.query_one(".box").content_region.contains_region(hint.region)
        assert hint.region.height == 1


async def test_copying(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("y", "g", "c")
        assert run.app.clipboard == "The place was shut."


async def test_the_palette_runs_commands(opened, make):
    async with opened(make(ONE)) as run:
        await run.press("ctrl+p", *"accept the proposal")
        await run.pilot.pause(0.5)
        await run.press("enter")
        await run.pilot.pause(0.2)
        assert verdicts(run.screen) == "aoooo"


async def test_the_mouse_picks_findings_alternatives_and_keys(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.pilot.click("#article", offset=(16, 0))
        assert run.screen.session.focus == 1
        await run.pilot.click("#article", offset=(7, 0))
        assert run.screen.session.focus == 0
        panel = run.screen.query_one("#finding")
        row = next(n for n, line in enumerate(panel.lines) if any(r.text == "2" for r in line))
        column = next(
            sum(len(r.text) for r in panel.lines[row][:n])
            for n, run_ in enumerate(panel.lines[row])
            if run_.text == "2"
            for r in [run_]
        )
        await run.pilot.click("#finding", offset=(column + 3, row))
        await run.pilot.pause()
        assert result(run.screen) == "The spot was shut."
        await run.pilot.click("#keys", offset=(2, 0))
        await run.pilot.pause()
        assert verdicts(run.screen) == "aaooo"


async def test_keys_can_be_remapped(opened, make):
    async with opened(make(ONE), keys={"accept": "a,enter", "quit": "ctrl+q"}) as run:
        await run.press("y")
        assert verdicts(run.screen) == "ooooo"
        await run.press("a", "enter")
        assert verdicts(run.screen) == "aaooo"
        assert "a accept" in str(run.screen.query_one("#keys").render())


async def test_sentences_name_the_users_own_keys(opened, make):
    mine = {"accept": "a", "edit": "w", "bar-down": "v", "filter": "t", "search": "s"}
    mine |= {"alike": "l", "candidate.1": "p"}

    def panel():
        lines = run.screen.query_one("#finding").lines
        return " ".join(part.text for line in lines for part in line)

    async with opened(make("[one]"), make("[two|2@20]", "b.txt"), keys=mine, new_here=True) as run:
        assert "New here? a accepts, n keeps as written" in panel()
        for key, said in {"a": "w types your own", "l": "l then does", "ctrl+n": "s asks"}.items():
            await run.press(key)
            assert said in run.screen.said[-1]
        await run.press("]")
        assert "v shows 1 weaker" in panel()
        run.screen.show(moves.with_filter(run.screen.session, Filter(undecided=True)))
        assert "t changes the filter" in panel()
        await run.press("question_mark")
        assert any(line.startswith("p  ") for line in help_lines(run.app.screen))


def test_a_command_that_does_not_exist_is_refused():
    with pytest.raises(KeymapError, match="there are accept"):
        checked({"acept": "a"})


def test_ids_and_keys_are_unique():
    ids = [command.id for command in COMMANDS]
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert len(ids) == len(set(ids))
    assert len(keys) == len(set(keys))


async def test_the_bar_shows_only_what_works_now(opened, make, size):
    async with opened(make("clean"), size=size) as run:
        text = str(run.screen.query_one("#keys").render())
        assert "accept" not in text
        assert "undo" not in text
        assert "q quit" in text
    async with opened(make(ONE), size=size) as run:
        await run.press("y")
        text = str(run.screen.query_one("#keys").render())
        assert "y accept" in text
        assert "u undo" in text


async def test_heading_counts(opened, make, size):
    async with opened(make(ONE), size=size) as run:
        await run.press("y", "n")
        text = str(run.screen.query_one("#heading").render())
        assert "a.txt" in text
        assert "3/5" in text
        assert "2 of 5 decided · 1 accepted" in text


async def test_heading_counts_with_many_files_too(opened, make, size):
    many = [make(ONE, f"articles/number-{n}.txt") for n in range(12)]
    async with opened(*many, size=size) as run:
        await run.press("y")
        text = str(run.screen.query_one("#heading").render())
        assert "number-0.txt" in text
        assert "1 of 5 decided · 1 accepted" in text


async def test_heading_and_list_say_why_there_is_nothing_to_decide(opened, make, size):
    foreign = replace(make("Das ist kein Englisch.", "b.txt"), notes=(REASON,))
    async with opened(make("Fine."), foreign, make("[a|b] [c|d]", "c.txt"), size=size) as run:
        heading = run.screen.query_one("#heading")
        said = []
        for _ in range(3):
            said.append(" ".join(str(heading.render()).split()))
            await run.press("right_square_bracket")
        assert [text.partition("≥")[0].strip() for text in said] == [
            "a.txt file 1/3 clean",
            "b.txt file 2/3 not checked",
            "c.txt file 3/3 1/2 0 of 2 decided · 0 accepted",
        ]
        await run.press("o")
        if size[0] < 100:
            options = run.app.screen.query_one(Choices).options
            lines = [" ".join(str(option.prompt).split()) for option in options]
            assert lines == ["✓ a.txt clean", "! b.txt not checked", "c.txt 0/2"]


async def test_what_is_said_takes_the_place_of_what_was_said(opened, make):
    async with opened(make(ONE)) as run:
        await run.press(*"+-+-")
        assert told(run) == "Showing 5 findings at 30 % or surer"
        await run.press("9", "plus", "9", "plus")
        assert told(run) == "Showing 4 findings at 40 % or surer"
        run.screen.tell("It burns", wrong=True)
        await run.press("minus", "9")
        assert told(run) == "It burns There is no alternative 9"


async def test_several_decisions_are_counted_as_findings(opened, make):
    async with opened(make("[a|b] [c|d] [e|f]")) as run:
        await run.press("A", "y")
        assert told(run) == "Decided: 3 findings"
        await run.press("u")
        assert told(run) == "Undone: accept all later (3 findings)"


async def test_what_is_said_does_not_hide_the_finding(opened, make):
    async with opened(make(ONE), size=(80, 24), notifications=True) as run:
        run.screen.tell("It burns", wrong=True)
        await run.pilot.pause(0.2)
        (toast,) = run.screen.query("Toast")
        assert toast.region.bottom <= run.screen.query_one("#finding").region.y
        assert toast.region.y > 0


async def test_what_is_said_stands_in_the_bottom_line_for_a_while(opened, make, monkeypatch, size):
    async with opened(make(ONE), size=size, notifications=True) as run:
        bar = run.screen.query_one("#keys")
        keys = bar.render().plain
        await run.press("minus")
        line = bar.render().plain
        assert line.endswith(" Showing 5 findings at 25 % or surer ")
        assert len(line) == size[0] - 2
        assert line.startswith("y accept  n reject  ")
        assert not run.screen.query("Toast")
        monkeypatch.setattr(base, "TOLD", 0.05)
        await run.press("plus")
        await run.pilot.pause(0.2)
        assert bar.render().plain == keys


async def test_what_went_wrong_is_said_once_where_a_box_opens_over_it(opened, make):
    async with opened(make(ONE), size=(80, 24), notifications=True) as run:
        run.screen.tell("It burns", wrong=True)
        await run.pilot.pause(0.2)
        for keys in ("e", "escape"):
            await run.press(keys)
            await run.pilot.pause(0.2)
            racks = [screen.query_one("ToastRack") for screen in run.app.screen_stack[1:]]
            assert sum(rack.display for rack in racks) == 1


async def test_what_is_too_long_for_the_bottom_line_is_said_in_a_corner(opened, make):
    async with opened(make(ONE), size=(80, 24), notifications=True) as run:
        await run.press("minus")
        run.screen.tell("a long sentence " * 5)
        await run.pilot.pause(0.2)
        assert len(run.screen.query("Toast")) == 1
        assert "Showing" not in run.screen.query_one("#keys").render().plain
        await run.press("plus")
        await run.pilot.pause(0.2)
        assert not run.screen.query("Toast")


async def test_a_new_search_replaces_the_old_one(opened, make):
    async with opened(make(ONE)) as run:
        await run.press("slash", *"dock", "enter", "slash", *"spot", "enter")
        assert run.screen.query_text == "spot"
        assert run.screen.session.focus == 3


async def test_nothing_is_cut_off(opened, make, size):
    long = replace(make(ONE).document, id="a/very/long/path/" * 12 + "name.txt")
    review = replace(make(ONE), document=long).decide(0, Verdict.ACCEPTED)
    async with opened(review, size=size) as run:
        for name in ("#heading", "#keys"):
            assert run.screen.query_one(name).render().cell_length <= size[0] - 2
        panel = run.screen.query_one("#finding")
        assert len(panel.lines) <= panel.size.height
        assert run.screen.size.width == size[0]


def test_a_key_that_does_not_exist_or_means_two_things_is_refused():
    with pytest.raises(KeymapError, match="reject: there is no key 'nonsense key'"):
        checked({"reject": "nonsense key"})
    with pytest.raises(KeymapError, match="n is the key of reject and of next"):
        checked({"next": "n,down"})
    mine = {"accept": "a,enter", "next": "n,down", "reject": "x", "save": "ctrl+w,f2"}
    assert checked(mine) == mine


async def test_allowed_words_go_where_this_run_reads_them(opened, make, tmp_path):
    (tmp_path / "articles").mkdir()
    config = tmp_path / "despin.toml"
    async with opened(make(ONE, str(tmp_path / "articles" / "a.txt")), config=config) as run:
        for _ in range(2):
            await run.press("I")
            assert config.read_text() == 'allow = ["site"]\n'
            await run.press("u")
            assert not config.exists()
            await run.press("ctrl+r")
            assert config.read_text() == 'allow = ["site"]\n'
            await run.press("u")
    assert not (tmp_path / "articles" / "despin.toml").exists()


async def test_a_file_that_is_read_later_is_put_over_nobody_elses(opened, make, tmp_path):
    out = tmp_path / "out"
    (out / "b").mkdir(parents=True)
    (out / "b" / "y.txt").write_text("mine")
    reviews = [make("[c|d]", str(tmp_path / "in" / name)) for name in ("a/x.txt", "b/y.txt")]
    async with opened(*reviews, target=Target(output=out)) as run:
        run.screen.mine[out] = {out / "a" / "x.txt"}  # y.txt came after the first save
        await run.press("y", "ctrl+s")
        assert (out / "a" / "x.txt").read_text() == "d"
        assert (out / "b" / "y.txt").read_text() == "mine"
