"""Grammar on many lightly spun articles: throughput, the time spent in LanguageTool, Java's memory.

    python -m benchmarks.grammar --corpus ../shared/corpus --eval ../shared/eval

Held-out news articles are spun at the light rate of ``styles.json`` through the lexicon's own
thesaurus (synonyms drawn by weight and frequency, not by plausibility) and fixed with grammar off,
over findings, and over all sentences. Off and findings take turns in batches, so that whatever
else the machine does slows both. Each mode but off has a server of its own, warm before the clock
runs. Last, ``clean-network.txt`` is fixed with all: no words in quotation marks and no name may
change, and the disagreeing verb must be mended, or the run fails.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import report
from benchmarks.frozen import styles
from benchmarks.passages import news
from despin.document import Document
from despin.edit import Edit
from despin.finding import Rule
from despin.grammar import state
from despin.grammar.client import ServerChecker
from despin.grammar.lease import LeasedServer
from despin.grammar.matches import Match
from despin.lexicon.thesaurus import Thesaurus
from despin.options import Grammar, Options
from despin.pipeline import Despinner
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.training.plausibility import form_frequency
from despin.training.spinner import Spinner

RATE = "0.06"
"""The light style that is not told to mend a and an."""
BATCHES = 10
PARTS = ("fast", "lm", "article")
MENDED = (" offers", " offer")
"""In clean-network.txt: the verb that disagrees, and what it must become."""

HEAD = ["scorer, grammar", "words/s", "of off", "processor s per 1,000 words, despin + Java",
        "of off, by processor", "time in LanguageTool", "million code points sent",
        "Java MB after 1/4, 1/2, all / most", "grammar findings", "edits"]  # fmt: skip


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


@dataclass
class Mode:
    """One way to fix all articles, and what it took.

    Attributes:
        paces: words a second of each batch.
        memory: Java's resident megabytes after each batch.
        most: the largest they ever were.
    """

    scorer: str
    grammar: Grammar
    paces: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    most: int = 0
    words: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    findings: int = 0
    edits: int = 0

    def __post_init__(self) -> None:
        """Load everything and warm the server."""
        self.despinner = Despinner(Options(scorer=self.scorer, grammar=self.grammar))
        self.checker = Timed(LeasedServer()) if self.grammar is not Grammar.OFF else None
        vars(self.despinner.grammar)["_checker"] = self.checker
        self.despinner.fix("The first check loads the lexicon, and no shops offers it.")
        if self.checker:
            self.checker.check("The first check waits for the server.")
            self.checker.seconds, self.checker.sent = 0.0, 0
        self.java = self._java()

    def _java(self) -> float:
        """Processor seconds that Java has taken so far."""
        return java_seconds() if self.checker else 0.0

    def run(self, batch: Sequence[Document]) -> None:
        """Fix some articles."""
        begin, own = time.perf_counter(), time.process_time()
        for document in batch:
            review = self.despinner.fix(document)
            self.findings += sum(f.rule is Rule.GRAMMAR for f in review.findings)
            self.edits += len(review.edits())
        took = time.perf_counter() - begin
        words = sum(document.word_count for document in batch)
        self.words, self.seconds = self.words + words, self.seconds + took
        self.processor += time.process_time() - own
        self.paces.append(words / took)
        if self.checker:
            if self.checker.note:
                raise RuntimeError(self.checker.note)
            now, self.most = memory()
            self.memory.append(now)

    def row(self, off: Mode) -> list[str]:
        """One line of the table."""
        pace, plain = self.words / self.seconds, off.words / off.seconds
        java = self._java() - self.java if self.checker else 0.0
        cells = [
            f"{self.scorer}, {self.grammar}",
            f"{pace:,.0f}",
            f"{pace / plain:.2f}",
            f"{1000 * self.processor / self.words:.2f} + {1000 * java / self.words:.2f}",
            f"{off.processor / off.words / ((self.processor + java) / self.words):.2f}",
        ]
        if self.checker is None:
            return [*cells, "", "", "", "", f"{self.edits:,}"]
        quarters = [self.memory[max(0, len(self.memory) * n // 4 - 1)] for n in (1, 2, 4)]
        return [
            *cells,
            f"{self.checker.seconds / self.seconds:.0%}",
            f"{self.checker.sent / 1e6:.2f}",
            " / ".join(map(str, quarters)) + f" / {self.most}",
            f"{self.findings:,}",
            f"{self.edits:,}",
        ]

    def close(self) -> None:
        """Give the server up; the last to do so ends it."""
        self.despinner.close()


def lightly_spun(corpus: Path, number: int) -> list[Document]:
    """Held-out news articles, spun at the light rate; always the same ones."""
    table = Substitutions.of(Thesaurus.load()).transposed()
    spinner = Spinner(
        table,
        form_frequency(table, Collocations.load()),
        lambda _, slots: np.zeros(len(slots.slot_of), np.float32),
    )
    style = styles()[RATE]
    return [
        Document(document.id, spinner.spin(document, style, random.Random(document.id)).text)
        for document in news(corpus, number)
    ]


def measured(scorer: str, texts: Sequence[Document], most: int) -> list[list[str]]:
    """The lines of one scorer; with grammar over all sentences at most so many texts are read."""
    off, some = Mode(scorer, Grammar.OFF), Mode(scorer, Grammar.FINDINGS)
    for batch in _batches(texts):
        off.run(batch)
        some.run(batch)
    rows = [off.row(off), some.row(off)]
    some.close()
    every = Mode(scorer, Grammar.ALL)
    for batch in _batches(texts[:most]):
        every.run(batch)
    rows.append(every.row(off))
    every.close()
    print("\n".join(" | ".join(row) for row in rows), file=sys.stderr)
    return rows


def _batches(texts: Sequence[Document]) -> Iterable[Sequence[Document]]:
    size = -(-len(texts) // BATCHES)
    return [texts[at : at + size] for at in range(0, len(texts), size)]


def java_seconds() -> float:
    """Processor seconds of the Java process."""
    known = state.load(state.folder())
    assert known is not None
    fields = Path(f"/proc/{known.java}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory() -> tuple[int, int]:
    """Java's resident memory now and at most, in MB."""
    known = state.load(state.folder())
    assert known is not None
    status = Path(f"/proc/{known.java}/status").read_text().splitlines()
    figures = {line.split(":")[0]: line.split()[1] for line in status if line.startswith("Vm")}
    return int(figures["VmRSS"]) // 1024, int(figures["VmHWM"]) // 1024


