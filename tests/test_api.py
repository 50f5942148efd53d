"""The names that programs import from ``despin``."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import despin
from despin import api
from despin.document import Document
from despin.options import Grammar
from despin.review import Verdict

SPOILT = "They met in the the harbour. Marks &amp; Sparks paid.\n"
MENDED = "They met in the harbour. Marks & Sparks paid.\n"
PATTERNS = despin.Options(select=("doubled-word", "entity"), grammar=Grammar.OFF)

FRESH = """
import sys
before = set(sys.modules)
import despin
despin.__version__
print(*sorted(name for name in set(sys.modules) - before if name.startswith("despin.")))
"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither model nor Java is there, so that the default options mean the same everywhere."""
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    api._despinner.forget()
    yield
    api._despinner.forget()


def test_every_public_name_is_there_and_listed() -> None:
    for name in despin.__all__:
        assert getattr(despin, name) is not None
        assert name in dir(despin)


def test_an_unknown_name_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'despin' has no attribute 'spin'"):
        _ = despin.spin  # type: ignore[attr-defined]
    assert not hasattr(despin, "spin")


def test_importing_despin_loads_none_of_its_modules() -> None:
    done = subprocess.run([sys.executable, "-c", FRESH], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


@pytest.mark.usefixtures("bare")
def test_check_leaves_every_decision_open() -> None:
    review = despin.check(SPOILT)
    assert isinstance(review, despin.Review)
    assert review.document.text == SPOILT
    assert {"doubled-word", "entity"} <= {finding.rule for finding in review.findings}
    assert {decision.verdict for decision in review.decisions} == {Verdict.OPEN}
    assert review.result() == SPOILT


@pytest.mark.usefixtures("bare")
def test_fix_gives_the_text() -> None:
    assert despin.fix(SPOILT) == MENDED
    assert despin.fix(MENDED) == MENDED
    assert despin.fix("") == ""


@pytest.mark.usefixtures("bare")
def test_a_document_keeps_its_name() -> None:
    assert despin.check(Document("a.txt", SPOILT)).document.id == "a.txt"


def test_a_despinner_of_ones_own() -> None:
    review = despin.Despinner(PATTERNS).fix(SPOILT)
    assert review.result() == MENDED
    assert despin.Review.from_json(review.to_json()) == review


def test_threads_get_what_each_would_get_alone() -> None:
    options = despin.Options(scorer="fast", grammar=Grammar.OFF)
    articles = sorted(Path(__file__).parents[1].glob("examples/*.txt"))
    texts = [path.read_text("utf-8") for path in articles]
    alone = [despin.Despinner(options).check(text) for text in texts]
    with ThreadPoolExecutor(len(texts)) as pool:
        together = list(pool.map(despin.Despinner(options).check, texts))
    assert together == alone
    assert any(review.findings for review in alone)


def test_a_review_can_be_sent_to_another_process() -> None:
    review = despin.Despinner(PATTERNS).check(Document("a", SPOILT, meta={"kind": "news"}))
    assert review.document.tokens
    for again in (pickle.loads(pickle.dumps(review)), copy.deepcopy(review)):
        assert again == review
        assert again.result() == review.result()
        assert dict(again.document.meta) == {"kind": "news"}
        assert "tokens" not in vars(again.document)


def test_allowed_words_are_touched_by_no_rule() -> None:
    text = "An irregular woodland beats the the others.\n"
    found = despin.Despinner(despin.Options(scorer="fast", grammar=Grammar.OFF)).check(text)
    assert {f.span.of(text).strip() for f in found.findings} >= {"irregular woodland", "the"}
    allow = ("Irregular  woodland", "the")
    options = despin.Options(scorer="fast", grammar=Grammar.OFF, allow=allow)
    assert despin.Despinner(options).fix(text).result() == text


@pytest.mark.parametrize("wrong", [b"bytes", Path("a.txt"), None, 3, ["a text"]])
@pytest.mark.parametrize("call", ["check", "fix", "propose", "explain"])
def test_what_is_no_text_is_a_type_error_that_says_what_is(call: str, wrong: object) -> None:
    with pytest.raises(TypeError) as caught:
        getattr(despin.Despinner(PATTERNS), call)(wrong)
    assert str(caught.value) == (
        f"a text must be a string, not {type(wrong).__name__}; despin.read.read(path) reads a file"
    )


@pytest.mark.usefixtures("bare")
def test_the_quick_calls_refuse_what_is_no_text() -> None:
    for call in (despin.check, despin.fix):
        with pytest.raises(TypeError, match="a text must be a string, not bytes"):
            call(b"They met.")  # type: ignore[arg-type]


def test_a_document_may_be_named_by_a_path() -> None:
    review = despin.Despinner(PATTERNS).check(Document(Path("in", "a.txt"), SPOILT))  # type: ignore[arg-type]
    assert review.document.id == str(Path("in", "a.txt"))
    assert despin.Review.from_json(review.to_json()) == review


class Node(str):
    """A kind of string, as libraries for web pages and tables hand out."""

    def __str__(self) -> str:
        return "a node"


def test_a_kind_of_string_is_taken_for_its_characters() -> None:
    review = despin.Despinner(PATTERNS).fix(Document(Node("a.txt"), Node(SPOILT)))
    assert type(review.document.text) is str
    assert review.result() == MENDED
    assert despin.Review.from_json(review.to_json()) == review
