"""``despin languagetool``: install the server that checks grammar."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("languagetool", short_help="Install the grammar checker.")
def command() -> None:
    """LanguageTool, the grammar checker; it runs on this machine and needs Java 17 or newer."""


@command.command("install", short_help="Fetch LanguageTool and make it ready.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True),
    metavar="FOLDER|ZIP",
    help="An unpacked LanguageTool or its ZIP file; downloaded when not given.",
)
def install(source: Path | None) -> int:
    """Make LanguageTool ready to run; only this command ever downloads it."""
    from despin.cli.errors import complain
    from despin.grammar.install import download, install_from

    installation = download() if source is None else install_from(source)
    complain(f"LanguageTool {installation.version} is installed in {installation.folder}")
    return 0
