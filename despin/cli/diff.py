"""``despin diff``: two texts word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from despin.cli.choices import NAME
from despin.cli.errors import complain

if TYPE_CHECKING:
    from despin.document import Document


@click.command("diff", short_help="Compare two texts word by word.")
@click.argument("before", type=NAME, metavar="A")
@click.argument("after", type=NAME, metavar="B")
def command(before: str, after: str) -> int:
    """Show how text B differs from text A, word by word; in a pipe as a patch.

    Line ends (CRLF, LF) are not compared.

    Exit code 0: the same; 1: they differ; 2: one of them could not be read, or A is a web page,
    of which no patch can be made.
    """
    from despin.cli.output import is_terminal, terminal, write, write_bytes
    from despin.diff import segments, with_line_ends_of
    from despin.read import read

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
        write_bytes(_patch(a, text))
    return 1


def _patch(document: Document, after: str) -> bytes:
    """The patch of a text; that of a web page would not fit its file.

    Raises:
        WriteError: it is a web page.
        PatchError: see `patch_bytes`.
    """
    from despin.cli.delivery import NO_PATCH
    from despin.read import WriteError
    from despin.read.writing import is_extracted
    from despin.render.unified import patch_bytes

    if is_extracted(document):
        raise WriteError(NO_PATCH.format(document.id))
    return patch_bytes(document, after)
