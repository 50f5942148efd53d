"""The bar on standard error."""

from __future__ import annotations

import io
import sys

import pytest

from despin.cli import progress


class Terminal(io.StringIO):
    """Standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("appears_first", [True, False])
@pytest.mark.parametrize("name", ["news [draft].txt", "k[/b] x.txt", "end\\"])
def test_a_name_stands_in_the_bar_as_it_is(
    name: str, appears_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    for variable, value in {"TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(variable, value)
    with progress.Progress(2, wanted=True) as bar:
        bar.start("first" if appears_first else name)
        bar._appear()
        if appears_first:
            bar.start(name)
    assert f"{name} " in shown.getvalue()
