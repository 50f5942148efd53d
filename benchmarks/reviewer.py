"""How quick the reviewer is: opening an article, and every kind of key press.

    python -m benchmarks.reviewer [--words 5000] [--findings 300] [--size 120x40]

The time to the first paint and, for each key, the median and the 95th percentile from the key's
event to the idle app: processor time of the main thread, for the clock on the wall would count the
pilot's own waiting and whatever else the machine does. Last, all findings of an article of 2,000
are accepted at once and undone. Aims: first paint under 0.5 s, 95th percentile of all key presses
under 50 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from benchmarks import report
from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.review import Review
from despin.span import Span
from despin.tui.app import ReviewerApp
from despin.tui.entries import Entry, Setup

WORDS = "bridge harbour council said year people the of and in to was steel road money ship".split()
KEYS = ("y", "j", "n", "k", "J", "u", "ctrl+r", "2", "plus", "minus", "vertical_line", "G", "g")
NAMES = ("y", "j", "n", "k", "J", "u", "ctrl+r", "2", "+", "-", "\\|", "G", "g")
FIRST = "first paint"


def article(words: int, findings: int) -> Review:
    """An article of random words in sentences and paragraphs, findings spread over it."""
    chance = random.Random(7)
    parts: list[str] = []
    for number in range(words):
        end = "" if number % 17 else "." if number % 102 else ".\n\n"
        parts.append(chance.choice(WORDS) + (end or " ") + (" " if end == "." else ""))
    places = sorted(chance.sample(range(words), findings))
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    document = Document("bench.txt", "".join(parts))
    return Review(document, tuple(_finding(parts[n], starts[n], chance) for n in places))


def _finding(part: str, start: int, chance: random.Random) -> Finding:
    word = part.rstrip(" .\n")
    span = Span(start, start + len(word))
    candidates = tuple(
        Candidate(Edit(span, word, f"{word}{n}"), "WordNet", 4.0 - n, 0.8 / n) for n in range(1, 6)
    )
    confidence = chance.uniform(0.3, 1)
    return Finding(Rule.SYNONYM, span, "", confidence, Applicability.UNSAFE, candidates=candidates)


async def measured(review: Review, size: tuple[int, int], rounds: int) -> dict[str, list[float]]:
    """Open the app and press the keys: seconds to the first paint, milliseconds for each key."""
    async with _opened(review, size) as (pilot, first):
        times: dict[str, list[float]] = {key: [] for key in KEYS}
        for _ in range(rounds):
            for key in KEYS:
                times[key].append(await _pressed(pilot, key))
        return {FIRST: [first], **times}


async def all_later(review: Review, size: tuple[int, int]) -> tuple[float, float]:
    """Milliseconds to accept all findings, and to take that back."""
    async with _opened(review, size) as (pilot, _):
        await pilot.press("A")
        return await _pressed(pilot, "y"), await _pressed(pilot, "u")


@asynccontextmanager
async def _opened(
    review: Review, size: tuple[int, int]
) -> AsyncIterator[tuple[Pilot[None], float]]:
    """The app on one review, and the seconds to its first paint."""
    with tempfile.TemporaryDirectory() as state:
        entry = Entry("bench.txt", "bench", review=review)
        begin = time.thread_time()
        app = ReviewerApp(Setup([entry], state=Path(state), explain=False))
        # What the reviewer says takes time, too.
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot._wait_for_screen()
            yield pilot, time.thread_time() - begin
            app.exit()


async def _pressed(pilot: Pilot[None], key: str) -> float:
    """Milliseconds that a key takes."""
    begin = time.thread_time()
    await pilot.press(key)
    return 1000 * (time.thread_time() - begin)


def _late(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _row(name: str, times: list[float]) -> list[str]:
    return [name, f"{statistics.median(times):.1f} ms", f"{_late(times):.1f} ms"]


def main() -> None:
    """Measure what the command line says, and put it into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--words", type=int, default=5000)
    parser.add_argument("--findings", type=int, default=300)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    columns, rows = (int(part) for part in given.size.split("x"))
    review = article(given.words, given.findings)
    times = asyncio.run(measured(review, (columns, rows), given.rounds))
    (first,) = times.pop(FIRST)
    accepted, undone = asyncio.run(all_later(article(35_000, 2_000), (columns, rows)))
    every = [one for each in times.values() for one in each]
    named = zip(NAMES, times.values(), strict=True)
    table = [_row("all keys", every), *(_row(f"`{key}`", each) for key, each in named)]
    body = f"""{report.circumstances()}
An article of {given.words:,} words with {given.findings} findings on {columns} × {rows} cells, \
processor time: first paint {first:.2f} s (goal 0.5 s); 95 % of all key presses within \
{_late(every):.0f} ms (goal 50 ms). With 2,000 findings in 35,000 words, accepting all later ones \
takes {accepted:.0f} ms, undoing that {undone:.0f} ms.

{report.table(["key", "median", "95th percentile"], table)}"""
    print(body)
    report.put("reviewer", "The reviewer", body)


if __name__ == "__main__":
    main()
