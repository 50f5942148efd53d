"""What was put for what: a spun text beside its original, word by word.

The words are aligned by `despin.diff.changes`, whose work is bounded on texts of any length. A
stretch that differs counts as a substitution only if it is short on both sides, uninterrupted,
and surrounded by words that agree; what was moved, counted or named is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from despin.diff import Block, changes
from despin.document import Document
from despin.learning.pairs import shared_lemmas, without_possessive
from despin.lexicon.thesaurus import Thesaurus
from despin.span import Span
from despin.text.function_words import FUNCTION_WORDS
from despin.text.tokens import normal

LONGEST = 4
"""Words that one side of a substitution may have."""
CLAUSE = 7
"""Words that two neighbouring substitutions may have together."""
REACH = 6
"""Words on either side that must mostly agree."""
AGREEING = 0.5
"""The least share of them that does."""
DEGREES = frozenset({"more", "most", "less", "least"})
"""Words that are one wording with the next."""
NEARBY = 15
"""Words on either side among which a moved word is looked for."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
"""A word or number; a compound with hyphens is one."""
_GAP = re.compile(r"[^\S\n]*\n?[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and the form in which it is compared."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """The words at ``spun`` of the one text stand for those at ``original`` of the other."""

    spun: Span
    original: Span


def words(text: str) -> list[Word]:
    """The words and numbers of ``text``; a and an are compared as one word."""
    found = (Word(Span(*match.span()), normal(match.group())) for match in _WORD.finditer(text))
    return [Word(word.span, "a") if word.key == "an" else word for word in found]


def differing(a: Sequence[Word], b: Sequence[Word]) -> list[Block]:
    """The blocks of words that differ, in order."""
    return changes([word.key for word in a], [word.key for word in b])


def substitutions(
    spun: Document, original: Document, *, names: bool = False
) -> Iterator[Substitution]:
    """What a spinner put into ``spun``, told by its original, in text order.

    Args:
        spun: the text that was spun.
        original: the text that it was made of.
        names: names count too.
    """
    a, b = words(spun.text), words(original.text)
    blocks = differing(a, b)
    changed = _Changed.of(blocks, len(a), len(b))
    for at, block in enumerate(blocks):
        if not changed.agrees(block) or changed.moves(block, a, b):
            continue
        sides = a[block[0] : block[1]], b[block[2] : block[3]]
        parts = list(parted(spun.text, original.text, *sides))
        if len(parts) == 1 and _is_crowded(blocks, at):
            continue
        for part in parts:
            if _is_free(spun, part.spun, names) and _is_free(original, part.original, names):
                yield part


def parted(
    before: str, after: str, one: Sequence[Word], other: Sequence[Word]
) -> Iterator[Substitution]:
    """The substitutions in two short runs of words, of which ``other`` is the original.

    Runs of as many words are cut word by word where every word could stand for its counterpart.
    Nothing comes of runs that are too long, interrupted, or hold a digit.
    """
    if not (_is_short(before, one) and _is_short(after, other)):
        return
    if _pair_off(one, other):
        yield from (Substitution(x.span, y.span) for x, y in zip(one, other, strict=True))
    else:
        yield Substitution(_extent(one), _extent(other))


@dataclass(frozen=True)
class _Changed:
    """Which words of either text lie in a block, and what that says of a block."""

    spun: Sequence[bool]
    original: Sequence[bool]

    @staticmethod
    def of(blocks: Sequence[Block], size: int, other_size: int) -> _Changed:
        spun, original = [False] * size, [False] * other_size
        for a1, a2, b1, b2 in blocks:
            spun[a1:a2] = [True] * (a2 - a1)
            original[b1:b2] = [True] * (b2 - b1)
        return _Changed(spun, original)

    def agrees(self, block: Block) -> bool:
        """Whether most of the words around the block are the same in both texts."""
        a1, a2, b1, b2 = block
        around = [
            *self.spun[max(0, a1 - REACH) : a1],
            *self.spun[a2 : a2 + REACH],
            *self.original[max(0, b1 - REACH) : b1],
            *self.original[b2 : b2 + REACH],
        ]
        return bool(around) and around.count(False) >= AGREEING * len(around)

    def moves(self, block: Block, a: Sequence[Word], b: Sequence[Word]) -> bool:
        """Whether a word of the block stands nearby in the other text, in a block as well."""
        a1, a2, b1, b2 = block
        here = range(max(0, a1 - NEARBY), min(len(a), a2 + NEARBY))
        there = range(max(0, b1 - NEARBY), min(len(b), b2 + NEARBY))
        spun = {a[at].key for at in here if self.spun[at]}
        original = {b[at].key for at in there if self.original[at]}
        return any(word.key in original for word in a[a1:a2]) or any(
            word.key in spun for word in b[b1:b2]
        )


def _is_crowded(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block and its neighbour are one clause written anew.

    One equal word parts the two, and that may be an "on" or "the" such as every clause has.
    """
    return any(
        _is_wide(one) and _is_wide(other) and other[0] - one[1] <= 1
        for one, other in pairwise(blocks[max(0, at - 1) : at + 2])
        if max(other[1] - one[0], other[3] - one[2]) > CLAUSE
    )


def _is_wide(block: Block) -> bool:
    a1, a2, b1, b2 = block
    return max(a2 - a1, b2 - b1) > 1


def _is_short(text: str, run: Sequence[Word]) -> bool:
    """Whether the words are few, without digits, and parted by white space alone."""
    if not 1 <= len(run) <= LONGEST or any(char.isdigit() for word in run for char in word.key):
        return False
    return all(_GAP.fullmatch(text, x.span.end, y.span.start) for x, y in pairwise(run))


def _pair_off(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether two runs are swaps of single words that happen to stand side by side.

    Particles bind: "turned off" for "shut down" is one swap, and the last word shows it. So does
    a degree: "most famous" for "best known".
    """
    if not len(one) == len(other) > 1 or one[-1].key in FUNCTION_WORDS:
        return False
    if any(word.key in DEGREES for word in (one[0], other[0])):
        return False
    return all(_go_together(x.key, y.key) for x, y in zip(one, other, strict=True))


def _go_together(one: str, other: str) -> bool:
    """Whether one word may stand for another: the thesaurus knows it, or their forms agree."""
    if _thesaurus().weight(one, other) is not None:
        return True
    content = one not in FUNCTION_WORDS and other not in FUNCTION_WORDS
    return content and bool(shared_lemmas(*without_possessive(one, other)))


@cache
def _thesaurus() -> Thesaurus:
    return Thesaurus.load()


def _extent(run: Sequence[Word]) -> Span:
    return Span(run[0].span.start, run[-1].span.end)


def _is_free(document: Document, span: Span, names: bool) -> bool:
    """Whether a span may be learnt from: not protected, and no name unless ``names`` count."""
    protected = document.protected
    return not protected.is_hard(span) and (names or not protected.in_name(span))