def yardstick(path: Path) -> tuple[str, bool]:
    """One article fixed with ``all``: a sentence about it, and whether it came out right."""
    document = Document(path.name, path.read_text(encoding="utf-8"))
    despinner = Despinner(Options(scorer="lm", grammar=Grammar.ALL))
    review = despinner.fix(document)
    despinner.close()
    if review.notes:
        raise RuntimeError(" ".join(review.notes))
    # Whole scrape blocks go with the names in them, and a fused mark is no word of the quotation.
    edits = [e for f, d in zip(review.findings, review.decisions, strict=True)
             if (e := d.edit) and f.rule is not Rule.BOILERPLATE]  # fmt: skip
    wrong = [edit for edit in edits if _changes_protected(document, edit)]
    mended = MENDED[0] in document.text and _verb(review.result()) > _verb(document.text)
    told = f"{len(edits)} edits, {len(wrong)} of them inside quotation marks or a name"
    return f"{told}; the disagreeing verb is {'' if mended else 'not '}mended", mended and not wrong


def _verb(text: str) -> int:
    return len(re.findall(rf"businesses{MENDED[1]}\b", text))


def _changes_protected(document: Document, edit: Edit) -> bool:
    protected = document.protected
    words = Counter(re.findall(r"\w+", edit.before)) != Counter(re.findall(r"\w+", edit.after))
    return words and (protected.in_quote(edit.span) or protected.in_name(edit.span))


def speed(given: argparse.Namespace, scorer: str) -> None:
    """Measure one scorer, and put its table into RESULTS.md."""
    texts = lightly_spun(given.corpus, given.articles if scorer == "fast" else given.lm_articles)
    print(f"{len(texts)} articles, scorer {scorer}", file=sys.stderr)
    words = sum(document.word_count for document in texts)
    body = f"""{report.circumstances()}
`despin fix` on {len(texts):,} lightly spun held-out news articles ({words:,} words). The clock \
counts whatever else the machine does, the processor's seconds do not; they count both cores. \
Grammar over all sentences: on the first {min(len(texts), given.all_articles):,}.

{report.table(HEAD, measured(scorer, texts, given.all_articles))}"""
    print(body)
    if not given.trial:
        report.put(f"grammar-{scorer}", f"Grammar, scorer {scorer}", body)


def article(given: argparse.Namespace) -> bool:
    """Fix clean-network.txt, and tell in RESULTS.md whether it came out right."""
    told, right = yardstick(given.eval / "clean-network.txt")
    body = f"{report.circumstances()}\n`clean-network.txt`, scorer lm, grammar all: {told}.\n"
    print(body)
    if not given.trial:
        report.put("grammar-article", "Grammar on one article", body)
    return right


def main() -> int:
    """Run all parts; 1 when the article comes out wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--articles", type=int, default=1000, help="with scorer fast")
    parser.add_argument("--lm-articles", type=int, default=50, help="with scorer lm")
    parser.add_argument("--all-articles", type=int, default=200, help="with grammar all, at most")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--trial", action="store_true", help="leave RESULTS.md alone")
    given = parser.parse_args()
    for scorer in ("fast", "lm"):
        if scorer in given.parts:
            speed(given, scorer)
    return 0 if "article" not in given.parts or article(given) else 1


if __name__ == "__main__":
    sys.exit(main())
