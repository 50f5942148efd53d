"""Quality: detection and restoration of spun words, and what is found in clean text.

    python -m benchmarks.quality --section gold hand spun clean --scorer lm

gold: real spun passages with known originals. hand: articles spun by hand. spun: the frozen
passages (`benchmarks.frozen`). clean: held-out text by genre. article: one article's findings, to
be read by eye; nothing of it is written down. What is found is kept in ``work-data/quality/`` as it
is found: a run that was interrupted, or stopped by ``--minutes``, goes on where it ended.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from benchmarks import calibration, folds, frozen, handspun, passages, report, tables
from benchmarks.judging import DESPIN, Judging, ngrams
from benchmarks.ngrams import WORDS, Ngrams
from benchmarks.records import Record, Store, stamp
from benchmarks.restoration import Patch
from despin.document import Document
from despin.training.evaluation import EvaluationText

LIGHT = ("mediaadvocate-", "torosyan-", "tsarukyan-")
"""Ids of the lightly spun rows begin so."""

Task = tuple[str, Callable[["Run"], Record]]
"""A record's key, and what makes the record."""


@dataclass(frozen=True)
class Run:
    """The command line."""

    corpus: Path
    eval: Path
    scorer: str
    words: int
    minutes: float
    ngram_words: int
    genres: tuple[str, ...]
    limit: int | None
    afresh: bool

    @cached_property
    def ends(self) -> float:
        """When to stop."""
        return time.monotonic() + 60 * self.minutes

    @lru_cache(maxsize=1)  # noqa: B019 - one run
    def judging(self, fold: int | None = None) -> Judging:
        """Loaded when asked for; with a fold, judges that learnt nothing from its real texts."""
        judges = None if fold is None else folds.FOLDER / str(fold)
        return Judging(self.scorer, self.grams, judges)

    @cached_property
    def grams(self) -> Ngrams | None:
        """Counted once."""
        return ngrams(self.corpus, self.ngram_words) if self.ngram_words else None


def gold(run: Run) -> Iterator[Task]:
    """Rows of real spun text with their gold spans, heavy and light apart.

    The judges that ship learnt from these rows: each is judged by such as have not seen its source.
    """
    rows = folds.real_rows(run.eval)
    for row, fold in sorted(zip(rows, folds.folds(rows), strict=True), key=lambda pair: pair[1]):
        key = str(row["id"])
        group = "light" if key.startswith(LIGHT) else "heavy"
        yield key, _task(key, group, row["source"], row["spun"], row["gold"], fold=fold)


def spun(run: Run) -> Iterator[Task]:  # noqa: ARG001 - all sections are called alike
    """The frozen passages."""
    for thesaurus in frozen.THESAURI:
        for rate in frozen.styles():
            path = frozen.FOLDER / frozen.name(thesaurus, rate)
            lines = path.read_text("utf-8").split("\n")[:-1]  # texts may hold U+2028
            for number, line in enumerate(lines):
                row, group = json.loads(line), f"{thesaurus}, {rate}"
                key = f"{thesaurus}-{rate}-{number}"
                yield key, _task(key, group, row["id"], row["spun"], row["gold"])


def hand(run: Run) -> Iterator[Task]:  # noqa: ARG001 - all sections are called alike
    """The articles spun by hand that nothing has learnt from; they are many: no baselines."""
    for article in handspun.articles():
        if article.use is handspun.Use.HELD:
            file = article.name.rpartition("-")[0]
            gold: list[list[int | str]] = [list(span) for span in article.gold]
            yield (
                article.name,
                _task(article.name, article.rate, file, article.spun, gold, baselines=False),
            )


def clean(run: Run) -> Iterator[Task]:
    """Held-out documents, so many words of each genre."""
    evaluation = EvaluationText.read(run.eval)
    for genre in run.genres:
        for document, text in passages.clean(run.corpus, genre, evaluation, run.words):
            key = f"{document.source}-{document.id}"
            yield key, _task(key, genre, key, text, (), clean=True)


def _task(  # noqa: PLR0913, PLR0917 - a record's parts
    key: str,
    group: str,
    source: str,
    text: str,
    golds: list[list[int | str]] | tuple[()],
    clean: bool = False,
    fold: int | None = None,
    baselines: bool = True,
) -> Callable[[Run], Record]:
    patches = [Patch(int(s), int(e), str(before), str(after)) for s, e, before, after in golds]
    return lambda run: run.judging(fold).record(
        key, group, source, text, patches, clean=clean, baselines=baselines
    )


SECTIONS = {"gold": gold, "hand": hand, "spun": spun, "clean": clean}


def store(section: str, scorer: str, *, afresh: bool = False) -> Store:
    """What is known of a section so far."""
    others = {
        "spun": sorted(frozen.FOLDER.glob("*.jsonl")),
        "gold": folds.calibrators(),
        "hand": sorted(handspun.FOLDER.glob(f"{handspun.Use.HELD}/*.txt")),
    }
    return Store(section, scorer, stamp(*others.get(section, [])), afresh=afresh)


