"""Forms of a lemma, and the form of one word that fits where another stood.

lemminflect (0.3 s) is imported by the first call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

Paradigm = Mapping[str, tuple[str, ...]]
"""Penn tag to the forms it has, the usual one first."""

_UPOS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "r": "ADV"}
_POS = {upos: pos for pos, upos in _UPOS.items()}

TAGS: Mapping[str, tuple[str, ...]] = {
    "n": ("NN", "NNS"),
    "v": ("VB", "VBZ", "VBG", "VBD", "VBN"),
    "a": ("JJ", "JJR", "JJS"),
    "r": ("RB", "RBR", "RBS"),
    "x": ("AS-IS",),
}
"""Tags of each part of speech; VBP is left out: but for "be" it equals VB."""


@cache
def paradigm(lemma: str, pos: str) -> Paradigm:
    """All forms of ``lemma`` as part of speech ``pos`` (n, v, a, r, or x: the lemma alone).

    A verb of several words is inflected on its first ("set up": "sets up"), a noun on the word
    before its first preposition or else on its last ("points of view"). Adjectives and adverbs
    without forms of their own are compared with "more" and "most".
    """
    if pos == "x":
        return {"AS-IS": (lemma,)}
    before, head, after = _split(lemma, pos)
    forms = {tag: tuple(before + form + after for form in f) for tag, f in _forms(head, pos)}
    forms.setdefault(TAGS[pos][0], (lemma,))
    if pos in "ar":
        _, comparative, superlative = TAGS[pos]
        if comparative not in forms:
            forms[comparative] = (f"more {lemma}",)
            forms[superlative] = (f"most {lemma}",)
    return forms


def _split(lemma: str, pos: str) -> tuple[str, str, str]:
    """What stands before the inflected word, that word, and what stands after it."""
    words = lemma.split(" ")
    at = 0 if pos == "v" else len(words) - 1
    if pos == "n":
        stops = [i for i, word in enumerate(words) if word in {"of", "in", "to", "for", "at", "on"}]
        at = stops[0] - 1 if stops and stops[0] else at
    before, after = words[:at], words[at + 1 :]
    return "".join(w + " " for w in before), words[at], "".join(" " + w for w in after)


_SUPPLETIVE = {("person", "NNS"): ("people", "persons")}
"""What the dictionary files under another lemma."""


def _forms(word: str, pos: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    from lemminflect import getAllInflections, getAllInflectionsOOV

    found = getAllInflections(word, upos=_UPOS[pos])
    if not found and pos in "nv" and word.isalpha():
        found = getAllInflectionsOOV(word, upos=_UPOS[pos])
    for tag in TAGS[pos]:
        forms = _SUPPLETIVE.get((word, tag)) or tuple(found.get(tag, ()))
        if tag == "NNS" and forms[:1] != (word,):
            forms = tuple(form for form in forms if form != word)  # mass use is no plural
        if forms:
            yield tag, forms


@cache
def lemmas(form: str) -> tuple[tuple[str, str], ...]:
    """(lemma, part of speech) readings of a single word, from the dictionary alone."""
    from lemminflect import getAllLemmas

    found = getAllLemmas(form)
    return tuple(
        (lemma, _POS[upos]) for upos in sorted(found) if upos in _POS for lemma in found[upos]
    )


def readings(form: str) -> tuple[tuple[str, str, str], ...]:
    """(lemma, part of speech, tag) readings of a single word."""
    return tuple(
        (lemma, pos, tag)
        for lemma, pos in lemmas(form)
        for tag, forms in paradigm(lemma, pos).items()
        if form in forms
    )


def inflect_like(spun: str, original: str, pos: str | None = None) -> tuple[str, ...]:
    """The forms of the lemma ``original`` that fit where the form ``spun`` stands.

    Args:
        spun: a single word as written, lower case.
        original: a lemma, one word or several.
        pos: n, v, a or r; without it every part of speech that ``spun`` may have is tried.

    "put" may be present or past: both forms of the original come back, in the order of the tags.
    Nothing fits: nothing comes back.
    """
    known = {reading for _, reading in lemmas(original)} if " " not in original else set(_UPOS)
    tags = {
        (reading, tag)
        for _, reading, tag in readings(spun)
        if (reading == pos if pos else reading in known)
    }
    fits = [
        form
        for reading, order in TAGS.items()
        for tag in order
        if (reading, tag) in tags
        for form in paradigm(original, reading).get(tag, ())[:1]
    ]
    return tuple(dict.fromkeys(fits))
