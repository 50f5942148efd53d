"""Excerpts of a corpus's documents, from which simulated documents are made."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from despin.training.corpus import CorpusDocument, CorpusError, documents, evenly, mixed

if TYPE_CHECKING:
    from despin.training.collect import Plan

LENGTHS = (150, 250, 500)
"""Words of a document, drawn: memory of the article needs some length, variety many documents."""
LEAST = 60
LONGEST = 6000
"""Code points."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a simulated document is made of.

    Attributes:
        text: some paragraphs of a document of the corpus.
        rng: a random state of its own.
        number: of that document: the same for the same text, wherever it is drawn again.
    """

    text: str
    rng: random.Random
    number: int


def texts(plan: Plan) -> Iterator[Excerpt]:
    """Excerpts of calibrator documents to spin.

    Raises:
        CorpusError: there are none; when the first is asked for.
    """
    drawn = mixed(
        plan.corpus, "calibrator", words=10**9, seed=plan.seed, evaluation=plan.evaluation
    )
    return islice(prepared(drawn, plan), plan.documents)


def clean_texts(plan: Plan) -> Iterator[Excerpt]:
    """The same to leave as they are, and raises the same; each genre has as many words."""
    drawn = evenly(plan.corpus, "calibrator", seed=plan.seed, evaluation=plan.evaluation)
    return islice(prepared(drawn, plan), plan.clean)


def prepared(given: Iterable[CorpusDocument], plan: Plan) -> Iterator[Excerpt]:
    """Excerpts of the documents that are long enough.

    Raises:
        CorpusError: none is; what learns from no document fails late, or never ends.
    """
    found = False
    for number, document in enumerate(given):
        if _is_long(document):
            found = True
            rng = random.Random(f"{plan.seed}/{number}")
            text = _typeset(excerpt(document.text, rng), rng)
            yield Excerpt(text, rng, int(document.id, 16))
    if not found:
        raise _nothing_in(plan.corpus)


def check_corpus(plan: Plan) -> None:
    """See at once, before anything slow is loaded, that a folder holds documents at all.

    Raises:
        CorpusError: it holds none that is long enough, or they cannot be read.
    """
    if not any(map(_is_long, documents(plan.corpus))):
        raise _nothing_in(plan.corpus)


def _is_long(document: CorpusDocument) -> bool:
    return len(document.text.split()) >= LEAST


def _nothing_in(corpus: Path) -> CorpusError:
    return CorpusError(
        f"{corpus}: no GENRE_NAME.txt.zst documents of {LEAST} words or more to learn from; "
        "of each source a part alone is learnt from"
    )


def excerpt(text: str, rng: random.Random) -> str:
    """Whole paragraphs of about a drawn length, from the beginning or from inside."""
    wanted = rng.choice(LENGTHS)
    paragraphs = text.split("\n")
    lengths = [len(paragraph.split()) for paragraph in paragraphs]
    start = 0
    if sum(lengths) > wanted and rng.random() < 0.5:
        start = rng.randrange(len(paragraphs))
        while start > 0 and sum(lengths[start:]) < wanted:
            start -= 1
    end = start
    while end < len(paragraphs) and sum(lengths[start:end]) < wanted:
        end += 1
    return "\n".join(paragraphs[start:end])[:LONGEST]


def _typeset(text: str, rng: random.Random) -> str:
    """Blank lines and curly apostrophes in some documents, as in real ones."""
    if rng.random() < 0.5:
        text = text.replace("\n", "\n\n")
    return text.replace("'", "’") if rng.random() < 0.3 else text
