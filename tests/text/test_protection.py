"""Protection: golden cases, look-ups, and what holds of any text."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import Document
from despin.span import Span
from despin.text.code_spans import locked
from despin.text.literals import literals
from despin.text.protection import Protected, protect
from despin.text.span_index import merged, overlapping, touches, touching

GOLDEN = Path(__file__).parents[1] / "golden" / "protection.txt"

_LINES = GOLDEN.read_text("utf-8").splitlines()
CASES = [line for line in _LINES if line and not line.startswith(("# ", "## "))]
_MARKS = str.maketrans("", "", "⟦⟧⟨⟩")

pieces = st.sampled_from(
    [
        *"` ``` ~~~ < > <!-- --> <pre> </pre> https://a.b/c ( ) x@y.org 12 % km $ The Anna U.S. of "
        "despin:ignore -start -end “ ” é 😀 . , #a @b".split(),
        " ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "---\n",
        "a: b\n",
    ]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=25).map("".join))
ids = st.sampled_from(["a.md", "a.txt", "-"])
small = st.integers(0, 30)
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), small, small)


def _marked(document: Document) -> str:
    protected = protect(document)
    marks = [(span, "⟦⟧") for span in protected.hard]
    marks += [(span, "⟨⟩") for span in protected.names if not protected.is_hard(span)]
    text = document.text
    for span, (opening, closing) in sorted(marks, reverse=True):
        text = f"{text[: span.start]}{opening}{span.of(text)}{closing}{text[span.end :]}"
    return text


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    name = "case.md" if case.startswith("md: ") else "case.txt"
    expected = case.removeprefix("md: ").replace("\\n", "\n").replace("\\r", "\r")
    assert _marked(Document(name, expected.translate(_MARKS))) == expected


@given(ids, texts)
def test_spans_are_disjoint_in_order_and_inside_the_text(name: str, text: str) -> None:
    protected = protect(Document(name, text))
    for found in (protected.hard, protected.locked, protected.names, protected.quotes):
        assert merged(found) == found
        assert not found or found[-1].end <= len(text)
    assert all(protected.is_hard(span) for span in protected.locked)


@given(st.lists(spans), spans)
def test_look_ups_agree_with_asking_every_span(many: list[Span], one: Span) -> None:
    disjoint = merged(many)
    expected = [span for span in disjoint if span.overlaps(one)]
    assert list(touching(disjoint, one)) == expected
    assert overlapping(many)(one) == any(span.overlaps(one) for span in many)
    assert touches(disjoint, one) == bool(expected)
    covered = {at for span in many for at in range(span.start, span.end)}
    assert {at for span in disjoint for at in range(span.start, span.end)} == covered


def test_a_removal_must_take_hard_text_whole() -> None:
    protected = Protected(hard=(Span(2, 5), Span(7, 9)))
    assert not protected.cuts_hard(Span(0, 6))
    assert not protected.cuts_hard(Span(2, 9))
    assert protected.cuts_hard(Span(0, 8))
    assert protected.cuts_hard(Span(3, 4))


def test_an_insertion_beside_hard_text_does_not_touch_it() -> None:
    protected = protect(Document("-", "see https://example.org now"))
    assert not protected.is_hard(Span(4, 4))
    assert protected.is_hard(Span(5, 5))


HOSTILE = [
    *"` <!-- <pre> <a a. a@ 1, ( ]( http://a)) [a é. W. $1 @a # < <a< &# www. - ~~~ ''".split(),
    *'/a a/ ./ [[a |] ](<a ](a( {{a {%a $a_ $$ \\a{ \\a[b] [a]: <b" C:\\a'.split(),
    "` ``\n\n",
    "Ab ",
    "\n",
    " ",
    "    x\n\n",
    "```\n",
    "despin:ignore\n",
    "--- ",
    "> ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_text_is_read(piece: str) -> None:
    """Any step that took quadratic time would take minutes here."""
    text = piece * (300_000 // len(piece))
    assert locked(text, markdown=True) is not None
    assert literals(text) is not None


def test_a_line_of_many_names_is_read() -> None:
    text = "Ab of " * 10_000
    assert protect(Document("-", text)).names == (Span(0, len(text) - 4),)


def test_a_list_of_names_without_end_takes_no_quadratic_time() -> None:
    text = "Anna, " * 150_000
    begin = process_time()
    assert len(Document("-", text).protected.names) > 100_000
    assert process_time() - begin < 40  # it took minutes
