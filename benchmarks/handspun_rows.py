"""Lexicon rows of the articles spun by hand: makes ``article_spinner.tsv``.

    python -m benchmarks.handspun_rows

The pairs of the articles that teach, as far as the other curated files lack them; what is left out
and what a row weighs says ``lexicons/README.md``. Rows of those files whose reverse is now in the
list are marked as cycles.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.handspun import Article, ArticleError, Use, articles
from despin.lexicon.inflection import lemmas
from despin.lexicon.location import packaged
from despin.lexicon.rows import Kind, LexiconError, LexiconRow, normal_form, read_rows
from despin.text.function_words import FUNCTION_WORDS
from despin.text.tokens import normal_phrase

OTHERS = ("function_words", "spinner_words", "news_spinner", "blog_spinner", "general_spinner")
SOURCE = "articles spun by hand"
CYCLE = "cycle: spinners write either for the other"
_WORDS = re.compile(r"[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,3}\Z")
_KINDS = {"NOUN": Kind.NOUN, "VERB": Kind.VERB, "ADJ": Kind.ADJECTIVE, "ADV": Kind.ADVERB}

Pair = tuple[str, str, Kind]


@dataclass(frozen=True)
class Counts:
    """In how many articles a pair stands, and in how many its original is swapped."""

    pair: int
    original: int

    @property
    def weight(self) -> float:
        """Odds that a spinner who swaps the original writes this."""
        return max(0.05, round(self.pair / (self.original - self.pair + 6), 2))


def pairs(given: Iterator[Article]) -> dict[Pair, Counts]:
    """All pairs of the articles that teach."""
    having: dict[Pair, set[int]] = defaultdict(set)
    swapped: dict[str, set[int]] = defaultdict(set)
    for number, article in enumerate(given):
        for *_, spun, original in article.gold if article.use is Use.TEACH else ():
            one, other = _trimmed(_plain(spun), _plain(original))
            if one and other and one != other:
                pair = _lemmas(one, other) or (one, other, _kind(one, other))
                having[pair].add(number)
                swapped[pair[1]].add(number)
    return {pair: Counts(len(seen), len(swapped[pair[1]])) for pair, seen in having.items()}


def _plain(wording: str) -> str:
    return normal_phrase(wording.strip()).strip(".,;:!?\"'()")


def _trimmed(spun: str, original: str) -> tuple[str, str]:
    """Without the words that both begin or end with."""
    one, other = spun.split(), original.split()
    while min(len(one), len(other)) > 1 and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while min(len(one), len(other)) > 1 and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return " ".join(one), " ".join(other)


def _kind(spun: str, original: str) -> Kind:
    return Kind.PHRASE if " " in spun + original else Kind.WORD


def _lemmas(spun: str, original: str) -> Pair | None:
    """The pair of lemmas, where two words can only be the same form of one kind of word."""
    from lemminflect import getAllInflections, getAllLemmas

    if " " in spun + original:
        return None

    def tags(lemma: str, word: str, kind: str) -> set[str]:
        return {tag for tag, forms in getAllInflections(lemma, kind).items() if word in forms}

    one, other = getAllLemmas(spun), getAllLemmas(original)
    found = [
        (a, b, own)
        for kind, own in _KINDS.items()
        for a in one.get(kind, ())
        for b in other.get(kind, ())
        if tags(a, spun, kind) & tags(b, original, kind)
    ]
    return found[0] if len(found) == 1 else None


def rows(found: dict[Pair, Counts], known: set[tuple[str, str]]) -> list[LexiconRow]:
    """Rows of the pairs that are worth one and not ``known``, each of its commonest kind."""
    made: dict[tuple[str, str], LexiconRow] = {}
    for (spun, original, kind), counts in sorted(
        sorted(found.items()), key=lambda item: -item[1].pair
    ):
        pair = (spun, original)
        if pair in known or pair in made or not _is_worth_a_row(spun, original, counts.pair):
            continue
        made[pair] = LexiconRow(spun, original, kind, counts.weight, SOURCE)
    return list(made.values())


def _is_worth_a_row(spun: str, original: str, times: int) -> bool:
    one, other = spun.split(), original.split()
    if not (_WORDS.match(spun) and _WORDS.match(original)):
        return False
    if re.sub("[- ]", "", spun) == re.sub("[- ]", "", original) or _are_forms(one, other):
        return False
    doubtful = (
        FUNCTION_WORDS.issuperset(one)
        or FUNCTION_WORDS.issuperset(other)
        or (len(one) == len(other) > 1)
    )
    return times > 1 or not doubtful


def _are_forms(one: Sequence[str], other: Sequence[str]) -> bool:
    """Two words have a lemma in common."""
    if len(one) != 1 or len(other) != 1:
        return False
    of = [{word, *(lemma for lemma, _ in lemmas(word))} for (word,) in (one, other)]
    return bool(of[0] & of[1])


def known_pairs(folder: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str, Kind]]]:
    """What the other files hold, spellings both ways; and the curated rows with their kinds."""
    curated = {
        (row.spun, row.original, row.kind)
        for name in OTHERS
        for row in read_rows(folder / f"{name}.tsv")
    }
    lines = (folder / "spelling.tsv").read_text("utf-8").splitlines()
    spellings = [tuple(line.split("\t")[:2]) for line in lines]
    both = {pair for one, other in spellings for pair in ((one, other), (other, one))}
    return both | {(spun, original) for spun, original, _ in curated}, curated


def marked(rows: Sequence[LexiconRow], others: set[tuple[str, str, Kind]]) -> list[LexiconRow]:
    """The rows, those whose reverse is among the others marked as cycles."""
    return [
        replace(row, note=CYCLE)
        if (row.original, row.spun, row.kind) in others and not row.note
        else row
        for row in rows
    ]


def main() -> None:
    """Write the file, and mark the others' cycles."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lexicon", type=Path, default=packaged(), help="folder of the lexicon")
    folder = parser.parse_args().lexicon
    try:
        found = pairs(articles())
        known, curated = known_pairs(folder)
    except (ArticleError, LexiconError, OSError) as error:
        parser.error(str(error))
    made = rows(found, known)
    there = curated | {(row.spun, row.original, row.kind) for row in made}
    (folder / "article_spinner.tsv").write_text(normal_form(marked(made, there)), "utf-8")
    for name in OTHERS:
        path = folder / f"{name}.tsv"
        path.write_text(normal_form(marked(read_rows(path), there)), "utf-8")


if __name__ == "__main__":
    main()
