"""Grammar on many articles: throughput, the time spent in LanguageTool, Java's memory.

    python benchmarks/grammar.py [CORPUS] [--articles N]

CORPUS is a folder with the file ``news_bbc.txt.zst``, one article a line (``../shared/corpus`` by
default); it is read over again until there are N articles. Nothing is scored: sentences are read
and the edits that follow are checked, so that all of the time is this room's. Last, the article
``clean-network.txt`` beside the corpus is read whole: what is changed is printed, and the run
fails if any of it lies in quotation marks or a name.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from despin.document import Document
from despin.grammar import state
from despin.grammar.client import ServerChecker
from despin.grammar.edit_check import check_edits
from despin.grammar.lease import LeasedServer
from despin.grammar.matches import Match
from despin.policy import decide
from despin.propose.grammar import findings
from despin.review import Review

DEFAULT_CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
READ = 4
"""Every so many sentences hold a finding in a lightly spun article, about."""


class Timed(ServerChecker):
    """Adds up the time and the code points that checks take."""

    seconds = 0.0
    sent = 0

    def check(self, text: str) -> list[Match]:
        """What the server says, timed."""
        start = time.perf_counter()
        try:
            return super().check(text)
        finally:
            self.seconds += time.perf_counter() - start
            self.sent += len(text)


def main() -> int:
    """Run all; 1 when the yardstick fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--articles", type=int, default=1000)
    options = parser.parse_args()
    checker = Timed(LeasedServer())
    checker.check("The first check waits for the server.")
    texts = list(itertools.islice(articles(options.corpus), options.articles))
    for mode in ("findings", "all"):
        measure(checker, texts, every=READ if mode == "findings" else 1, mode=mode)
    wrong = yardstick(checker, options.corpus.parent / "eval" / "clean-network.txt")
    checker.close()
    return wrong


def articles(corpus: Path) -> Iterator[Document]:
    """News articles, over and over."""
    import zstandard

    with zstandard.open(corpus / "news_bbc.txt.zst", "rt", encoding="utf-8") as file:
        lines = [line.replace("\\n", "\n") for line in file if len(line) > 500]
    for number in itertools.count():
        yield Document(str(number), lines[number % len(lines)])


def measure(checker: Timed, texts: list[Document], *, every: int, mode: str) -> None:
    """Read and check every so many sentences of ``texts``; print one line."""
    checker.seconds, checker.sent = 0.0, 0
    checker._known.clear()
    start = time.perf_counter()
    found = words = edits = 0
    for document in texts:
        words += document.word_count
        spans = document.sentences[::every]
        here = findings(document, spans, checker)
        found += len(here)
        edits += len(check_edits(decide(Review(document, tuple(here))), checker).edits())
    took = time.perf_counter() - start
    resident, peak = memory()
    print(
        f"{mode}: {len(texts)} articles, {words} words in {took:.0f} s: "
        f"{words / took:.0f} words/s, {checker.seconds / took:.0%} of it in LanguageTool "
        f"({checker.sent} code points sent); "
        f"{found} findings, {edits} edits; Java {resident} MB, at most {peak} MB"
    )
    if checker.note:
        print(checker.note)


def memory() -> tuple[int, int]:
    """Java's resident memory now and at most, in MB."""
    known = state.load(state.folder())
    assert known is not None
    status = Path(f"/proc/{known.java}/status").read_text().splitlines()
    figures = {line.split(":")[0]: line.split()[1] for line in status if line.startswith("Vm")}
    return int(figures["VmRSS"]) // 1024, int(figures["VmHWM"]) // 1024


def yardstick(checker: ServerChecker, path: Path) -> int:
    """Mend one article; 1 when something protected or nothing at all changes."""
    if not path.is_file():
        return 0
    document = Document(path.name, path.read_text(encoding="utf-8"))
    review = decide(Review(document, tuple(findings(document, None, checker))))
    review = check_edits(review, checker)
    protected = document.protected
    wrong = 0
    for edit in review.edits():
        bad = protected.in_quote(edit.span) or protected.in_name(edit.span)
        wrong += bad
        print(f"{path.name}: {edit.before!r} → {edit.after!r}{' (PROTECTED)' if bad else ''}")
    return 1 if wrong or not review.edits() else 0


if __name__ == "__main__":
    sys.exit(main())
