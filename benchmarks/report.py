"""RESULTS.md: sections between markers, each with when, what and where it was measured."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: first column to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def number(value: float, digits: int = 2) -> str:
    """A number, or a dash for what is not known."""
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def between(value: float, interval: tuple[float, float], digits: int = 2) -> str:
    """A value with its interval."""
    low, high = interval
    shown = number(value, digits)
    return shown if math.isnan(low) else f"{shown} ({number(low, digits)}–{number(high, digits)})"


def share(part: int, whole: int) -> str:
    """A share with what it is a share of."""
    return "–" if not whole else f"{part / whole:.2f} ({part}/{whole})"


def circumstances(command: str | None = None) -> str:
    """One line: date, commit, machine kind, command."""
    command = command or "python -m " + " ".join([_module(), *sys.argv[1:]])
    return f"{datetime.now(UTC):%Y-%m-%d}, commit {commit()}, {machine()}, `{command}`\n"


def _module() -> str:
    return "benchmarks." + Path(sys.argv[0]).stem


def commit() -> str:
    """The checkout's commit, with a plus where files have changed since."""
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    return found.stdout.strip() or "unknown"


def machine() -> str:
    """What kind of processor there is, and how many cores; no names."""
    try:
        flags = set(re.findall(r"\w+", _flags()))
    except OSError:
        flags = set()
    kinds = [
        name
        for name, flag in (
            ("AVX2", "avx2"),
            ("AVX512", "avx512f"),
            ("VNNI", "avx512_vnni"),
            ("AMX", "amx_tile"),
        )
        if flag in flags
    ]
    return f"{os.cpu_count()} cores, {' '.join(kinds) or 'unknown vector units'}"


def _flags() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line for line in lines if line.startswith("flags")), "")


def put(marker: str, title: str, body: str) -> None:
    """Replace the section between the markers, or append it."""
    begin, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    section = f"{begin}\n## {title}\n\n{body.strip()}\n{end}"
    old = RESULTS.read_text("utf-8") if RESULTS.exists() else "# Results\n"
    if begin in old and end in old:
        head, _, rest = old.partition(begin)
        new = head + section + rest.partition(end)[2]
    else:
        new = old.rstrip() + "\n\n" + section + "\n"
    RESULTS.write_text(new, "utf-8")
