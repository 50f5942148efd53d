"""``despin rules``: the rules and what each looks like."""

from __future__ import annotations

import click


@click.command("rules", short_help="List the rules.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(form: str) -> int:
    """List the rules, each with an example before and after."""
    from despin.cli.output import terminal, write
    from despin.rules import RULES

    if form == "json":
        from despin.render.json_lines import rules

        write(rules(RULES))
    else:
        write(terminal().rules(RULES))
    return 0
