"""Notes on authors: “Jane Doe is a staff writer at The Example Post.”, below an article alone."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.edit import apply
from despin.finding import Applicability, Finding
from despin.propose.boilerplate import BoilerplateProposer

ARTICLE = """\
The ferry that was built in 1924 has made its last journey across the bay, the harbour said.

Its crew of nine went home on Monday evening, and nobody in the town knows yet who will carry the
post.

A new ship may come in the spring, when the ice has gone and the yard has found a second engine.
"""
NOTE = "Jane Doe is a staff writer at The Example Post. She covers energy and lives in Leeds."


def found(text: str) -> list[Finding]:
    return list(BoilerplateProposer().propose(Document("-", text)))


def cleaned(text: str) -> str:
    return apply(text, [f.best.edit for f in found(text) if f.best])


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        f"{NOTE} Follow her on Twitter at @janedoe.",
        f"*{NOTE}*",
        f"• {NOTE}",
        "Jane Doe is a freelance journalist who lives in Leeds.",
        "JANE DOE is the energy correspondent of The Example Post.",
        "Jane van Doe is opinion editor at The Example Post.",
        "Jane Doe is a Leeds-based writer and the author of “The Last Ferry”.",
        "Dr. Jane P. Doe is a chemist and a contributor to The Example Post.",
        "Jane Doe is The Example Post’s chief political columnist, based in Leeds.",
        "Jane Doe and John Roe are reporters at The Example Post. Doe covers the courts.",
        "Jane Doe is a senior reporter for The Example Post. Her work was in The Bay Paper too.",
        "Jane Doe is a professor of history at Example University. Follow her on Twitter @janedoe.",
        "Jane Doe (@janedoe) teaches history at Example University.",
        "Jane Doe writes about energy for The Example Post. Write to jane@post.example.",
        "Jane Doe is a contributing editor of The Example Post. Contact: jane@post.example.",
        "Jane Doe is a columnist at The Example Post. The views expressed here are her own.",
        "Jane Doe is a staff writer at The Example Post. She covers\nenergy and lives in Leeds.",
    ],
)
def test_a_note_below_an_article_is_a_question(note: str) -> None:
    (finding,) = found(f"{ARTICLE}\n{note}\n")
    assert finding.applicability is Applicability.UNSAFE
    assert cleaned(f"{ARTICLE}\n{note}\n") == ARTICLE
    assert found(f"{ARTICLE}\n{note}\n\nNobody has seen the plans of the new ship so far.\n") == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "Jane Doe is a reporter.",
        "Jane Doe is a former reporter at The Example Post.",
        "Jane Doe was a reporter at The Example Post.",
        "Jane Doe is not a writer of letters.",
        "Jane Doe is a captain who once told a reporter at the quay about it.",
        "Jane Doe is a reporter at The Example Post, and she said that the ship leaks.",
        "Jane Doe is a reporter at The Example Post. She has been missing since the fire.",
        "Jane Doe is a reporter at The Example Post. Nobody at the yard wants to speak with her.",
        "Jane Doe is the editor of the harbour's sheet. On Monday it printed the yard's letter.",
        "Jane Doe is the treasurer of the club. Write to jane@club.example.",
        "Jane Doe sells the tickets. Follow the signs to the quay.",
        "Mrs Doe is a reporter at The Example Post.",
        "The Example Post is a writer of bills, too.",
        "Both Doe and Roe are reporters at The Example Post.",
        "Our Jane is a reporter at The Example Post.",
        "And Jane Doe is a reporter at The Example Post.",
        "“Jane Doe is a reporter at The Example Post,” the crew was told.",
        f"{NOTE} {'She likes ships and trains. ' * 15}",
    ],
)
def test_other_paragraphs_at_the_end_stay(paragraph: str) -> None:
    assert found(f"{ARTICLE}\n{paragraph}\n") == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "Doe was the first to write of the ship.",
        "At home with Jane Doe",
        "An interview by John Roe: Jane Doe and the sea",
        "Jane opens the door and laughs.",
        "Doe",
    ],
)
def test_a_text_that_speaks_of_that_person_keeps_the_paragraph(paragraph: str) -> None:
    assert found(f"{paragraph}\n\n{ARTICLE}\n{NOTE}\n") == []
    assert found(f"{ARTICLE}\n{paragraph}\n\n{NOTE}\n") == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "John Roe is the captain of the ferry.",
        "John Roe, who came from Leeds, was a cook on board.",
        "John Roe is a reporter at The Bay Paper.\n\nAnn Poe writes letters.",
    ],
)
def test_one_of_several_paragraphs_on_people_stays(paragraph: str) -> None:
    assert found(f"{ARTICLE}\n{paragraph}\n\n{NOTE}\n") == []


@pytest.mark.parametrize(
    "byline", ["By Jane Doe", "Words by Jane Doe, energy reporter", "Jane Doe"]
)
def test_a_byline_does_not_speak_of_the_author(byline: str) -> None:
    above = f"Last ferry crosses the bay\n\n{byline}\n\n{ARTICLE}"
    assert cleaned(f"{above}\n{NOTE}\n") == above


def test_a_title_that_is_a_name_makes_a_portrait() -> None:
    assert found(f"Jane Doe\n\n{ARTICLE}\n{NOTE}\n") == []


def test_nothing_is_found_without_an_article() -> None:
    assert found(f"{NOTE}\n") == []
    assert found(f"The ferry has stopped.\n\n{NOTE}\n") == []


def test_notes_on_two_authors_and_their_heading_are_one_finding() -> None:
    other = "John Roe is a reporter for The Example Post."
    (finding,) = found(f"{ARTICLE}\nAbout the Authors\n\n{NOTE}\n\n{other}\n")
    assert finding.applicability is Applicability.UNSAFE
    assert cleaned(f"{ARTICLE}\nAbout the Authors\n\n{NOTE}\n\n{other}\n") == ARTICLE


def test_four_notes_are_a_list_of_people() -> None:
    others = [f"{name} Roe is a reporter for The Example Post.\n" for name in ("Al", "Bo", "Cy")]
    assert found("\n".join([ARTICLE, f"{NOTE}\n", *others])) == []


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_note_above_other_lines_of_the_site_leaves_them_safe(line_break: str) -> None:
    text = f"{ARTICLE}\n{NOTE}\n\nShare this Article\n\n© 2021 The Example Post\n"
    text = text.replace("\n", line_break)
    assert [f.applicability.value for f in found(text)] == ["unsafe", "safe"]
    assert cleaned(text) == ARTICLE.replace("\n", line_break)
    safe = [f.best.edit for f in found(text) if f.applicability is Applicability.SAFE and f.best]
    assert apply(text, safe) == f"{ARTICLE}\n{NOTE}\n".replace("\n", line_break)
