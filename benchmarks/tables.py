"""The tables of the quality benchmark, from records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from benchmarks.calibration import bins, calibration_error, error_by_chance
from benchmarks.judging import BASELINE, DESPIN, JUDGED, NO_PRIOR
from benchmarks.measures import (
    Counts,
    Found,
    count,
    f_half,
    interval,
    per_thousand,
    precision,
    ratio,
    recall,
    total,
    verdicts,
)
from benchmarks.records import Record
from benchmarks.report import between, number, share, table
from despin.options import DEFAULT_MIN_CONFIDENCE

DEFAULT = DEFAULT_MIN_CONFIDENCE
BARS = (0.4, DEFAULT, 0.8, 0.9)
WORD_RULES = frozenset({"synonym", "function-word", "lexicon", "phrase"})
"""Rules that claim words were swapped; the others repair scraped text and are judged apart."""

Groups = dict[str, list[Record]]


def grouped(records: Iterable[Record]) -> Groups:
    """Records by group, in the order in which the groups come."""
    found: Groups = {}
    for record in records:
        found.setdefault(record.group, []).append(record)
    return found


def on_words(record: Record, system: str, bar: float) -> list[Found]:
    """A system's findings of swapped words above the bar."""
    return [f for f in record.found.get(system, ()) if f.rule in WORD_RULES and f.confidence >= bar]


def by_source(
    records: Iterable[Record], system: str, bar: float, *, restored: bool = True
) -> list[Counts]:
    """Counts of each source; without what is ``restored`` where only detection is asked for."""
    found: dict[str, list[Counts]] = {}
    for record in records:
        counted = count(
            record.text,
            record.golds,
            on_words(record, system, bar),
            words_read=record.words,
            offered=record.offered,
            restored=restored,
        )
        found.setdefault(record.source, []).append(counted)
    return [total(each) for each in found.values()]


def _with_interval(
    sources: Sequence[Counts], measure: Callable[[Counts], float], digits: int = 2
) -> str:
    return between(measure(total(sources)), interval(sources, measure), digits)


DETECTION = (
    "group | bar | spans | precision | recall | F0.5 | first, of found | top 5, of found | "
    "first, of all | top 5, of all"
).split(" | ")


def detection(groups: Groups) -> str:
    """Detection and restoration at every bar."""
    rows = []
    for group, records in groups.items():
        for bar in BARS:
            sources = by_source(records, DESPIN, bar)
            c = total(sources)
            spans = f"{c.spans} + {c.long} long" if c.long else str(c.spans)
            rows.append(
                [
                    group,
                    f"{bar:.1f}",
                    spans,
                    *(_with_interval(sources, m) for m in (precision, recall, f_half)),
                    _with_interval(sources, lambda c: ratio(c.first, c.hit)),
                    _with_interval(sources, lambda c: ratio(c.five, c.hit)),
                    number(ratio(c.first, c.spans)),
                    number(ratio(c.five, c.spans)),
                ]
            )
    return table(DETECTION, rows)


SAFETY = (
    "group | findings whose first wording is exact | safe edits | restore the exact original | "
    "or words of it | of the spans found | false safe edits | findings on long spans | "
    "swaps word for word in the lexicon | of these first | of these top 5"
).split(" | ")


def safety(groups: Groups) -> str:
    """Safe edits, and what becomes of one-word swaps whose original the lexicon offers."""
    rows = []
    for group, records in groups.items():
        c = total(by_source(records, DESPIN, DEFAULT))
        rows.append(
            [
                group,
                share(c.exact, c.true),
                str(c.safe),
                share(c.safe_exact, c.safe),
                share(c.safe_within, c.safe),
                number(ratio(c.safe, c.hit)),
                str(c.safe_false),
                str(c.neutral),
                share(c.covered, c.single),
                number(ratio(c.covered_first, c.covered)),
                number(ratio(c.covered_five, c.covered)),
            ]
        )
    return table(SAFETY, rows)


