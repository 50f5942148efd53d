"""The command line: one command a file, each imported when it is asked for.

`COMMANDS` names them; ``--version`` and completion import none. Exit codes: 0 clean or all fixed,
1 findings (left), 2 could not run, 130 interrupted, 143 ended from outside, 141 the reader of our
output went away.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

import click

from despin import __version__

COMMANDS = {
    "check": "despin.cli.check",
    "fix": "despin.cli.fix",
    "review": "despin.cli.review",
    "apply": "despin.cli.apply",
    "diff": "despin.cli.diff",
    "explain": "despin.cli.explain",
    "rules": "despin.cli.rules",
    "model": "despin.cli.model",
    "languagetool": "despin.cli.languagetool",
    "lexicon": "despin.cli.lexicon",
    "train": "despin.cli.train",
    "doctor": "despin.cli.doctor",
}
"""Where each command's ``command`` lies, in the order of the help."""


class LazyGroup(click.Group):
    """A group that imports the command it runs, and turns every error into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        """The names, without importing anything."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command called ``cmd_name``."""
        if cmd_name not in COMMANDS:
            return None
        return cast(click.Command, import_module(COMMANDS[cmd_name]).command)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe ends it without a word."""
        try:
            result = super().invoke(ctx)
            _flush()
        except BrokenPipeError:
            import sys

            from despin.cli.output import forget

            forget(sys.stdout)
            raise click.exceptions.Exit(141) from None
        return result

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run and exit; never with a traceback, unless ``DESPIN_DEBUG`` is set."""
        import sys

        extra["standalone_mode"] = False
        try:
            result = super().main(*args, **extra)
        except click.Abort:
            sys.exit(130)
        except click.ClickException as error:
            from despin.cli.output import messages

            with messages():
                error.show()
            sys.exit(2)
        except Exception as error:
            from despin.cli.errors import report
            from despin.cli.output import named

            report(named(error))
            sys.exit(2)
        sys.exit(result if isinstance(result, int) else 0)


def _flush() -> None:
    import sys

    from despin.cli.output import refusals

    with refusals():
        sys.stdout.flush()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="despin", message="%(prog)s %(version)s")
def cli() -> None:
    """Find the words an article spinner put in, and say what most likely stood there."""
