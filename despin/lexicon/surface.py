"""From lemma pairs to pairs of surface forms that agree in number, tense and degree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from despin.lexicon.inflection import TAGS, paradigm, readings
from despin.lexicon.relations import Ints, Lexeme, united

ALTERNATIVES = 2
"""Forms kept of one tag: "learned" and "learnt"."""

SLOTS = max(len(tags) for tags in TAGS.values())


@dataclass(frozen=True)
class Forms:
    """Numbers for surface forms; `masks` holds which tags a form may bear."""

    ids: dict[str, int] = field(default_factory=dict)
    masks: list[int] = field(default_factory=list)

    def id(self, form: str, mask: int = 0) -> int:
        """The number of ``form``, a new one where it is new; ``mask`` is added to its tags."""
        number = self.ids.setdefault(form, len(self.ids))
        if number == len(self.masks):
            self.masks.append(0)
        self.masks[number] |= mask
        return number


_TAG_BIT = {
    (pos, tag): 1 << number
    for number, (pos, tag) in enumerate((pos, tag) for pos, tags in TAGS.items() for tag in tags)
}


def told_tags(forms: Forms) -> Ints:
    """Tags of every form as bits; "as it stands" only where nothing more is known of a form."""
    masks = np.array(forms.masks, np.int64)
    told = masks & ~_TAG_BIT["x", "AS-IS"]
    return np.where(told != 0, told, masks)


def add_unlisted(forms: Forms, words: Sequence[str]) -> None:
    """Add words that no thesaurus has, "apps" and "might", with the tags they may bear.

    What the dictionary does not know either is taken for a noun where its other number is seen.
    """
    known = set(words)
    for word in words:
        if word in forms.ids:
            continue
        tags = {(pos, tag) for _, pos, tag in readings(word)}
        if not tags and word.endswith("s") and word[:-1] in known:
            tags = {("n", "NNS")}
        elif not tags and word + "s" in known:
            tags = {("n", "NN")}
        for pos_tag in sorted(tags):
            forms.id(word, _TAG_BIT[pos_tag])


def inflected(lexemes: dict[Lexeme, int], forms: Forms, wanted: Callable[[str], bool]) -> Ints:
    """Form numbers of each lexeme, shape (lexemes, `SLOTS`, `ALTERNATIVES`), -1 for none.

    Args:
        lexemes: numbers of the lexemes, without gaps from 0.
        forms: where form numbers come from; new forms are added.
        wanted: whether a form is common enough to be worth having.
    """
    table = np.full((len(lexemes), SLOTS, ALTERNATIVES), -1, np.int64)
    for (lemma, pos), row in lexemes.items():
        known = paradigm(lemma, pos)
        for slot, tag in enumerate(TAGS[pos]):
            fit = [form for form in known.get(tag, ()) if wanted(form)][:ALTERNATIVES]
            for place, form in enumerate(fit):
                table[row, slot, place] = forms.id(form, _TAG_BIT[pos, tag])
    return table


def expand(spun: Ints, originals: Ints, table: Ints) -> tuple[Ints, Ints]:
    """Surface pairs of lexeme pairs: equal slots, every alternative with every other.

    Returns:
        Keys ``spun form << 32 | original form`` and the index of the lexeme pair each comes from;
        a surface pair may come from several.
    """
    keys, rows = [], []
    for slot in range(SLOTS):
        for a in range(ALTERNATIVES):
            for b in range(ALTERNATIVES):
                one, other = table[spun, slot, a], table[originals, slot, b]
                fits = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
                keys.append((one[fits] << 32) | other[fits])
                rows.append(fits)
    return np.concatenate(keys), np.concatenate(rows)


def surface_pairs(lexeme_pairs: tuple[Ints, Ints, Ints], table: Ints) -> tuple[Ints, Ints, Ints]:
    """Spun form, original form and united relation bits, each surface pair once, sorted."""
    spun, originals, bits = lexeme_pairs
    keys, rows = expand(spun, originals, table)
    keys, relations = united(keys, bits[rows])
    return keys >> 32, keys & 0xFFFFFFFF, relations
