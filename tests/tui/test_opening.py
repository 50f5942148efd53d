"""What several names on the command line open together."""

import pytest

from despin.cli.opening import Opened, opened_reviews
from despin.tui.entries import of_files
from despin.tui.saving import into_reviews


@pytest.fixture
def reviewed(make, tmp_path):
    """Two files, and a file of reviews of the second with a line that is none."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x y")
    path = tmp_path / "r.jsonl"
    into_reviews(path, [make("[x|w] y", str(tmp_path / "b.txt"))])
    path.write_text(f"nonsense\n{path.read_text()}")
    return path


@pytest.mark.parametrize("first", ["the file", "the review"])
def test_a_file_and_a_review_of_it_are_one_document(reviewed, tmp_path, first):
    files = Opened(of_files([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]))
    reviews = opened_reviews(reviewed)
    both = files + reviews if first == "the file" else reviews + files
    assert sorted(e.name[-5:] for e in both.entries) == ["a.txt", "b.txt"]
    assert [e.name[-5:] for e in both.entries if e.review is not None] == ["b.txt"]
    assert both.kept == ((1 if first == "the file" else 0, b"nonsense\n"),)


def test_of_two_reviews_of_one_file_the_earlier_is_named(reviewed, make, tmp_path):
    other = tmp_path / "other.jsonl"
    into_reviews(other, [make("x [y|z]", str(tmp_path / "b.txt"))])
    both = opened_reviews(reviewed) + opened_reviews(other)
    assert [len(e.review.findings) for e in both.entries] == [1]
    assert both.entries[0].review.findings[0].span.start == 2
    assert both.complaints[-1].endswith("b.txt: two reviews of this file; the later is opened")
