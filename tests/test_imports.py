"""What a fresh interpreter loads: no library that the command at hand does not need.

A static graph (the import contracts in pyproject.toml) cannot see an import made inside a
function; ``sys.modules`` can.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_masked import write_onnx

HEAVY = {
    "ftfy", "language_tool_python", "lemminflect", "msgspec", "nltk", "numpy", "onnx",
    "onnxruntime", "pathspec", "rich", "textual", "tokenizers", "torch", "trafilatura",
    "transformers",
}  # fmt: skip
NOT_FOR_PLAIN_TEXT = {
    "language_tool_python", "onnx", "onnxruntime", "textual", "tokenizers", "torch", "trafilatura",
    "transformers",
}  # fmt: skip

PROBE = """
import json, sys
{code}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
RUN = """
from despin.cli import cli
try:
    cli({args!r})
except SystemExit as end:
    assert end.code in (0, 1), end.code
"""


def loaded(code: str, folder: Path) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running ``code``."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(code=code)],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import despin",
        "import despin.cli",
        "import despin.cli.check, despin.cli.fix, despin.cli.diff, despin.cli.explain",
        "import despin.cli.rules, despin.cli.model, despin.cli.lexicon, despin.cli.doctor",
        RUN.format(args=["--version"]),
        RUN.format(args=["--help"]),
        RUN.format(args=["check", "--help"]),
    ],
)
def test_nothing_heavy_is_loaded_before_work_begins(code: str, tmp_path: Path) -> None:
    assert loaded(code, tmp_path) & HEAVY == set()


def test_version_imports_no_command(tmp_path: Path) -> None:
    code = RUN.format(args=["--version"]) + "print([n for n in sys.modules if 'despin' in n])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.stdout.splitlines()[-1] == "['despin', 'despin.cli']"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--scorer", "fast"], {"onnxruntime", "tokenizers"}),  # the small encoder's
        (["--select", "doubled-word"], set()),
    ],
)
def test_checking_plain_text_loads_no_more_than_it_needs(
    arguments: list[str], wanted: set[str], tmp_path: Path
) -> None:
    (tmp_path / "plain.txt").write_text("They met in the the harbour, and it rained.\n")
    code = RUN.format(args=["check", "plain.txt", "--grammar", "off", *arguments])
    assert loaded(code, tmp_path) & NOT_FOR_PLAIN_TEXT == wanted


@pytest.mark.parametrize("arguments", ["fast", "lm", "hf"])
def test_only_a_model_of_transformers_loads_torch(
    arguments: str, tmp_path: Path, tiny_gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESPIN_DATA", str(tmp_path / "data"))
    for heavy in ("torch", "transformers"):  # even where they are not installed, this would show
        (tmp_path / f"{heavy}.py").touch()
    (tmp_path / "plain.txt").write_text("They met in the the harbour, and it rained.\n")
    chosen = {
        "fast": ["--scorer", "fast"],
        "lm": ["--model", str(tiny_gguf)],
        "hf": ["--scorer", f"hf:{write_onnx(tmp_path / 'masked')}"],
    }[arguments]
    code = RUN.format(args=["check", "plain.txt", "--grammar", "off", *chosen])
    assert loaded(code, tmp_path) & {"torch", "transformers"} == set()
