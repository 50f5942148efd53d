"""Which files a path stands for."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from despin.read import ReadError, sources


def _make(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)


def _names(root: Path, *paths: Path) -> list[str]:
    return [Path(source.name).relative_to(root).as_posix() for source in sources(paths or (root,))]


def test_a_folder_gives_its_texts_in_order_of_name(tmp_path: Path) -> None:
    _make(tmp_path, dict.fromkeys(("b.txt", "a.MD", "c/d.html", "c/a.htm", "e.py", "README"), "x"))
    assert _names(tmp_path) == ["a.MD", "b.txt", "c/a.htm", "c/d.html"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    _make(tmp_path, {".git/a.txt": "x", ".b.txt": "x", "c.txt": "x"})
    assert _names(tmp_path) == ["c.txt"]


def test_gitignore_holds_below_and_the_inner_one_has_the_word(tmp_path: Path) -> None:
    _make(
        tmp_path,
        {
            ".gitignore": "*.txt\n/out/\n",
            "a.txt": "x",
            "b.md": "x",
            "out/c.md": "x",
            "in/.gitignore": "!keep.txt\nd.md\n",
            "in/keep.txt": "x",
            "in/other.txt": "x",
            "in/d.md": "x",
            "in/out/e.md": "x",
        },
    )
    assert _names(tmp_path) == ["b.md", "in/keep.txt", "in/out/e.md"]


@pytest.mark.parametrize("line", ["!", "foo\\", "[z-a]", "a[z-a]b/", "\0"])
def test_a_gitignore_line_that_is_no_pattern_is_passed_over(tmp_path: Path, line: str) -> None:
    _make(tmp_path, {".gitignore": f"b.txt\n{line}\nc.*\n!c.md\n"})
    _make(tmp_path, dict.fromkeys(("a.txt", "b.txt", "c.txt", "c.md"), "x"))
    assert _names(tmp_path) == ["a.txt", "c.md"]


def test_gitignore_above_holds_inside_a_repository_only(tmp_path: Path) -> None:
    _make(tmp_path, {".gitignore": "skip.txt\n", "docs/skip.txt": "x", "docs/a.txt": "x"})
    assert _names(tmp_path, tmp_path / "docs") == ["docs/a.txt", "docs/skip.txt"]
    (tmp_path / ".git").mkdir()
    assert _names(tmp_path, tmp_path / "docs") == ["docs/a.txt"]


def test_a_named_file_is_read_whatever_its_name_and_only_once(tmp_path: Path) -> None:
    _make(tmp_path, {".gitignore": "*\n", ".hidden": "x", "a.rst": "y"})
    named = (tmp_path / ".hidden", tmp_path / "a.rst", tmp_path / "a.rst")
    assert _names(tmp_path, *named) == [".hidden", "a.rst"]
    assert [source.read().text for source in sources(named)] == ["x", "y"]


def test_one_path_is_a_list_of_one(tmp_path: Path) -> None:
    _make(tmp_path, {"a.txt": "x"})
    for one in (tmp_path, str(tmp_path), tmp_path / "a.txt"):
        assert [source.read().text for source in sources(one)] == ["x"]


def test_a_folder_without_texts_says_so_when_read_and_stops_nothing(tmp_path: Path) -> None:
    _make(tmp_path, {"none/a.py": "x", "b.txt": "x"})
    found = list(sources([tmp_path / "none", tmp_path / "missing.txt", tmp_path / "b.txt"]))
    with pytest.raises(ReadError, match=r"none: a folder without \.txt"):
        found[0].read()
    with pytest.raises(ReadError, match="no such file"):
        found[1].read()
    assert found[2].read().text == "x"


@pytest.mark.parametrize("ignored", ["*.txt", "texts/", "*"])
def test_texts_that_are_all_ignored_are_not_called_missing(tmp_path: Path, ignored: str) -> None:
    _make(tmp_path, {".git/config": "", ".gitignore": f"{ignored}\n", "texts/in/a.txt": "x"})
    (found,) = sources([tmp_path / "texts"])
    with pytest.raises(ReadError) as caught:
        found.read()
    named = Path(str(caught.value).rpartition(": ")[2])
    assert "a folder whose texts a .gitignore leaves out; name them to read them, as: " in str(
        caught.value
    )
    assert [source.read().text for source in sources([named])] == ["x"]


def test_an_empty_name_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _make(tmp_path, {"a.txt": "x"})
    monkeypatch.chdir(tmp_path)
    (found,) = sources([""])
    with pytest.raises(ReadError, match="'': an empty name is no file"):
        found.read()


def test_a_folder_that_may_not_be_searched_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make(tmp_path, {"closed/a.txt": "x", "b.txt": "x"})
    closed = tmp_path / "closed"
    # Permissions do not bind root, so the system's answers are put in their place.
    for name in ("stat", "scandir"):
        monkeypatch.setattr(os, name, _refusing(closed, getattr(os, name)))
    found = list(sources([closed, closed / "a.txt", tmp_path / "b.txt"]))
    with pytest.raises(ReadError, match=r"closed: cannot be read \(Permission denied\)"):
        found[0].read()
    assert found[1].name == str(closed / "a.txt")
    assert found[2].read().text == "x"


def _refusing(closed: Path, real: Callable[..., Any]) -> Callable[..., Any]:
    """``real``, which is refused inside ``closed``, and of the folder itself only tells of it."""

    def call(path: Any, *arguments: Any, **options: Any) -> Any:
        inside = closed in Path(path).parents if isinstance(path, str | Path) else False
        if inside or (real.__name__ == "scandir" and Path(path) == closed):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, *arguments, **options)

    return call


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    _make(tmp_path, {"a/b.txt": "x"})
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert _names(tmp_path) == ["a/b.txt"]


def test_a_relative_path_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _make(tmp_path, {"texts/a.txt": "x", ".gitignore": "b.txt\n", "b.txt": "x"})
    monkeypatch.chdir(tmp_path)
    assert [source.name for source in sources(["."])] == [str(Path("texts", "a.txt"))]


def test_a_folder_that_takes_results_is_passed_over_inside_others(tmp_path: Path) -> None:
    _make(tmp_path, dict.fromkeys(("a.txt", "out/a.txt", "deep/out/a.txt"), "x"))
    (tmp_path / "link").symlink_to("out")
    for without in (tmp_path / "out", tmp_path / "deep" / ".." / "out", tmp_path / "link"):
        found = [source.name for source in sources([tmp_path], without=without)]
        assert found == [str(tmp_path / "a.txt"), str(tmp_path / "deep/out/a.txt")]
    named = [source.name for source in sources([tmp_path / "out"], without=tmp_path / "out")]
    assert named == [str(tmp_path / "out/a.txt")]


def test_standard_input_may_have_a_name_and_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    (found,) = sources(["-", "-"], stdin="a.md")
    assert found.is_stdin
    assert (found.read().id, found.name) == ("a.md", "a.md")
