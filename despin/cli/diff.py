"""``despin diff``: two texts word by word."""

from __future__ import annotations

import click

from despin.cli.choices import NAME
from despin.cli.errors import complain


@click.command("diff", short_help="Compare two texts word by word.")
@click.argument("before", type=NAME, metavar="A")
@click.argument("after", type=NAME, metavar="B")
def command(before: str, after: str) -> int:
    """Show how text B differs from text A, word by word; in a pipe as a patch.

    Line ends (CRLF, LF) are not compared.

    Exit code 0: the same; 1: they differ; 2: one of them could not be read, or no patch can be
    made of A: a web page, or UTF-16 text.
    """
    from despin.cli.output import is_terminal, terminal, write, write_bytes
    from despin.diff import segments, with_line_ends_of
    from despin.read import read
    from despin.render.unified import patch_bytes

    if before == after == "-":
        raise click.UsageError("only one of the two can be standard input")
    a, b = read(before), read(after)
    text = with_line_ends_of(a.text, b.text)
    if text != b.text:
        complain(f"{before} and {after} differ in line ends (CRLF, LF), which are not compared")
    if a.text == text:
        return 0
    if is_terminal():
        write(terminal().difference(f"{before} → {after}", segments(a.text, text)))
    else:
        write_bytes(patch_bytes(a, text))
    return 1
