from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despin.lexicon.rows import Kind, LexiconError, LexiconRow, normal_form, read_rows

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "spun\toriginal\tkind\tweight\tsource\tnote\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.tsv"
    path.write_text(text, "utf-8")
    return path


def test_reads_rows_past_comments_and_blank_lines(tmp_path: Path) -> None:
    path = written(tmp_path, f"# mine\n{HEADER}\nbosom\tbreast\tnoun\t3\tseen\t\n")
    assert read_rows(path) == (LexiconRow("bosom", "breast", Kind.NOUN, 3.0, "seen"),)


def test_two_columns_are_enough(tmp_path: Path) -> None:
    path = written(tmp_path, "original\tspun\nsaid\tpronounced\nfrom\tout  of\n")
    assert read_rows(path) == (
        LexiconRow("pronounced", "said", Kind.WORD),
        LexiconRow("out of", "from", Kind.PHRASE),
    )


@pytest.mark.parametrize("mark", ["\v", "\f", "\u2028", "\x85"])
def test_only_line_ends_end_a_line(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path, f"{HEADER}bosom\tbreast\tnoun\t3\tseen\tone{mark}other\r\nx\ty\n")
    first, second = read_rows(path)
    assert first.note == f"one{mark}other"
    assert second.spun == "x"
    path.write_text(f"{HEADER}bosom\tbreast\tnoun\t3\tseen\tone{mark}other\nx\n", "utf-8")
    with pytest.raises(LexiconError, match=r"mine\.tsv:3: original is empty"):
        read_rows(path)


def test_what_spinners_write_has_no_case_and_what_stood_there_keeps_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, "spun\toriginal\nZorbled\tAmerican\nBig Apple\tNew York\n")
    assert read_rows(path) == (
        LexiconRow("zorbled", "American", Kind.WORD),
        LexiconRow("big apple", "New York", Kind.PHRASE),
    )


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffspun\toriginal\npronounced\tsaid\n")
    assert read_rows(path) == (LexiconRow("pronounced", "said"),)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("spun\tweight\n", "1: the header lacks the column 'original'"),
        ("spun\toriginal\tcolour\n", "1: unknown column 'colour'"),
        (f"{HEADER}a\n", "2: original is empty"),
        (f"{HEADER}a\tb\tgerund\n", "2: unknown kind 'gerund'"),
        (f"{HEADER}a\tb\tword\tmuch\n", "2: weight 'much' is not a number"),
        (f"{HEADER}a\tb\tword\t0\n", "2: weight 0 is not above 0"),
        (f"{HEADER}a\tb\tword\tnan\n", "2: weight nan is not above 0"),
        (HEADER + "x\t" * 7 + "\n", "2: 8 cells under 6 columns"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, cause: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(LexiconError) as caught:
        read_rows(path)
    assert str(caught.value).startswith(f"{path}:{cause}")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.tsv"
    with pytest.raises(LexiconError) as caught:
        read_rows(path)
    assert str(caught.value) == f"{path}: cannot be read (No such file or directory)"


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.tsv"
    path.write_bytes(b"spun\toriginal\ncaf\xe9\tbar\n")
    with pytest.raises(LexiconError) as caught:
        read_rows(path)
    assert str(caught.value) == f"{path}: is not UTF-8 text"


words = st.from_regex(r"[a-z]{1,6}( [a-z]{1,6})?", fullmatch=True)
texts = st.from_regex(r"([A-Za-z]([A-Za-z ,.']{0,12}[a-z.])?)?", fullmatch=True)
rows = st.builds(
    LexiconRow,
    spun=words,
    original=words,
    kind=st.sampled_from(Kind),
    weight=st.sampled_from([0.25, 1.0, 3.5]),
    source=texts,
    note=texts,
    hit=texts,
    near_miss=texts,
)


@settings(deadline=None)
@given(st.lists(rows))
def test_normal_form_reads_back(tmp_path_factory: pytest.TempPathFactory, given: list) -> None:
    path = tmp_path_factory.mktemp("rows") / "rows.tsv"
    path.write_text(normal_form(given), "utf-8")
    assert read_rows(path) == tuple(sorted(set(given)))
    assert normal_form(read_rows(path)) == path.read_text("utf-8")
