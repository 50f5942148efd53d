from hypothesis import example, given
from hypothesis import strategies as st

from despin.tui import wrapping
from despin.tui.runs import Mark, Run, cut, ending, line_width, printable, truncated, width
from despin.tui.wrapping import wrap

TEXTS = st.text(st.sampled_from("ab c\u0301 的日本 ﷺשלוםعر👩\u200d🚒\ufe0f-”’"), max_size=60).map(
    printable
)


def shown(lines):
    return ["".join(run.text for run in line) for line in lines]


def test_words_are_kept_whole_and_the_space_at_the_end_dropped():
    assert shown(wrap((Run("one two three"),), 7)) == ["one two", "three"]


def test_no_line_ends_at_a_space_that_ties() -> None:
    assert shown(wrap((Run("4 fee"), Run("\u00a04\u00a0% 5"), Run("\u00a0worth")), 8)) == [
        "4",
        "fee\u00a04\u00a0%",
        "5\u00a0worth",
    ]


def test_a_word_reaches_across_runs():
    runs = (Run("as"), Run("”a", Mark.OPEN, 3), Run(" careful"))
    assert shown(wrap(runs, 5)) == ["as”a", "caref", "ul"]


def test_a_word_of_300_characters_is_cut():
    lines = wrap((Run("x" * 300),), 40)
    assert [len(line) for line in shown(lines)] == [40] * 7 + [20]


def test_wide_characters_count_twice_and_may_end_any_line():
    assert shown(wrap((Run("日本語テキスト"),), 6)) == ["日本語", "テキス", "ト"]


def test_combining_characters_stay_with_their_base():
    lines = shown(wrap((Run("e\u0301" * 10),), 4))
    assert lines == ["e\u0301" * 4, "e\u0301" * 4, "e\u0301" * 2]


def test_a_space_behind_the_last_word_makes_no_line():
    assert shown(wrap((Run("one two "),), 7)) == ["one two"]
    assert shown(wrap((Run("日本 "),), 4)) == ["日本"]


def test_an_indent_leaves_no_line_of_its_own():
    assert shown(wrap((Run("  a b"),), 3)) == ["  a", "b"]
    assert shown(wrap((Run("  abcde fg"),), 5)) == ["abcde", "fg"]


def test_line_feeds_end_lines_and_empty_ones_stay():
    assert shown(wrap((Run("a\n\nb"),), 9)) == ["a", "", "b"]


def test_what_a_terminal_would_obey_is_shown_instead():
    assert printable("a\x1b[31m\u202eb\tc\r\nd") == "a·[31m·b    c\nd"


def test_joiners_that_join_no_pictures_are_left_out():
    assert printable("👩\u200d🚒 👩\u200da b\u200d👩\u200d") == "👩\u200d🚒 👩a b👩"


@given(st.lists(TEXTS, max_size=4), st.integers(2, 30))
@example(["的", " a"], 2)
@example([printable("👩\u200d"), "a"], 2)
def test_no_line_is_too_wide_and_nothing_but_spaces_is_lost(texts, columns):
    runs = tuple(Run(text, mark) for text, mark in zip(texts, Mark, strict=False))
    lines = wrap(runs, columns)
    assert lines
    assert all(line_width(line) <= columns for line in lines)
    assert "".join(shown(lines)).replace(" ", "") == "".join(texts).replace(" ", "")


@given(st.text(st.sampled_from("ab  c-’—→✗"), max_size=60), st.integers(2, 20))
def test_narrow_text_ends_its_lines_where_any_text_does(text, columns):
    plain, other = shown(wrap((Run(text),), columns)), shown(wrap((Run(text + " 的"),), columns))
    assert plain[:-1] == other[: len(plain) - 1]


@given(TEXTS, st.integers(1, 20))
def test_what_is_cut_fits(text, columns):
    assert width(truncated(text, columns)) <= columns
    assert width(ending(text, columns)) <= columns
    assert line_width(cut((Run(text), Run(text)), columns)) <= columns


def test_what_is_called_narrow_is():
    narrow = (chr(code) for code in range(0x3000) if wrapping._NARROW.fullmatch(chr(code)))
    assert all(width(character) == 1 for character in narrow)
