"""Does an edit bring back what stood there? Compared word by word, on plain data.

Words are compared in lower case with straight apostrophes; "a" and "an" count as one word, for the
article follows its noun and the text as spun often has it wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from despin.span import Span
from despin.text.tokens import normal, pieces, tokens


class Patch(NamedTuple):
    """``before``, which stands at ``start:end`` of a text, becomes ``after``.

    Gold spans are patches from the spun words to the original ones.
    """

    start: int
    end: int
    before: str
    after: str


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """The words and numbers of ``text`` in the form in which they are compared."""
    return tuple(_key(piece) for piece in pieces(text) if piece[0].isalnum())


def _key(piece: str) -> str:
    word = normal(piece)
    return "a" if word == "an" else word


@lru_cache(maxsize=1 << 16)
def changes(patch: Patch) -> tuple[Patch, ...]:
    """The patch cut into the smallest changes: word for word where both sides have as many."""
    old, new = ([t.span for t in tokens(side)] for side in (patch.before, patch.after))
    old_words = [_key(span.of(patch.before)) for span in old]
    new_words = [_key(span.of(patch.after)) for span in new]
    found = []
    for a, b, c, d in _blocks(old_words, new_words):
        start, end = _extent(old, a, b, len(patch.before))
        first, last = _extent(new, c, d, len(patch.after))
        before, after = patch.before[start:end], patch.after[first:last]
        found.append(Patch(patch.start + start, patch.start + end, before, after))
    return tuple(found)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of the two sides that differ, single words where they pair off."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            yield from ((i1 + n, i1 + n + 1, j1 + n, j1 + n + 1) for n in range(i2 - i1))
        else:
            yield i1, i2, j1, j2


def _extent(spans: Sequence[Span], a: int, b: int, size: int) -> tuple[int, int]:
    """Code points of the tokens ``a:b``; the place before token ``a`` where there are none."""
    if a < b:
        return spans[a].start, spans[b - 1].end
    at = spans[a].start if a < len(spans) else size
    return at, at


def touches(change: Patch, gold: Patch) -> bool:
    """Whether a change is about a gold span; insertions may stand at its border."""
    if change.start == change.end or gold.start == gold.end:
        # Beside a word or behind the space that follows it is the same place for an insertion.
        near = 1 if change.start == change.end and gold.start == gold.end else 0
        return change.start <= gold.end + near and gold.start <= change.end + near
    return change.start < gold.end and gold.start < change.end


def restores(text: str, golds: Iterable[Patch], gold: Patch, patches: Iterable[Patch]) -> bool:
    """Whether the patches together put the original words back over one gold span.

    What the patches change elsewhere ("a" to "an") does not matter. A change that reaches beyond
    the gold span must be right about all that it changes.

    Args:
        text: the spun text.
        golds: all gold spans of the text.
        gold: the one in question.
        patches: edits that are made together.
    """
    made = [c for patch in patches for c in changes(patch) if touches(c, gold)]
    return bool(made) and _same(text, made, [gold], golds)


def exact(text: str, golds: Iterable[Patch], patch: Patch) -> bool:
    """Whether a patch is right about all the words that it changes.

    A gold span of several words may be restored in part: its words are paired where both sides
    have as many.
    """
    made = changes(patch)
    small = [c for gold in golds for c in changes(gold)]
    touched = [c for c in small if any(touches(m, c) for m in made)]
    return bool(made and touched) and _same(text, made, touched, touched)


def within(golds: Iterable[Patch], patch: Patch) -> bool:
    """Whether all that a patch puts in stands in the originals of the gold spans that it touches.

    `exact` cannot say of "local weather" for "climate" that it is right where the gold span is
    "combat local weather" for "fight climate": two words stand for one somewhere, and not where.
    """
    golds, made = list(golds), changes(patch)
    return bool(made) and all(
        any(
            touches(change, gold) and _holds(words(gold.after), words(change.after))
            for gold in golds
        )
        for change in made
    )


def _holds(all_: Sequence[str], run: Sequence[str]) -> bool:
    """Whether a run of words stands among others, as it is; no words stand nowhere."""
    size = len(run)
    return size > 0 and any(all_[at : at + size] == run for at in range(len(all_) - size + 1))


def _same(text: str, made: Sequence[Patch], about: Sequence[Patch], golds: Iterable[Patch]) -> bool:
    """Whether ``made`` and the gold spans make the same words of the stretch they are about."""
    start = min(patch.start for patch in (*made, *about))
    end = max(patch.end for patch in (*made, *about))
    inside = [gold for gold in golds if start <= gold.start and gold.end <= end]
    one, other = _applied(text, start, end, made), _applied(text, start, end, inside)
    return one is not None and other is not None and words(one) == words(other)


def _applied(text: str, start: int, end: int, patches: Iterable[Patch]) -> str | None:
    """``text[start:end]`` with the patches made; ``None`` if they overlap."""
    parts, at = [], start
    for patch in sorted(set(patches)):
        if patch.start < at:
            return None
        joined = text[patch.end : patch.end + 1] in {"'", "’"}  # "planet" in "planet's"
        opening = " " if patch.start == patch.end else ""
        parts += [text[at : patch.start], opening, patch.after, "" if joined else " "]
        at = patch.end
    return "".join([*parts, text[at:end]])