def records(run: Run, section: str) -> tuple[list[Record], str]:
    """All records of a section, and a line about how far it got."""
    kept = store(section, run.scorer, afresh=run.afresh)
    found: list[Record] = []
    missing = read = 0
    for key, task in islice(SECTIONS[section](run), run.limit):
        record = kept.records.get(key)
        if record is None and time.monotonic() < run.ends:
            record = task(run)
            kept.add(record)
            read += record.words
            print(
                f"\r{section}: {len(found) + 1} documents, {read:,} words", end="", file=sys.stderr
            )
        if record is None:
            missing += 1
        else:
            found.append(record)
    print(file=sys.stderr)
    words = sum(record.words for record in found)
    told = f"{len(found)} documents, {words:,} words read with scorer {run.scorer}"
    if missing:
        told += f"; stopped by time, {missing} documents left out: run again to go on"
    return found, told + ".\n"


CLEAN_TABLES = {
    "False findings per 1,000 words, with 95 % intervals by document; safe edits at the default "
    "bar; findings and edits of the scrape rules per 10,000 words.": tables.clean,
    "Findings at the default bar by rule.": tables.clean_rules,
    "False findings per 1,000 words of each system at its own bar.": tables.clean_systems,
}
HAND_TABLES = {
    "Detection and restoration, with 95 % intervals by source.": tables.detection,
    "Safe edits and the lexicon at the default bar.": tables.safety,
    "Expected calibration error, ten equal-mass bins. Of chance alone: what as many "
    "findings show where every confidence is true.": tables.calibration,
}
SPUN_TABLES = {
    **HAND_TABLES,
    "Baselines on the same places, each at its own bar, and the best that any bar would "
    "give here.": tables.systems,
}
TABLES = {"clean": CLEAN_TABLES, "hand": HAND_TABLES}
"""Of sections that have others than the spun ones."""


def write(run: Run, section: str) -> None:
    """Measure a section and put its tables into RESULTS.md."""
    found, told = records(run, section)
    groups = tables.grouped(found)
    if section in {"gold", "hand"}:
        groups = {**groups, "all": found}
    parts = [report.circumstances(), told]
    if section == "spun":
        parts.append(_hashes(frozen.changed()))
    if section != "clean" and run.limit is None:
        _plot(run, section, groups)
    titled = TABLES.get(section, SPUN_TABLES)
    parts += [f"{title}\n\n{make(groups)}" for title, make in titled.items()]
    title, body = f"{section}, scorer {run.scorer}", "\n".join(parts)
    print(f"{title}\n\n{body}")
    if run.limit is None:
        report.put(f"{section}-{run.scorer}", title, body)


def _hashes(changed: list[str]) -> str:
    if changed or not frozen.known():
        return f"NOT the frozen passages: {', '.join(changed) or 'no hashes known'}.\n"
    listed = ", ".join(f"{file} {digest[:12]}" for file, digest in sorted(frozen.known().items()))
    return f"Frozen passages (SHA-256): {listed}.\n"


def _plot(run: Run, section: str, groups: tables.Groups) -> None:
    """Reliability of the findings: the plot of the spun section and scorer lm is the one shown."""
    curves = {
        group: calibration.bins(tables.proposals(each, DESPIN)[0])
        for group, each in groups.items()
        if group != "all"
    }
    shown = (section, run.scorer) == ("spun", "lm")
    name = "reliability.svg" if shown else f"reliability-{section}-{run.scorer}.svg"
    (Path(__file__).parent / name).write_text(calibration.plot(curves), "utf-8")


def article(run: Run) -> None:
    """Print the findings in one article, to be read by eye."""
    text = (run.eval / "clean-network.txt").read_text("utf-8")
    review = run.judging().despinner.check(Document("article", text))
    print(f"{review.document.word_count} words; spun share {review.spun_share}; bar 0.02 up")
    for f in sorted(review.findings, key=lambda f: -f.confidence):
        if f.confidence < 0.2:
            continue
        line, _ = review.document.line_and_column(f.span.start)
        offered = ", ".join(f"{c.edit.after!r} {c.confidence:.2f}" for c in f.candidates[:5])
        words = " ".join(f.span.of(text).split())
        shown = words if len(words) < 50 else words[:47] + "…"
        mark = "quote" if f.in_quote else f.applicability.value
        print(f"{f.confidence:.2f} {mark:8} line {line:3} {f.rule.value}: {shown!r} → {offered}")


def main() -> None:
    """Run the sections that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--scorer", choices=("lm", "fast", "auto"), default="lm")
    parser.add_argument("--words", type=int, default=60_000, help="clean words of each genre")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--ngram-words", type=int, default=WORDS, help="0: no n-gram baseline")
    parser.add_argument("--genres", nargs="+", default=passages.GENRES, choices=passages.GENRES)
    parser.add_argument(
        "--limit", type=int, help="documents of a section, to try it; nothing is written"
    )
    parser.add_argument("--afresh", action="store_true", help="forget what was found before")
    names = (*SECTIONS, "article")
    parser.add_argument("--section", nargs="+", choices=names, default=tuple(SECTIONS))
    given = vars(parser.parse_args())
    sections = given.pop("section")
    absent = [path for path in folds.calibrators() if not path.exists()]
    if "gold" in sections and absent:
        parser.error(f"gold: {absent[0]} is not there; `python -m benchmarks.folds` makes it")
    run = Run(**{**given, "genres": tuple(given["genres"])})
    _ = run.ends  # the clock starts
    for section in sections:
        if section == "article":
            article(run)
        else:
            write(run, section)


if __name__ == "__main__":
    main()
