"""Files in every state, texts of every kind, and what goes wrong."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from despin.read import ReadError
from despin.review import Review
from despin.text.language import REASON
from despin.tui.entries import Entry, Target, of_files
from despin.tui.session import Phase
from despin.tui.widgets.files import FileList
from despin.tui.widgets.finding import FindingPanel


def verdicts(screen, file=0):
    return "".join(str(d.verdict)[0] for d in screen.session.files[file].review.decisions)


def shown(widget):
    return "\n".join("".join(run.text for run in line) for line in widget.lines)


async def until(run, condition):
    for _ in range(500):
        if condition():
            return
        await run.pilot.pause(0.02)
    raise AssertionError("it never came")


class Waiting:
    """A real pipeline's shape: patterns at once, scores when let go; `scores` makes them."""

    def __init__(self, patterns, scores):
        self.patterns, self.scores, self.go = patterns, scores, threading.Event()
        self.asked = threading.Event()

    def propose(self, document):
        return self.patterns(document)

    def check(self, document):
        self.asked.set()
        self.go.wait(20)
        return self.scores(document)

    def rescore(self, review, span):
        return self.scores(review.document, span)


async def test_no_findings(opened, make, size):
    async with opened(make("Nothing wrong here."), size=size) as run:
        await run.press("y", "n", "j", "J", "G", "A", "e", "equals_sign", "i", "vertical_line", "f")
        await run.press("escape")
        assert "reads clean" in shown(run.screen.query_one(FindingPanel))


async def test_what_was_not_checked_is_not_called_clean(opened, make):
    foreign = replace(make("Das ist kein Englisch.", "b.txt"), notes=(REASON,))
    async with opened(make("Fine."), foreign) as run:
        await run.press("right_square_bracket")
        files = run.screen.query_one(FileList)
        prompts = [str(files.get_option_at_index(n).prompt).split() for n in range(2)]
        assert prompts == [["✓", "a.txt", "clean"], ["!", "b.txt", "not", "checked"]]
        said = " ".join(shown(run.screen.query_one(FindingPanel)).split())
        assert said == "Not checked: this does not look like English."


async def test_the_sentence_is_shown_with_what_was_accepted_before(opened, make, size):
    review = make("The bridge will [hyperlink|connect] the [old|aged] [town|city].")
    async with opened(review, size=size) as run:
        await run.press("y")
        said = " ".join(shown(run.screen.query_one(FindingPanel)).split())
        assert "− The bridge will hyperlink the old town." in said
        assert "+ The bridge will connect the aged town." in said
        await run.press("n", "y")
        said = " ".join(shown(run.screen.query_one(FindingPanel)).split())
        assert "+ The bridge will connect the old city." in said
        await run.press("K")
        said = " ".join(shown(run.screen.query_one(FindingPanel)).split())
        assert "+ The bridge will connect the aged city." in said


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ("It was said by all that the ", "[work|undertaking]"),
        ("It was said by all that the ", "[undertaking|work]"),
        ("It was said by all that the ", f"[work|{'undertaking ' * 9}]"),
        ("Yes, the ", "[work|undertaking]"),
    ],
)
async def test_both_sentences_are_cut_at_the_same_place(opened, make, before, change):
    review = make(f"{before}{change} should start in April or May.")
    async with opened(review, size=(80, 24)) as run:
        lines = shown(run.screen.query_one(FindingPanel)).split("\n")
        old, new = (next(line for line in lines if line[0] == sign) for sign in "−+")
        words = [change[1:5], change.split("|")[1][:4]]
        assert old.index(words[0]) == new.index(words[1]) > 0


async def test_long_alternatives_leave_room_for_the_sentence(opened, make):
    words = "|".join(f"{letter * 90} {letter * 20}" for letter in "abcdefghi")
    async with opened(make(f"See the [work|{words}] here."), size=(80, 24)) as run:
        panel = run.screen.query_one(FindingPanel)
        assert len(panel.lines) <= panel.size.height
        assert "the work here." in shown(panel)
        assert "1\N{NO-BREAK SPACE}aaa" in shown(panel)


async def test_nothing_is_called_certain_early(opened, make, size):
    review = make("The [site|place] was shut.")
    (finding,) = review.findings
    (best,) = finding.candidates
    sure = replace(finding, confidence=0.998, candidates=(replace(best, confidence=0.998),))
    async with opened(replace(review, findings=(sure,)), size=size) as run:
        said = shown(run.screen.query_one(FindingPanel)).replace("\N{NO-BREAK SPACE}", " ")
        assert said.count(">99 %") == 2
        await run.press("vertical_line", "vertical_line")
        assert "1/1  ? >99 %  synonym" in shown(run.screen.query_one("#article"))


