"""Trains the sentence splitter (Punkt, Kiss and Strunk 2006) and writes its parameters as JSON.

What was shipped came from::

    write(train(mixed(Path("../shared/corpus"), "counts", words=15_000_000)), DATA)

with ``DATA`` from `despin.text.sentences`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from despin.read.writing import write_atomically
from despin.text.sentences import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from despin.training.corpus import CorpusDocument

LEAST_SEEN = 50
"""Words seen less often keep no orthographic context: Punkt then decides as for an unknown word."""

LEAST_SHARE = 0.02
"""A context (say, a capital inside a sentence) counts if it makes up this share of a word's
occurrences. Plain Punkt counts a single one, which on 15 million words is every word."""

LEAST_ABBREVIATION = 10
"""Occurrences with a full stop an abbreviation must have."""

LEAST_COLLOCATION = 10
"""Occurrences of a pair whose full stop ends no sentence."""

LEAST_STARTER = 500
MOST_CAPITALS = 0.1
LEAST_SMALL = 0.1
"""A sentence starter is seen this often, and inside sentences seldom with a capital (share of all)
and not too seldom without. Otherwise politicians' names start sentences: "Mr." would end one."""

_BATCH = 10_000_000
"""Characters trained on at once; about 1 GB of memory."""

_CERTAIN = (
    "a.m adm approx apr assn assoc aug ave bldg blvd bros capt cf cmdr co col corp cpl d.c "
    "dec dept dr e.g ed eds esq est etc feb fig figs ft gen gov hon hwy i.e inc jan jr lt ltd "
    "maj messrs mr mrs ms mt nov oct p.m ph.d pp prof pvt rep reps rev sen sens sept sgt sr "
    "st supt u.k u.n u.s univ viz vol vs "
)
CERTAIN = frozenset(_CERTAIN.split())
"""Abbreviations that stay in the list whatever the corpus says."""

NEVER = frozenset({"art", "ch", "no", "nos", "pt", "sat", "sec", "sun"})
"""Words that are abbreviations before numbers at most; the splitter sees to those."""


_ABBREVIATION = re.compile(r"[a-z]+([.-][a-z]+)*")
_FLAGS = (2, 4, 8, 16, 32, 64)
"""Punkt's orthographic contexts: start, inside, unknown with a capital, then without."""
_INSIDE_CAPITAL, _INSIDE_SMALL = 4, 32


def train(documents: Iterable[CorpusDocument]) -> dict[str, Any]:
    """Parameters for `despin.text.sentences`, learnt from ``documents``."""
    from nltk.tokenize.punkt import PunktTrainer

    trainer = PunktTrainer(lang_vars=language())
    contexts: Counter[tuple[str, int]] = Counter()

    def count(word: str, flag: int) -> None:
        contexts[word, flag] += 1

    trainer._params.add_ortho_context = count
    for text in _batches(documents):
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    return {
        "abbreviations": sorted(_abbreviations(trainer) | CERTAIN),
        "collocations": sorted(
            list(pair)
            for pair in trainer._params.collocations
            if trainer._collocation_fdist[pair] >= LEAST_COLLOCATION and pair[0][0].isalpha()
        ),
        "starters": sorted(_starters(trainer, contexts)),
        "orthography": _orthography(contexts),
    }


def _abbreviations(trainer: Any) -> set[str]:
    return {
        word
        for word in trainer._params.abbrev_types
        if trainer._type_fdist[f"{word}."] >= LEAST_ABBREVIATION
        and word not in NEVER
        and _ABBREVIATION.fullmatch(word)
    }


def _starters(trainer: Any, contexts: Counter[tuple[str, int]]) -> Iterator[str]:
    for word in trainer._params.sent_starters:
        total = sum(contexts[word, flag] for flag in _FLAGS)
        capitals, small = contexts[word, _INSIDE_CAPITAL], contexts[word, _INSIDE_SMALL]
        if (
            total >= LEAST_STARTER
            and capitals <= MOST_CAPITALS * total
            and small >= LEAST_SMALL * total
        ):
            yield word


def write(parameters: dict[str, Any], path: Path) -> None:
    """Write parameters where the splitter looks for them."""
    text = json.dumps(parameters, ensure_ascii=False, indent=0) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode("utf-8"))


def _batches(documents: Iterable[CorpusDocument]) -> Iterator[str]:
    """Documents in a few long texts: for each text Punkt goes over all the words it knows."""
    batch: list[str] = []
    length = 0
    for document in documents:
        batch.append(document.text.replace("\n", "\n\n"))
        length += len(document.text)
        if length > _BATCH:
            yield "\n\n".join(batch)
            batch, length = [], 0
    if batch:
        yield "\n\n".join(batch)


def _orthography(contexts: Counter[tuple[str, int]]) -> dict[str, str]:
    """Punkt's flags to the words that have them, words parted by spaces."""
    total: Counter[str] = Counter()
    for (word, _), n in contexts.items():
        total[word] += n
    flags: Counter[str] = Counter()
    for (word, flag), n in contexts.items():
        if total[word] >= LEAST_SEEN and n >= LEAST_SHARE * total[word] and word.isalpha():
            flags[word] += flag
    by_flags: dict[str, list[str]] = {}
    for word in sorted(flags):
        by_flags.setdefault(str(flags[word]), []).append(word)
    return {key: " ".join(words) for key, words in sorted(by_flags.items())}
