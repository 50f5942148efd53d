from __future__ import annotations

import pytest

from despin.document import Document
from despin.edit import apply
from despin.finding import Applicability, Finding
from despin.propose.boilerplate import BoilerplateProposer
from despin.propose.boilerplate_patterns import (
    BoilerplatePattern,
    Certainty,
    Kind,
    classify,
    patterns,
)

BODY = "The ferry stopped on Monday.", "The crew went home.", "They will be back on Friday."

BELOW = {Kind.HEADING: "Island waits for its only ship", Kind.LABEL: "Loading…"}


def found(text: str) -> list[Finding]:
    return list(BoilerplateProposer().propose(Document("-", text)))


def cleaned(text: str) -> str:
    return apply(text, [f.best.edit for f in found(text) if f.best])


def article(line: str, *, under: str = "") -> str:
    return "\n\n".join((BODY[0], line + ("\n" + under if under else ""), BODY[1])) + "\n"


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.hit)
def test_pattern_finds_its_hit_and_not_its_near_miss(pattern: BoilerplatePattern) -> None:
    assert pattern.matches(pattern.hit)
    assert classify(pattern.hit) is not None
    text = article(pattern.hit, under=BELOW.get(pattern.kind, ""))
    assert cleaned(text) == "\n\n".join(BODY[:2]) + "\n"
    assert found(article(pattern.near_miss)) == []


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.hit)
def test_an_unsafe_pattern_is_never_applied_unasked(pattern: BoilerplatePattern) -> None:
    if classify(pattern.hit) is not pattern or pattern.certainty is Certainty.SAFE:
        return
    text = article(pattern.hit, under=BELOW.get(pattern.kind, ""))
    assert [f.applicability for f in found(text)] == [Applicability.UNSAFE]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
@pytest.mark.parametrize("place", range(4))
def test_one_break_is_left_and_line_endings_stay(line_break: str, ending: str, place: int) -> None:
    parts = [*BODY]
    parts.insert(place, "Share this Article")
    blank = line_break * 2
    ending = ending.replace("\n", line_break)
    assert cleaned(blank.join(parts) + ending) == blank.join(BODY) + ending


def test_of_two_breaks_the_one_with_the_blank_line_is_kept() -> None:
    assert cleaned("One fell.\nShare this Article\n\nTwo rose.\n") == "One fell.\n\nTwo rose.\n"
    assert cleaned("One fell.\n\nShare this Article\nTwo rose.\n") == "One fell.\n\nTwo rose.\n"
    assert cleaned("One fell.\nShare this Article\nTwo rose.\n") == "One fell.\nTwo rose.\n"
    assert cleaned("One fell.\n\n\nShare this\n \n\nTwo rose.\n") == "One fell.\n\n\nTwo rose.\n"


def test_three_headlines_at_most_and_no_sentence() -> None:
    headlines = "One ship for the isle\nTwo ships for the isle\nThree ships for the isle"
    text = article("Related Stories", under=headlines)
    assert cleaned(text) == "\n\n".join(BODY[:2]) + "\n"
    text = article("Related Stories", under="The isle has three ships. They are old.")
    assert cleaned(text) == text


def test_blocks_that_touch_are_one_finding() -> None:
    text = "\n\n".join((BODY[0], "Advertisement", "Share this:", "Loading…", BODY[1]))
    (finding,) = found(text)
    assert "Advertisement" in finding.message
    assert cleaned(text) == "\n\n".join(BODY[:2])


def test_a_text_of_nothing_else_is_never_emptied_unasked() -> None:
    assert [f.applicability for f in found("Share this Article\n")] == [Applicability.UNSAFE]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("lines", [("Advertisement", "Watch: Ship"), ("Watch: Ship", "Loading…")])
def test_a_doubtful_line_does_not_hold_back_the_sure_one_beside_it(
    lines: tuple[str, str], place: int, line_break: str
) -> None:
    parts = [*BODY[:2]]
    parts[place:place] = lines
    text = (line_break * 2).join(parts) + line_break
    both = found(text)
    assert sorted(f.applicability.value for f in both) == ["safe", "unsafe"]
    assert cleaned(text) == (line_break * 2).join(BODY[:2]) + line_break
    safe = [f.best.edit for f in both if f.applicability is Applicability.SAFE and f.best]
    kept = [line for line in parts if not line.startswith(("Adv", "Load"))]
    assert apply(text, safe) == (line_break * 2).join(kept) + line_break


@pytest.mark.parametrize(
    "line",
    [
        "Like this:",
        "Picture: Oppenheimer",
        "Illustration: Jane Doe",
        "Home/Away",
        "Home / Away",
        "Three days ago",
    ],
)
def test_lines_that_an_article_may_have_stay(line: str) -> None:
    assert found(article(line)) == []


@pytest.mark.parametrize("heading", ["Further reading:", "See also:", "Don’t miss:"])
def test_a_list_that_an_article_may_end_with_is_a_question(heading: str) -> None:
    text = f"{BODY[0]}\n\n{heading}\nThe Ships of the Isle\nA Mill and a Chapel\n"
    assert [f.applicability for f in found(text)] == [Applicability.UNSAFE]


def test_a_guide_s_advice_is_a_question() -> None:
    for line in ("Don't miss: the tide mill and the chapel", "Don’t miss – The tower at dusk"):
        assert [f.applicability for f in found(article(line))] == [Applicability.UNSAFE]


@pytest.mark.parametrize("line", ["3 days ago", "Home > Settings > Sound"])
def test_lines_that_an_article_seldom_has_are_a_question(line: str) -> None:
    assert [f.applicability for f in found(article(line))] == [Applicability.UNSAFE]


@pytest.mark.parametrize("line", ["Image Source : PTI", "Published : 3 May 2021, 10:14 IST"])
def test_a_colon_may_stand_behind_a_blank(line: str) -> None:
    assert cleaned(article(line)) == "\n\n".join(BODY[:2]) + "\n"


@pytest.mark.parametrize("under", ["Like Loading...", "Loading…"])
def test_a_label_goes_with_what_is_under_it(under: str) -> None:
    text = "\n\n".join((BODY[0], "Like this:", under, BODY[1]))
    assert cleaned(text) == "\n\n".join(BODY[:2])
    assert cleaned(f"{BODY[0]}\n\nLike this:\n") == f"{BODY[0]}\n"


def test_a_picture_of_an_agency_goes() -> None:
    for line in ("Picture: Jane Doe/Harbour Images", "Picture by Jane Doe", "Photo: Jane Doe"):
        assert cleaned(article(line)) == "\n\n".join(BODY[:2]) + "\n"


@pytest.mark.parametrize(
    "heading",
    [
        "TERMS AND CONDITIONS",
        "## Terms and Conditions",
        "Privacy Policy",
        "About us",
        "Contact us",
        "All rights reserved.",
    ],
)
def test_a_heading_of_a_contract_or_of_a_firm_s_own_page_stays(heading: str) -> None:
    assert found(article(heading)) == []
    assert found(f"{heading}\n\n1. The tenant pays on the first day of each month.\n") == []


@pytest.mark.parametrize("below", ["Privacy Policy\n", "© 2021 The Bay Paper\n", ""])
def test_links_at_the_foot_of_a_page_go(below: str) -> None:
    foot = f"Contact us\nTerms of Use\n{below}"
    assert cleaned(f"{BODY[0]}\n\n{foot}") == f"{BODY[0]}\n"
