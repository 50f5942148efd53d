"""``despin doctor``: what is there, what is missing, and the one command that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Part:
    """Something despin can use.

    Attributes:
        name: what it is.
        found: where or which version; ``None`` when it is not there, or of no use.
        use: what needs it.
        remedy: the command that brings it.
        needed: whether despin cannot work without it.
        fault: what is wrong with what is there.
    """

    name: str
    found: str | None
    use: str
    remedy: str
    needed: bool = False
    fault: str | None = None


@click.command("doctor", short_help="Say what is installed and what is not.")
def command() -> int:
    """Say what is installed, and for what is not, the command that mends it.

    Exit code 1 when something is missing without which despin cannot work.
    """
    from despin.cli.output import write

    missing = False
    for part in parts():
        if part.found is not None:
            write(f"ok       {part.name}: {part.found}\n")
        else:
            word = "missing" if part.needed else "no      "
            fault = f" {part.fault}" if part.fault else ""
            write(f"{word:8} {part.name}{fault}, for {part.use}; run: {part.remedy}\n")
            missing = missing or part.needed
    return 1 if missing else 0


def parts() -> Iterator[Part]:
    """Everything that despin looks for, nothing of it loaded."""
    from despin.grammar.doctor import doctor_facts

    lm = 'pip install "despin[lm]"'
    yield Part("lexicon", _lexicon(), "finding anything", "pip install --force-reinstall despin",
               needed=True)  # fmt: skip
    yield Part("onnxruntime", _version("onnxruntime"), "--scorer lm", lm)
    yield Part("tokenizers", _version("tokenizers"), "--scorer lm", lm)
    yield Part("language model", _model(), "--scorer lm", "despin model install")
    yield Part("large encoder", _encoder(), "--scorer lm", "despin model install")
    other = 'pip install "despin[transformers]"'
    yield Part("transformers", _version("transformers"), "--scorer hf:MODEL", other)
    yield Part("torch", _version("torch"), "--scorer hf:MODEL", other)
    yield Part("trafilatura", _version("trafilatura"), "web pages", 'pip install "despin[html]"')
    yield Part("textual", _version("textual"), "despin review", 'pip install "despin[tui]"')
    for fact in doctor_facts():
        found, fault = (fact.detail, None) if fact.ok else (None, fact.fault)
        yield Part(fact.name, found, "--grammar", fact.remedy, fault=fault)


def _version(distribution: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _lexicon() -> str | None:
    from despin.lexicon.location import COMPILED, packaged

    try:
        folder = packaged() / COMPILED
    except FileNotFoundError:
        return None
    return str(folder) if folder.is_dir() and any(folder.iterdir()) else None


def _model() -> str | None:
    from despin.score import model_store

    files = model_store.installed()
    return str(files.folder) if files is not None else None


def _encoder() -> str | None:
    from despin.score import encoder_store
    from despin.score.loading import LARGE_ENCODER

    folder = encoder_store.made(LARGE_ENCODER)
    return str(folder) if folder is not None else None
