"""Speed and memory: fresh processes on one article, and many articles in one process.

    python -m benchmarks.speed --corpus ../shared/corpus --eval ../shared/eval

Every figure is a median over several runs. A fresh process finds its files in the system's cache,
as the first run reads them; memory is the process's largest resident size.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import report
from benchmarks.passages import news
from despin.options import Grammar, Options
from despin.pipeline import Despinner

SCORERS = ("lm", "fast", "auto")
GOALS = {
    "version": "0.15 s",
    "lm": "4 s, 800 MB",
    "fast": "1.0 s",
    "many lm": "250 words/s",
    "many auto": "1,000 words/s",
    "many fast": "5,000 words/s",
}


class Used(NamedTuple):
    """What one process took."""

    seconds: float
    processor: float
    megabytes: float


def process(command: Sequence[str]) -> Used:
    """Run a command with its output thrown away.

    Raises:
        RuntimeError: it could not do its work (exit code 2 or a signal).
    """
    # Where it is set, every start would compile despin's own modules anew, as no user's does.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=kept) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return Used(
        time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    )


def checked(scorer: str, what: str, article: Path, runs: int) -> list[str]:
    """One line of the table: an article checked in fresh processes."""
    arguments = ["check", str(article), "--scorer", scorer, "--grammar", "off", "--exit-zero"]
    shown, *measured = cold(scorer, arguments, runs)
    return [
        f"{shown}, {what} article of {len(article.read_text('utf-8').split())} words",
        *measured,
    ]


def ordinary(corpus: Path, words: int = 700) -> str:
    """Of the first held-out news articles the one whose length is nearest to ``words``."""
    return min(news(corpus, 200), key=lambda article: abs(article.word_count - words)).text


def cold(name: str, arguments: Sequence[str], runs: int) -> list[str]:
    """One line of the table: `despin` with these arguments in fresh processes."""
    command = [sys.executable, "-m", "despin", *arguments]
    process(command)
    used = [process(command) for _ in range(runs)]
    middle = Used(*(statistics.median(column) for column in zip(*used, strict=True)))
    spread = f"{min(u.seconds for u in used):.2f}–{max(u.seconds for u in used):.2f}"
    shown = " ".join(["despin", *(a for a in arguments if not a.startswith("/"))])
    return [
        f"`{shown}`",
        f"{middle.seconds:.2f} s ({spread})",
        f"{middle.processor:.2f} s",
        f"{middle.megabytes:.0f} MB",
        GOALS.get(name, ""),
    ]


def many(scorer: str, corpus: Path, articles: int, batches: int) -> dict[str, float]:
    """Check many articles in this process: words a second, batch by batch."""
    documents = news(corpus, articles)
    despinner = Despinner(Options(scorer=scorer, grammar=Grammar.OFF))
    despinner.check("The first check loads the lexicon and whatever scores the words of a text.")
    size = max(1, -(-len(documents) // batches))
    paces, words = [], 0
    for start in range(0, len(documents), size):
        batch = documents[start : start + size]
        begin = time.perf_counter()
        for document in batch:
            despinner.check(document)
        read = sum(document.word_count for document in batch)
        paces.append(read / (time.perf_counter() - begin))
        words += read
    import resource

    return {
        "pace": statistics.median(paces),
        "least": min(paces),
        "most": max(paces),
        "articles": len(documents),
        "words": words,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def throughput(scorer: str, given: argparse.Namespace) -> list[str]:
    """One line of the table: many articles in one process of their own."""
    command = [sys.executable, "-m", "benchmarks.speed", "--corpus", str(given.corpus)]
    command += ["--articles", str(given.articles), "--runs", str(given.runs), "--many", scorer]
    found = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    told = json.loads(found.stdout)
    return [
        f"{told['articles']} articles, {told['words']:,} words, scorer {scorer}, one process",
        f"{told['pace']:,.0f} words/s ({told['least']:,.0f}–{told['most']:,.0f})",
        "",
        f"{told['megabytes']:.0f} MB",
        GOALS[f"many {scorer}"],
    ]


def main() -> None:
    """Measure all, and put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--runs", type=int, default=5, help="runs, and batches of articles")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--scorers", nargs="+", choices=SCORERS, default=SCORERS)
    parser.add_argument("--many", choices=SCORERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.many:
        print(json.dumps(many(given.many, given.corpus, given.articles, given.runs)))
        return
    rows = [cold("version", ["--version"], given.runs)]
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "article.txt"
        clean.write_text(ordinary(given.corpus), "utf-8")
        for scorer in given.scorers:
            for what, article in (("clean", clean), ("spun", given.eval / "clean-network.txt")):
                rows.append(checked(scorer, what, article.resolve(), given.runs))
    rows += [throughput(scorer, given) for scorer in given.scorers]
    head = ["what", "median (least–most)", "processor", "memory", "goal"]
    told = f"Medians of {given.runs} runs; throughput: of {given.runs} batches of articles.\n"
    body = "\n".join([report.circumstances(), told, report.table(head, rows)])
    print(body)
    if given.articles < 200:
        return  # a trial
    report.put("speed", "Speed and memory", body)


if __name__ == "__main__":
    main()
