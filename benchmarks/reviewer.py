"""How quick the reviewer is: opening an article, and every kind of key press.

    python benchmarks/reviewer.py [--words 5000] [--findings 300] [--size 120x40]

Prints the time to the first paint and, for each key, the median and the 95th percentile from the
key's event to the idle app: processor time of the main thread, for the clock on the wall would
count the pilot's own waiting and whatever else the machine does. Aims: first paint under 0.5 s,
95th percentile of all key presses under 50 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path

from despin.document import Document
from despin.edit import Edit
from despin.finding import Applicability, Candidate, Finding, Rule
from despin.review import Review
from despin.span import Span
from despin.tui.app import ReviewerApp
from despin.tui.entries import Entry, Setup

WORDS = "bridge harbour council said year people the of and in to was steel road money ship".split()
KEYS = ("y", "j", "n", "k", "J", "u", "2", "ctrl+r", "plus", "minus", "vertical_line", "G", "g")


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


async def measured(review: Review, size: tuple[int, int], rounds: int) -> None:
    """Open the app and press the keys."""
    with tempfile.TemporaryDirectory() as state:
        entry = Entry("bench.txt", "bench", review=review)
        begin = time.thread_time()
        app = ReviewerApp(Setup([entry], state=Path(state), explain=False))
        async with app.run_test(size=size) as pilot:
            await pilot._wait_for_screen()
            print(f"first paint     {time.thread_time() - begin:6.3f} s")
            times: dict[str, list[float]] = {key: [] for key in KEYS}
            for _ in range(rounds):
                for key in KEYS:
                    begin = time.thread_time()
                    await pilot.press(key)
                    times[key].append(1000 * (time.thread_time() - begin))
            app.exit()
    for key, each in times.items():
        print(f"{key:<14}  median {statistics.median(each):6.1f} ms   95 % {_late(each):6.1f} ms")
    every = [one for each in times.values() for one in each]
    print(
        f"{'all keys':<14}  median {statistics.median(every):6.1f} ms   95 % {_late(every):6.1f} ms"
    )


def _late(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--words", type=int, default=5000)
    parser.add_argument("--findings", type=int, default=300)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    columns, rows = (int(part) for part in given.size.split("x"))
    review = article(given.words, given.findings)
    asyncio.run(measured(review, (columns, rows), given.rounds))


if __name__ == "__main__":
    main()
