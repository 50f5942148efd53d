"""A phrase in another number or tense than the list has it: ``neural organizations``.

The dictionary (lemminflect, through `despin.lexicon.inflection`) is asked only when all words but
the ending agree, so that most documents never load it.
"""

from __future__ import annotations

from functools import lru_cache

from despin.propose.phrase_table import Phrase

_NUMBERS = {("NN", "NNS"), ("NNS", "NN")}


@lru_cache(maxsize=4096)
def inflected(phrase: Phrase, ending: str) -> str | None:
    """What is expected where the phrase's last word has the form ``ending``.

    Only the number of nouns is carried over: "neural organizations" gives "neural networks".

    Returns:
        ``None`` when ``ending`` is no other number of the phrase's last word, or when the expected
        phrase does not have it.
    """
    from despin.lexicon.inflection import paradigm, readings

    known = {lemma: tag for lemma, pos, tag in readings(phrase.words[-1]) if pos == "n"}
    for lemma, pos, tag in readings(ending):
        if pos == "n" and (known.get(lemma), tag) in _NUMBERS:
            break
    else:
        return None
    before, _, last = phrase.expected.rpartition(" ")
    wanted = "NN" if tag == "NNS" else "NNS"
    for lemma, pos, of in readings(last.lower()):
        if pos == "n" and of == wanted:
            form = paradigm(lemma, "n").get(tag, ("",))[0]
            if form:
                return f"{before} {form}".strip()
    return None
