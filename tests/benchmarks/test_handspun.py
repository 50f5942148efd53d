"""Articles written and spun by hand: from marks to texts with gold spans."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.handspun import FOLDER, ArticleError, Use, articles
from despin.training.real import of_gold

HEAD = "# a bill is paid; rate: heavy; spinner: careless\n\n"
BODY = "The {decide|judge} paid the {invoice|bill}.\n\nNobody {as a way to|to} see it.\n\n"
SPUN = "The decide paid the invoice.\n\nNobody as a way to see it.\n"
ORIGINAL = "The judge paid the bill.\n\nNobody to see it.\n"


def folder(path: Path, text: str) -> Path:
    (path / "one.txt").write_text(text, "utf-8")
    return path


def test_the_marks_give_the_spun_text_and_its_original(tmp_path: Path) -> None:
    first, second = articles(folder(tmp_path, (HEAD + BODY) * 2))
    assert (first.spun, first.gold) == (second.spun, second.gold)
    assert (first.name, second.name, first.rate) == ("one-1", "one-2", "heavy")
    assert first.spun == SPUN
    assert of_gold(first.spun, first.gold, "").original == ORIGINAL


def test_every_fifth_article_of_a_file_is_for_the_judges(tmp_path: Path) -> None:
    found = [article.use for article in articles(folder(tmp_path, (HEAD + BODY) * 11))]
    assert [use is Use.JUDGES for use in found] == [n in {5, 10} for n in range(1, 12)]
    assert set(found) == {Use.JUDGES, Use.TEACH}


def test_a_folder_says_what_its_articles_are_for(tmp_path: Path) -> None:
    folder(tmp_path, HEAD + BODY)
    for name in ("judges", "held"):
        (tmp_path / name).mkdir()
        folder(tmp_path / name, (HEAD + BODY) * 6)
    found = [article.use for article in articles(tmp_path)]
    assert found == [Use.TEACH, *[Use.HELD] * 6, *[Use.JUDGES] * 6]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "The {decide|} paid.\n", "article 1: its marks"),
        (HEAD + BODY + HEAD + "The judge paid.\n", "article 2: its marks"),
        ("The {decide|judge} paid.\n", "does not begin with"),
        ("The {decide|judge} paid.\n" + HEAD + BODY, "does not begin with"),
    ],
)
def test_an_article_with_other_marks_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ArticleError, match=told):
        list(articles(folder(tmp_path, text)))


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="holds no articles"):
        list(articles(tmp_path))


def test_the_articles_that_ship_are_well_formed() -> None:
    found = list(articles())
    uses = Counter(article.use for article in found)
    assert len({article.name for article in found}) == len(found)
    files = {path.stem for path in FOLDER.glob("*.txt")}
    shared = [article.use for article in found if article.name.rpartition("-")[0] in files]
    assert 0.15 < shared.count(Use.JUDGES) / len(shared) < 0.21
    assert uses[Use.TEACH] > uses[Use.JUDGES] > uses[Use.HELD] > len(found) / 8
    for article in found:
        original = of_gold(article.spun, article.gold, "").original
        assert 150 < len(original.split()) < 450, article.spun[:60]
        changed = sum(len(before.split()) for *_, before in article.gold)
        assert 0.01 < changed / len(original.split()) < 0.5, article.spun[:60]
