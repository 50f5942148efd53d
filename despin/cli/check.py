"""``despin check``: what was found, for people or as JSON lines."""

from __future__ import annotations

from functools import partial

import click

from despin.cli.choices import Inputs, Run, reading, running
from despin.cli.errors import say
from despin.cli.output import is_terminal, terminal, write
from despin.render import Renderer
from despin.review import Review


@click.command("check", short_help="Report what looks spun or damaged.")
@reading
@running
def command(inputs: Inputs, run: Run) -> int:
    """Report what looks spun or damaged in files, folders or standard input (-).

    Exit code 0: nothing found; 1: something found; 2: something could not be read or run.
    """
    from despin.cli.session import Session
    from despin.pipeline import Despinner

    renderer = reporter(run)
    with Session(run, inputs) as session:
        for review in session.reviews(Despinner(run.options).check):
            if run.json or next(iter(review.open()), None) is not None:
                with session.showing():
                    session.attempt(review.document.id, partial(_show, renderer, review))
    if not run.json and not run.quiet and session.summary.documents:
        # Whatever was found is out before, so that on a terminal the order stays.
        say(session.summary.of_check())
    return session.exit_code()


def _show(renderer: Renderer, review: Review) -> None:
    write(renderer.render(review))


def reporter(run: Run) -> Renderer:
    """The renderer of a run's reports: JSON, a terminal's layout, or plain lines for a pipe."""
    if run.json:
        from despin.render.json_lines import JsonLines

        return JsonLines(run.with_text)
    if is_terminal():
        return terminal()
    from despin.render.plain import Plain

    return Plain()
