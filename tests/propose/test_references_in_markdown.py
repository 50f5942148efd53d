"""Markdown writes some marks as character references; a page's text does not."""

from __future__ import annotations

import pytest

from despin.document import Document
from despin.finding import Applicability
from despin.propose.entities import EntityProposer


@pytest.mark.parametrize(
    "text",
    ["| a &#124; b | the pipe |\n", "5 &#42; 3 &#42; 2\n", "One writes &amp;copy; for the sign.\n"],
)
def test_what_markdown_shows_by_a_reference_stays(text: str) -> None:
    assert list(EntityProposer().propose(Document("a.md", text))) == []
    assert list(EntityProposer().propose(Document("a.txt", text)))


def test_a_page_s_ampersand_is_decoded_there_too() -> None:
    (finding,) = EntityProposer().propose(Document("a.md", "Marks &amp; Dale opened a shop.\n"))
    assert finding.applicability is Applicability.SAFE


@pytest.mark.parametrize("about", ["HTML", "the ampersand", "XML"])
def test_a_text_about_them_may_mean_them(about: str) -> None:
    text = f"Of {about}: one writes &eacute; there.\n"
    (finding,) = EntityProposer().propose(Document("a.txt", text))
    assert finding.applicability is Applicability.UNSAFE