def proposals(records: Iterable[Record], system: str) -> tuple[list[tuple[float, bool]], ...]:
    """(confidence, is it true) of findings, and of their first wordings."""
    judged = [
        v
        for record in records
        for v in verdicts(record.text, record.golds, on_words(record, system, 0.0))
    ]
    return (
        [(v.found.confidence, v.spun) for v in judged],
        [(v.found.sure, v.exact) for v in judged if v.found.wordings],
    )


def calibration(groups: Groups) -> str:
    """Expected calibration error of findings and of first wordings, and that of chance alone."""
    rows = []
    for group, records in groups.items():
        judged = [*proposals(records, DESPIN), *proposals(records, NO_PRIOR)]
        errors = [number(calibration_error(bins(pairs)), 3) for pairs in judged]
        size = sum(b.size for b in bins(judged[0]))
        rows.append([group, str(size), number(error_by_chance(judged[0]), 3), *errors])
    head = (
        "group | findings from .1 | of chance alone | finding | first wording"
        " | finding, {0} | first wording, {0}"
    )
    return table(head.format(NO_PRIOR).split(" | "), rows)


def bar_of(system: str) -> float:
    """The confidence from which a system's findings count, where no other bar is named."""
    return DEFAULT if system in JUDGED else BASELINE


def systems(groups: Groups) -> str:
    """Despin and the baselines: at their own bar, and at the bar that is best for them here."""
    rows = []
    for group, records in groups.items():
        for system in dict.fromkeys(s for record in records for s in record.found):
            at_bar = total(by_source(records, system, bar_of(system)))
            best = max(
                f_half(total(by_source(records, system, bar, restored=False))) for bar in _sweep()
            )
            rows.append(
                [
                    group,
                    system,
                    *(number(m(at_bar)) for m in (precision, recall, f_half)),
                    number(ratio(at_bar.first, at_bar.hit)),
                    number(best),
                ]
            )
    head = "group | system | precision | recall | F0.5 | first, of found | best F0.5 of any bar"
    return table(head.split(" | "), rows)


def _sweep() -> list[float]:
    return [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999]


def clean(groups: Groups) -> str:
    """False findings and safe edits per 1,000 clean words, those of scraped text per 10,000."""
    rows = []
    for group, records in groups.items():
        sources = {bar: by_source(records, DESPIN, bar) for bar in BARS}
        at_default = total(sources[DEFAULT])
        scrape = [f for r in records for f in r.found[DESPIN] if f.rule not in WORD_RULES]
        scrape = [f for f in scrape if f.confidence >= DEFAULT]
        repairs = sum(f.safe for f in scrape)
        rows.append(
            [
                group,
                f"{at_default.words:,}",
                *(_with_interval(sources[bar], lambda c: per_thousand(c.false, c)) for bar in BARS),
                _with_interval(sources[DEFAULT], lambda c: per_thousand(c.safe_false, c), 3),
                number(10 * per_thousand(len(scrape), at_default)),
                number(10 * per_thousand(repairs, at_default)),
            ]
        )
    head = ["genre", "words", *(f"findings at {bar}" for bar in BARS), "safe edits"]
    return table([*head, "scrape findings", "scrape edits"], rows)


def clean_systems(groups: Groups) -> str:
    """False findings of all systems per 1,000 clean words, each at its own bar."""
    names = list(dict.fromkeys(s for each in groups.values() for r in each for s in r.found))
    rows = []
    for group, records in groups.items():
        counts = [total(by_source(records, name, bar_of(name))) for name in names]
        rows.append([group, *(number(per_thousand(c.false, c)) for c in counts)])
    return table(["genre", *names], rows)


def clean_rules(groups: Groups) -> str:
    """How many findings each rule has in clean text at the default bar."""
    names = sorted({f.rule for each in groups.values() for r in each for f in r.found[DESPIN]})
    rows = []
    for group, records in groups.items():
        kept = [f for r in records for f in r.found[DESPIN] if f.confidence >= DEFAULT]
        rows.append([group, *(str(sum(f.rule == name for f in kept)) for name in names)])
    return table(["genre", *names], rows)
