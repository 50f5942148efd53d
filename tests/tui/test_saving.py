import re
from dataclasses import replace
from pathlib import Path

import pytest

from despin.read import WriteError, read
from despin.review import Review, Verdict
from despin.tui.saving import Written, into_folder, into_reviews, targets


@pytest.fixture
def on_disk(make, tmp_path):
    path = tmp_path / "a.txt"
    review = make("The [site|place] shut.\r\n", str(path))
    path.write_bytes(review.document.text.encode())
    return path, review.decide(0, Verdict.ACCEPTED)


def test_back_into_the_file_and_again_after_undo(on_disk):
    path, review = on_disk
    written = Written()
    written.back(review)
    assert path.read_bytes() == b"The place shut.\r\n"
    written.back(review.decide(0, Verdict.OPEN))
    assert path.read_bytes() == b"The site shut.\r\n"


def test_a_file_that_others_have_changed_is_not_overwritten(on_disk):
    path, review = on_disk
    path.write_text("Something else.")
    with pytest.raises(WriteError, match="changed on disk"):
        Written().back(review)
    assert path.read_text() == "Something else."


def test_a_file_that_is_gone_comes_back(on_disk):
    path, review = on_disk
    path.unlink()
    Written().back(review)
    assert path.read_text() == "The place shut.\n"


def test_folders_are_kept_below_what_the_files_share(make, tmp_path):
    reviews = [make("[x|y]", str(tmp_path / "in" / name)) for name in ("a/1.txt", "b/1.txt")]
    into_folder(tmp_path / "out", [review.decide(0, Verdict.ACCEPTED) for review in reviews])
    assert (tmp_path / "out" / "a" / "1.txt").read_text() == "y"
    assert (tmp_path / "out" / "b" / "1.txt").read_text() == "y"


def test_a_folder_does_not_overwrite_the_originals(on_disk, tmp_path):
    path, review = on_disk
    assert "is an original" in into_folder(tmp_path, [review])[0]
    assert path.read_bytes() == b"The site shut.\r\n"


@pytest.fixture
def page_and_text(make, tmp_path):
    """Two reviews whose results have the same name: a web page's is Markdown."""
    page, text = (make("[x|y]", str(tmp_path / "in" / name)) for name in ("x.html", "x.md"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.md").write_text("x")
    return replace(page, document=replace(page.document, meta={"extracted-from": "html"})), text


def test_a_folder_refuses_two_texts_for_one_file(page_and_text, tmp_path):
    page, text = page_and_text
    problems = into_folder(tmp_path / "out", [page.decide(0, Verdict.ACCEPTED), text])
    assert list(problems) == [1]
    assert re.search(r"x\.md: .*x\.md already holds .*x\.html", problems[1])
    assert (tmp_path / "out" / "x.md").read_text() == "y"


def test_a_web_page_does_not_overwrite_another_original(page_and_text, tmp_path):
    page, text = page_and_text
    problems = into_folder(tmp_path / "in", [page.decide(0, Verdict.ACCEPTED), text])
    assert all("is an original" in problems[index] for index in (0, 1))
    assert (tmp_path / "in" / "x.md").read_text() == "x"


def test_reviews_come_back_with_their_decisions(on_disk, tmp_path):
    _, review = on_disk
    into_reviews(tmp_path / "r.jsonl", [review, review])
    lines = (tmp_path / "r.jsonl").read_bytes().splitlines()
    assert [Review.from_json(line) for line in lines] == [review, review]


def test_other_lines_of_a_file_of_reviews_stay_where_they_were(on_disk, tmp_path):
    _, review = on_disk
    path = tmp_path / "r.jsonl"
    into_reviews(path, [review, review], [(0, b"first\r\n"), (1, b"mid"), (1, b"dle\n"), (2, b"z")])
    lines = path.read_bytes().splitlines()
    assert [*lines[:1], *lines[2:4], *lines[5:]] == [b"first", b"mid", b"dle", b"z"]
    assert [Review.from_json(lines[n]) for n in (1, 4)] == [review, review]


def test_encoding_and_mark_are_kept(make, tmp_path):
    path = tmp_path / "b.txt"
    path.write_bytes(b"\xff\xfe" + "The site".encode("utf-16-le"))
    document = read(path)
    review = make("The [site|plâce]", str(path))
    review = Review(document, review.findings).decide(0, Verdict.ACCEPTED)
    Written().back(review)
    assert path.read_bytes() == b"\xff\xfe" + "The plâce".encode("utf-16-le")


def test_a_file_above_stays_inside_the_folder(make, tmp_path, monkeypatch):
    (tmp_path / "here" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    reviews = [make("[x|w]", "../a/x.txt"), make("[y|z]", "b/y.txt")]
    assert into_folder(Path("out"), reviews) == {}
    written = sorted(str(path) for path in tmp_path.rglob("*.txt"))
    assert written == [
        str(tmp_path / "here/out/a/x.txt"),
        str(tmp_path / "here/out/here/b/y.txt"),
    ]


def test_the_layout_is_that_of_all_files_read_or_not(tmp_path, make):
    review = make("[a|b]", str(tmp_path / "in" / "a" / "x.txt"))
    among = [str(tmp_path / "in" / "a" / "x.txt"), str(tmp_path / "in" / "b" / "y.txt")]
    assert targets(tmp_path / "out", [review]) == [tmp_path / "out" / "x.txt"]
    assert targets(tmp_path / "out", [review], among) == [tmp_path / "out" / "a" / "x.txt"]
    assert into_folder(tmp_path / "out", [review], among=among) == {}
    assert (tmp_path / "out" / "a" / "x.txt").read_text() == "a"
