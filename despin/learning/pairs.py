"""What a row says: one wording that stood for another, as lemmas where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from despin.lexicon.inflection import lemmas, paradigm, readings
from despin.lexicon.rows import Kind
from despin.lexicon.spelling import american
from despin.text.function_words import FUNCTION_WORDS

_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_KINDS = {kind.pos: kind for kind in (Kind.NOUN, Kind.VERB, Kind.ADJECTIVE, Kind.ADVERB)}


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """``spun`` stood where ``original`` belongs; both in the form that lexicons have."""

    spun: str
    original: str
    kind: Kind


def pair_of(spun: str, original: str) -> Pair | None:
    """The row that two wordings make, or ``None`` where they are one word in two shapes.

    Two words that agree in one part of speech and one form only ("boffins", "scientists") give
    their lemmas, which stand for all forms; where the part of speech is open ("places", "puts")
    the words stay as they are. Spellings, inflections and possessives of one word are no pair.

    Args:
        spun: lower case, straight apostrophes, words parted by one space.
        original: the same; capitals only where it brings its own.
    """
    spun, original = without_possessive(spun, original)
    if _same(spun, original):
        return None
    if " " in spun:
        # A row of kind "phrase" is believed wherever it stands; this one has the scorer judge it.
        return Pair(spun, original, Kind.WORD)
    if " " in original:
        return Pair(spun, original, Kind.PHRASE)
    if spun in FUNCTION_WORDS and original in FUNCTION_WORDS:
        return Pair(spun, original, Kind.FUNCTION_WORD)
    shared = shared_lemmas(spun, original)
    if len(shared) == 1:
        one, other, pos = shared.pop()
        return Pair(one, other, _KINDS[pos])
    return Pair(spun, original, Kind.WORD)


def shared_lemmas(spun: str, original: str) -> set[tuple[str, str, str]]:
    """Lemmas and part of speech of two words, for every reading in which their forms agree."""
    return {
        (one, other, pos)
        for one, pos, tag in readings(spun)
        for other, *reading in readings(original)
        if reading == [pos, tag] and one != other and not (tag == "NNS" and _is_singular(other))
    }


def _is_singular(lemma: str) -> bool:
    """Whether a plural looks like its singular: "people" may be individuals, and no individual."""
    forms = paradigm(lemma, "n")
    return bool({*forms.get("NN", ())} & {*forms.get("NNS", ())})


def without_possessive(spun: str, original: str) -> tuple[str, str]:
    """Both without the ``'s`` that both end in."""
    if _POSSESSIVE.search(spun) and _POSSESSIVE.search(original):
        return _POSSESSIVE.sub("", spun), _POSSESSIVE.sub("", original)
    return spun, original


def _same(spun: str, original: str) -> bool:
    """Whether the two differ in spelling, case, hyphens or inflection alone."""
    one, other = (_joined(form) for form in (spun, original))
    if one == other:
        return True
    return bool({lemma for lemma, _ in lemmas(spun)} & {lemma for lemma, _ in lemmas(original)})


def _joined(form: str) -> str:
    words = (american(word) for word in re.split(r"[ -]", form.lower()))
    return re.sub(r"'s?$", "", "".join(words))
