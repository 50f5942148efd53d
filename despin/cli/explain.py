"""``despin explain``: everything that was considered for a sentence."""

from __future__ import annotations

import click

from despin.cli.choices import scoring
from despin.options import Options


@click.command("explain", short_help="Show what was weighed for a sentence.")
@click.argument("sentence", metavar="SENTENCE|-")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@scoring
def command(sentence: str, form: str, options: Options) -> int:
    """Show every word of a sentence that was questioned, with the wordings weighed for it."""
    from despin.cli.errors import complain
    from despin.cli.output import terminal, write
    from despin.pipeline import Despinner
    from despin.read import STDIN, read

    text = read(STDIN).text if sentence == STDIN else sentence
    items = Despinner(options).explain(text)
    if form == "json":
        from despin.render.json_lines import explanations

        write(explanations(items))
    elif items:
        write(terminal().explanations(text, items))
    else:
        complain("no word of this text was questioned")
    return 0
