"""What each scorer finds, side by side: what `fast` and `auto` lose against `lm`.

    python -m benchmarks.scorers

Puts together what `benchmarks.quality` has read with each of them; of a section that not all have
read to the end, the documents that all have read.
"""

from __future__ import annotations

from benchmarks import quality, report
from benchmarks.judging import DESPIN
from benchmarks.measures import f_half, per_thousand, precision, ratio, recall, total
from benchmarks.tables import DEFAULT, Groups, by_source, grouped

SCORERS = ("lm", "fast", "auto")


def read(section: str) -> dict[str, Groups]:
    """For each scorer the groups of a section, of the documents that all scorers have read."""
    known = {scorer: quality.store(section, scorer).records for scorer in SCORERS}
    common = set.intersection(*(set(records) for records in known.values()))
    found = {}
    for scorer, records in known.items():
        groups = grouped(record for key, record in records.items() if key in common)
        if section == "gold":
            groups["all"] = [record for each in groups.values() for record in each]
        found[scorer] = groups
    return found


def detection(section: str) -> list[list[str]]:
    """Precision, recall, F0.5 and the share of originals ranked first, scorer by scorer."""
    found = read(section)
    rows = []
    for group in found["lm"]:
        cells = [section, group]
        for scorer in SCORERS:
            c = total(by_source(found[scorer][group], DESPIN, DEFAULT))
            values = (precision(c), recall(c), f_half(c), ratio(c.first, c.hit))
            cells.append(" / ".join(report.number(value) for value in values))
        rows.append(cells)
    return rows


def clean() -> list[list[str]]:
    """False findings and false safe edits per 1,000 words, scorer by scorer."""
    found = read("clean")
    rows = []
    for group, records in found["lm"].items():
        cells = [group, f"{sum(record.words for record in records):,}"]
        for scorer in SCORERS:
            c = total(by_source(found[scorer][group], DESPIN, DEFAULT))
            false, unasked = per_thousand(c.false, c), per_thousand(c.safe_false, c)
            cells.append(f"{report.number(false)} / {report.number(unasked, 3)}")
        rows.append(cells)
    return rows


def main() -> None:
    """Put the tables into RESULTS.md."""
    parts = [
        report.circumstances(),
        "Precision / recall / F0.5 / original first, of found; at the default bar.\n",
        report.table(["", "group", *SCORERS], [*detection("gold"), *detection("spun")]),
        "False findings / false safe edits per 1,000 words of clean text.\n",
        report.table(["genre", "words", *SCORERS], clean()),
    ]
    body = "\n".join(parts)
    print(body)
    report.put("scorers", "lm, fast and auto side by side", body)


if __name__ == "__main__":
    main()
