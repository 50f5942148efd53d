"""What each command says where only the core is installed: the command that brings the rest."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import PATTERNS, SPOILT, Invoke

LM = 'pip install "despin[lm]"'
EXTRAS = (
    "gguf", "onnx", "onnxruntime", "tokenizers", "torch", "transformers", "huggingface_hub",
    "language_tool_python", "trafilatura", "textual", "zstandard",
)  # fmt: skip


@pytest.fixture(autouse=True)
def core(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No extra is installed, and no model."""
    loaded = [name for name in sys.modules if name.partition(".")[0] in EXTRAS]
    for name in (*EXTRAS, *loaded):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setenv("DESPIN_DATA", str(folder / "data"))
    (folder / "a.txt").write_text(SPOILT)
    (folder / "some.gguf").write_text("x")


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        (["check", "a.txt", "--scorer", "lm"], LM),
        (["check", "a.txt", "--scorer", "auto"], LM),
        (["check", "a.txt", "--model", "some.gguf"], LM),
        (["explain", "A large harbour.", "--scorer", "lm"], LM),
        (["model", "install"], LM),
        (["model", "install", "--if-missing"], LM),
        (["model", "install", "--from", "some.gguf"], LM),
        (["check", "a.txt", "--scorer", "hf:one"], 'pip install "despin[transformers]"'),
        (["model", "install", "--from", "hf:one"], 'pip install "despin[transformers]"'),
        (["languagetool", "install"], "pip install 'despin[grammar]'"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_what_needs_an_extra_names_it_in_one_line(
    command: list[str], remedy: str, despin: Invoke
) -> None:
    result = despin(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1  # nothing was fetched or converted before
    assert remedy in result.stderr


def test_what_the_core_can_do_it_does_and_says_what_is_missing(despin: Invoke) -> None:
    result = despin("check", "a.txt", "--grammar", "off")
    assert result.exit_code == 1, result.stderr
    assert f"the fast scorer decided, without its encoder (`{LM}` gets it" in result.stderr


@pytest.mark.parametrize(
    "asked",
    [
        ["--grammar", "all"],
        ["--languagetool-url", "localhost:1"],
        ["--grammar-categories", "TYPOS"],
    ],
)
def test_grammar_that_was_asked_for_is_missed(asked: list[str], despin: Invoke) -> None:
    stderr = despin("check", "a.txt", *PATTERNS[:2], *asked).stderr
    assert "Grammar was not checked: the extra is not installed" in stderr
    assert "Grammar" not in despin("check", "a.txt", *PATTERNS[:2]).stderr


def test_a_category_that_does_not_exist_is_refused(despin: Invoke) -> None:
    refused = despin("check", "a.txt", *PATTERNS[:2], "--grammar-categories", "GRAMAR")
    assert refused.exit_code == 2
    assert "'GRAMAR' is no category of LanguageTool; there are AI_RULES, " in refused.stderr