async def test_an_empty_file(opened, make, size):
    async with opened(make(""), size=size) as run:
        await run.press("y", "j", "vertical_line", "vertical_line", "slash", "x", "enter", "q")
        assert run.app.return_code == 0


async def test_one_finding(opened, make, size):
    async with opened(make("The [site|place]."), size=size) as run:
        await run.press("j", "k", "y", "j")
        assert verdicts(run.screen) == "a"


async def test_two_thousand_findings(opened, make):
    review = make("".join(f"word{n} [site|place] and.\n" for n in range(2000)))
    async with opened(review) as run:
        await run.press("y", "G", "n", "vertical_line", "j", "vertical_line", "k", "g")
        await run.press("A", "y", "u", "ctrl+r")
        assert verdicts(run.screen).count("a") == 1999


async def test_weak_findings_wait_below_the_bar(opened, make):
    async with opened(make("[a|b@10] [c|d@20]")) as run:
        panel = run.screen.query_one(FindingPanel)
        assert "- shows 2 weaker ones" in shown(panel)
        await run.press("minus", "minus")
        assert "20 % synonym  weak" in shown(panel)


TEXTS = {
    "double width": "这座[桥|橋樑]已经关闭了。" * 9,
    "combining": "Cafe\u0301 e\u0301te\u0301 [nai\u0308ve|simple] " * 9,
    "right to left": "הגשר [נסגר|נפתח] היום. الجسر [مغلق|مفتوح] اليوم.",
    "long word": "x" * 300 + " [" + "y" * 300 + "|z] " + "w" * 300,
    "emoji": "👩‍🚒 [🚒|🚑] 🏳️‍🌈 done",
    "control": "a\x1b[2J\x07 [b\tc|d] \u202e e\r\n\r\nf\x85g",
    "one paragraph": "The [site|place] was shut. " * 400,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_texts_of_every_kind(opened, make, text):
    async with opened(make(text), size=(80, 24)) as run:
        for _ in range(3):
            await run.press("j", "y", "u", "e", "!", "enter", "vertical_line")
        assert "a" in verdicts(run.screen)
        article = run.screen.query_one("#article")
        assert "\x1b" not in shown(article)


async def test_a_file_deleted_while_open_comes_back_when_saved(opened, make, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x y")
    async with opened(make("x [y|z]", str(path)), target=Target(write=True)) as run:
        path.unlink()
        await run.press("y", "ctrl+s")
        assert path.read_text() == "x z"


async def test_a_file_that_was_never_there_is_not_made(opened, make, tmp_path):
    path = tmp_path / "elsewhere.txt"
    async with opened(make("x [y|z]", str(path)), target=Target(write=True)) as run:
        await run.press("y", "ctrl+s")
        assert "there is no such file" in str(run.app.screen.query_one(".question").render())
        assert not path.exists()
        assert run.screen.session.unsaved == (0,)


async def test_a_file_changed_meanwhile_is_not_overwritten(opened, make, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x y")
    async with opened(make("x [y|z]", str(path)), target=Target(write=True)) as run:
        path.write_text("someone else's")
        await run.press("y", "ctrl+s")
        assert path.read_text() == "someone else's"
        assert run.screen.session.unsaved == (0,)


async def test_a_target_that_cannot_be_written_is_said(opened, make, tmp_path):
    (tmp_path / "file").write_text("")
    target = Target(output=tmp_path / "file" / "folder")
    async with opened(make("x [y|z]"), target=target) as run:
        await run.press("y", "ctrl+s")
        assert run.screen.session.unsaved == (0,)
        assert "folder" in str(run.app.screen.query_one(".question").render())


async def test_a_file_that_cannot_be_read_is_said_and_the_others_open(opened, make, tmp_path):
    (tmp_path / "b.txt").write_text("fine")
    entries = of_files([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    async with opened(*entries) as run:
        await until(run, lambda: run.screen.session.files[1].review is not None)
        assert run.screen.session.files[0].phase is Phase.FAILED
        said = shown(run.screen.query_one(FindingPanel))
        assert "no such file" in " ".join(said.split())
        await run.press("right_square_bracket")
        assert "fine" in shown(run.screen.query_one("#article"))
        (error,) = run.app.unread
        assert error.endswith("a.txt: there is no such file")


async def test_a_pipeline_that_breaks_leaves_the_text_to_read(opened, tmp_path):
    def broken(document, span=None):
        raise ReadError("the model is gone")

    (tmp_path / "a.txt").write_text("A text.")
    entries = of_files([str(tmp_path / "a.txt")])
    async with opened(*entries, pipeline=lambda: Waiting(broken, broken)) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.FAILED)
        assert "A text." in shown(run.screen.query_one("#article"))
        assert "the model is gone" in shown(run.screen.query_one(FindingPanel))


async def test_patterns_show_at_once_and_scores_keep_decisions(opened, make, tmp_path):
    (tmp_path / "a.txt").write_text("one two three")
    patterns, scored = make("one [two|2] three"), make("[one|1] two [three|3]")
    found = {"patterns": patterns.findings, "scored": (*scored.findings[:1], *patterns.findings)}
    pipeline = Waiting(
        lambda document: Review(document, found["patterns"]),
        lambda document: Review(document, found["scored"]),
    )
    entries = of_files([str(tmp_path / "a.txt")])
    async with opened(*entries, pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.PATTERNS)
        heading = run.screen.query_one("#heading")
        assert "scoring" in str(heading.render())
        await run.press("y")
        pipeline.go.set()
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        assert verdicts(run.screen) == "oa"
        assert "scoring" not in str(heading.render())


async def test_other_files_are_read_while_one_is_being_scored(opened, make, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"text {name}")
    pipeline = Waiting(Review, Review)
    entries = of_files([str(tmp_path)])
    async with opened(*entries, pipeline=lambda: pipeline) as run:
        await until(run, pipeline.asked.is_set)
        await run.press("]")
        await until(run, lambda: "text b" in shown(run.screen.query_one("#article")))
        assert [file.phase for file in run.screen.session.files] == [Phase.PATTERNS] * 2
        pipeline.go.set()
        await until(run, lambda: all(f.phase is Phase.SCORED for f in run.screen.session.files))


def finding(make, first, then):
    """A pipeline whose patterns find what ``first`` marks, and its scorer what ``then`` does."""
    return Waiting(
        lambda document: Review(document, make(first).findings),
        lambda document: Review(document, make(then).findings),
    )


async def scored(opened, make, tmp_path, first, then, *keys):
    """The screen after the findings of ``first``, these keys, and the findings of ``then``."""
    path = tmp_path / "a.txt"
    path.write_text(make(then).document.text)
    pipeline = finding(make, first, then)
    async with opened(*of_files([str(path)]), pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.PATTERNS)
        await run.press(*keys)
        pipeline.go.set()
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        return run.screen


@pytest.mark.parametrize("keys", ["", "y"])
async def test_focus_stays_when_scores_arrive(opened, make, tmp_path, keys):
    found = ("one two [three|3]", "[one|1] two [three|3]")
    screen = await scored(opened, make, tmp_path, *found, *keys)
    assert screen.session.focus == 1


async def test_focus_goes_on_from_a_finding_that_scores_have_dropped(opened, make, tmp_path):
    found = ("one [two|2] three four", "[one|1] two [three|3] [four|4]")
    screen = await scored(opened, make, tmp_path, *found)
    assert screen.session.focus == 1


async def test_with_nothing_in_focus_the_first_finding_gets_it(opened, make, tmp_path):
    screen = await scored(opened, make, tmp_path, "one two", "[one|1] [two|2]")
    assert screen.session.focus == 0


async def test_a_resumed_file_begins_at_what_is_open(opened, make, tmp_path):
    """The finding that patterns show at once was accepted the last time."""
    found = ("one two [three|3] four", "one [two|2] [three|3] [four|4]")
    await scored(opened, make, tmp_path, *found, "y")
    screen = await scored(opened, make, tmp_path, *found)
    assert (verdicts(screen), screen.session.focus) == ("oao", 0)


async def test_a_resumed_file_goes_back_to_where_one_was(opened, make, tmp_path):
    """Patterns show one finding at once; the last session stood at another."""
    found = ("one [two|2] three four", "[one|1] [two|2] [three|3] [four|4]")
    path = tmp_path / "a.txt"
    path.write_text("one two three four")
    pipeline = finding(make, *found)
    pipeline.go.set()
    async with opened(*of_files([str(path)]), pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        await run.press("g", "j", "j")
        assert run.screen.session.focus == 2
    screen = await scored(opened, make, tmp_path, *found)
    assert screen.session.focus == 2


async def test_nothing_else_is_undecided_only_when_all_is_read(opened, make, tmp_path):
    found = ("one two [three|3]", "one two [three|3]")
    path = tmp_path / "a.txt"
    path.write_text("one two three")
    pipeline = finding(make, *found)
    async with opened(*of_files([str(path)]), pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.PATTERNS)
        await run.press("j")
        assert "1 file is still being read" in run.screen.said[-1]
        pipeline.go.set()
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        await run.press("j")
        assert run.screen.said[-1] == "Nothing else is undecided"


async def test_a_reopened_review_begins_at_what_is_open(opened, make):
    async with opened(make("[a|b] [c|d] [e|f]")) as run:
        await run.press("y", "n", "g")
    async with opened(make("[a|b] [c|d] [e|f]")) as run:
        assert (verdicts(run.screen), run.screen.session.focus) == ("aro", 2)


async def test_typing_scores_the_sentence_again(opened, make, tmp_path):
    (tmp_path / "a.txt").write_text("one two three")
    review = make("one [two|2] three")
    later = make("one two [three|3]")
    asked = []

    def scores(document, span=None):
        if span is None:
            return Review(document, review.findings)
        asked.append(span.of(document.text))
        return Review(document, (*review.findings, *later.findings))

    pipeline = Waiting(lambda document: Review(document, review.findings), scores)
    pipeline.go.set()
    entries = of_files([str(tmp_path / "a.txt")])
    async with opened(*entries, pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.phase is Phase.SCORED)
        await run.press("e", "!", "enter")
        await until(run, lambda: len(run.screen.session.file.findings) == 2)
        assert asked == ["two"]
        assert verdicts(run.screen) == "ao"


async def test_two_hundred_files_open_at_once_and_fill_in(opened, make, tmp_path):
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text("a b")
    findings = make("[a|x] b").findings
    pipeline = Waiting(Review, lambda d: Review(d, findings))
    async with opened(*of_files([str(tmp_path)]), pipeline=lambda: pipeline) as run:
        assert len(run.screen.session.files) == 200
        pipeline.go.set()
        await until(run, lambda: all(f.phase is Phase.SCORED for f in run.screen.session.files))
        await run.press("y", "y", "y")
        assert run.screen.session.at == 3
        files = run.screen.query_one("#files")
        assert files.border_subtitle == "3 of 200 decided · 3 accepted"


async def test_the_wanted_file_comes_first(opened, make, tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("a b")
    order = []

    def scores(document):
        order.append(Path(document.id).stem)
        return Review(document)

    pipeline = Waiting(Review, scores)
    async with opened(*of_files([str(tmp_path)]), pipeline=lambda: pipeline) as run:
        await until(run, lambda: run.screen.session.file.review is not None)
        await run.press("left_square_bracket")
        pipeline.go.set()
        await until(run, lambda: len(order) == 3)
        assert order == ["a", "c", "b"]


async def test_a_journal_that_cannot_be_written_is_said_and_work_goes_on(opened, make, tmp_path):
    (tmp_path / "file").write_text("")
    async with opened(make("[a|b] [c|d]"), state=tmp_path / "file" / "x") as run:
        await run.press("y", "y")
        assert verdicts(run.screen) == "aa"
        assert any("not kept" in said for said in run.screen.said)


async def test_decisions_and_place_are_there_again(opened, make):
    reviews = [make("[a|b] [c|d]", "1.txt"), make("[e|f] [g|h] [i|j]", "2.txt")]
    async with opened(*reviews) as run:
        await run.press("n", "right_square_bracket", "y", "j")
    async with opened(*reviews) as run:
        assert (verdicts(run.screen), verdicts(run.screen, 1)) == ("ro", "aoo")
        assert (run.screen.session.at, run.screen.session.focus) == (1, 2)


async def test_a_changed_file_keeps_the_decisions_that_still_fit(opened, make, tmp_path):
    entry = Entry("a.txt", "key", review=make("Here is one [a|b] two three. Four [c|d] five six."))
    async with opened(entry) as run:
        await run.press("y", "n")
    changed = make("New. Here is one [a|b] two three. Other [c|d] five six.")
    async with opened(Entry("a.txt", "key", review=changed)) as run:
        assert verdicts(run.screen) == "ao"


async def test_resizing_keeps_everything(opened, make):
    async with opened(make("[a|b] [c|d]"), size=(120, 40)) as run:
        await run.press("y")
        await run.pilot.resize_terminal(60, 15)
        await run.pilot.pause()
        await run.press("y", "vertical_line")
        await run.pilot.resize_terminal(200, 60)
        await run.pilot.pause()
        assert verdicts(run.screen) == "aa"


async def test_no_colour(opened, make, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(make("[a|b] [c|d]")) as run:
        assert run.app.no_color
        await run.press("y")
        assert "a→b" in shown(run.screen.query_one("#article"))


def test_standard_input_is_refused():
    with pytest.raises(ReadError, match="keyboard"):
        of_files(["-"])
