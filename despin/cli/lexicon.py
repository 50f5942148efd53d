"""``despin lexicon``: learn rows for a lexicon; build the compiled one, or put rows into it."""

from __future__ import annotations

from pathlib import Path

import click

from despin.cli import learn

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("lexicon", short_help="Learn rows, build or amend the lexicon.")
def command() -> None:
    """The lexicons that say which words a spinner might have put for which."""


command.add_command(learn.command)


@command.command("build", short_help="Compile the packaged lexicon.")
@click.option("--wordnet", type=_FOLDER, required=True, help="WordNet 3.0's database files.")
@click.option("--moby", type=_FILE, required=True, help="Moby's words.txt.")
@click.option("--tortured", type=_FILE, required=True, help="tortured_phrases.tsv.")
@click.option("--frequencies", type=_FILE, required=True, help="word<TAB>count lines.")
@click.option("--curated", type=_FILE, multiple=True, help="Rows written by hand; repeatable.")
@click.option("--spintax", type=_FILE, help="Word pairs of spintax templates; evidence only.")
@click.option("--vectors", type=_FILE, help="Word vectors; evidence only.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write; the packaged one.")
def build(
    frequencies: Path, curated: tuple[Path, ...], out: Path | None, **sources: Path | None
) -> int:
    """Compile the lexicon from WordNet, Moby and tortured phrases.

    The same sources give the same bytes.
    """
    from despin.cli.output import write
    from despin.lexicon.build import build as compiled
    from despin.lexicon.collect import Inputs
    from despin.lexicon.frequencies import Frequencies
    from despin.lexicon.location import COMPILED, packaged
    from despin.lexicon.rows import read_rows

    rows = tuple(row for path in curated for row in read_rows(path))
    inputs = Inputs(curated=rows, **sources)  # type: ignore[arg-type] # click checks them
    facts = compiled(inputs, Frequencies.read(frequencies), out or packaged() / COMPILED)
    for name, value in facts.items():
        write(f"{name}\t{value}\n")
    return 0


@command.command("amend", short_help="Put rows into the compiled lexicon.")
@click.option("--curated", type=_FILE, multiple=True, required=True, help="Rows; repeatable.")
@click.option("--onto", type=_FOLDER, help="The compiled lexicon; the packaged one.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write; the same one.")
def amend(curated: tuple[Path, ...], onto: Path | None, out: Path | None) -> int:
    """Put rows written by hand into a compiled lexicon, without its sources.

    Pairs that it holds get the larger weight; all others stay as they are.
    """
    from despin.cli.output import write
    from despin.lexicon.amend import amend_files
    from despin.lexicon.location import COMPILED, packaged
    from despin.lexicon.rows import read_rows

    onto = onto or packaged() / COMPILED
    rows = [row for path in curated for row in read_rows(path)]
    found = amend_files(onto, rows, out or onto)
    write(f"new pairs\t{found.new}\nraised\t{found.raised}\n")
    return 0


@command.command("phrases", short_help="Make the table of tortured phrases.")
@click.option("--tortured", type=_FILE, required=True, help="tortured_phrases.tsv.")
def phrases(tortured: Path) -> int:
    """Print the rows of ``phrases.tsv`` that a list of tortured phrases makes."""
    from despin.cli.output import write
    from despin.lexicon.tortured import phrase_table

    write(phrase_table(tortured))
    return 0
