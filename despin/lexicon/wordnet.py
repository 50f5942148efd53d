"""Substitution pairs from WordNet 3.0, read with NLTK's reader."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from despin.lexicon.relations import Lexemes, Relation
from despin.lexicon.rows import LexiconError

MOST_SISTERS = 60
"""Groups of sister terms larger than this say little: people's names, kinds of plants."""

_NEEDED = [f"{kind}.{pos}" for kind in ("data", "index") for pos in ("noun", "verb", "adj", "adv")]
_FILES = [
    *_NEEDED,
    *(f"{pos}.exc" for pos in ("noun", "verb", "adj", "adv")),
    "index.sense",
    "cntlist.rev",
]

LEXICOGRAPHER_FILES = (
    "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute "
    "noun.body noun.cognition noun.communication noun.event noun.feeling noun.food noun.group "
    "noun.location noun.motive noun.object noun.person noun.phenomenon noun.plant "
    "noun.possession noun.process noun.quantity noun.relation noun.shape noun.state "
    "noun.substance noun.time verb.body verb.change verb.cognition verb.communication "
    "verb.competition verb.consumption verb.contact verb.creation verb.emotion verb.motion "
    "verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl"
).split()
"""The 45 lexicographer files in WordNet's order (lexnames(5WN)), which Debian does not ship."""

_FILE_POS = {"noun": 1, "verb": 2, "adj": 3, "adv": 4}


@contextmanager
def reader(folder: Path) -> Iterator[Any]:
    """NLTK's reader on a temporary copy of ``folder`` that has the ``lexnames`` file it wants.

    Raises:
        LexiconError: the folder lacks a file.
    """
    import nltk.data
    from nltk.corpus.reader.wordnet import WordNetCorpusReader

    lacking = [name for name in _NEEDED if not (folder / name).is_file()]
    if lacking:
        raise LexiconError(f"{folder}: lacks {', '.join(lacking)} of WordNet's database files")
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "corpora", "wordnet")  # where NLTK's own mapping looks for it
        copy.mkdir(parents=True)
        for name in _FILES:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, copy / name)
        lines = (
            f"{number:02d}\t{name}\t{_FILE_POS[name.split('.')[0]]}\n"
            for number, name in enumerate(LEXICOGRAPHER_FILES)
        )
        (copy / "lexnames").write_text("".join(lines), "utf-8")
        nltk.data.path.append(temporary)  # NLTK opens nothing outside its data path
        try:
            database = WordNetCorpusReader(str(copy), None)
            yield database
            for file in database._data_file_map.values():  # NLTK leaves them open
                file.close()
        finally:
            nltk.data.path.remove(temporary)


def add_pairs(lexemes: Lexemes, wordnet: Any, wanted: Callable[[str], bool]) -> dict[str, str]:
    """Add WordNet's pairs of ``wanted`` lemmas (lower case, spaces) to ``lexemes``.

    Returns:
        Parts of speech of every wanted lemma, as a string of letters: "nv".
    """
    members: dict[Any, list[int]] = {}
    senses: dict[int, list[Any]] = defaultdict(list)
    poses: dict[str, str] = {}
    for synset in wordnet.all_synsets():
        pos = _pos(synset)
        names = [name for name in _names(synset) if wanted(name)]
        members[synset] = [lexemes.id(name, pos) for name in names]
        for name in names:
            senses[lexemes.id(name, pos)].append(synset)
            poses[name] = poses.get(name, "") + ("" if pos in poses.get(name, "") else pos)
    first = _first_senses(lexemes, wordnet, senses)
    for synset, words in members.items():
        if words:
            _near(lexemes, synset, words, members)
            _synonyms(lexemes, synset, words, first)
    _sisters(lexemes, members)
    _two_steps(lexemes, senses, members)
    _derived(lexemes, members, wanted)
    return poses


def _pos(synset: Any) -> str:
    return "a" if synset.pos() == "s" else str(synset.pos())


def _first_senses(lexemes: Lexemes, wordnet: Any, senses: dict[int, list[Any]]) -> dict[int, Any]:
    """The first sense in WordNet's order, which is the order of frequency, of each lexeme."""
    names = {number: lexeme for lexeme, number in lexemes.ids.items()}
    first = {}
    for number in senses:
        lemma, pos = names[number]
        ordered = wordnet.synsets(lemma.replace(" ", "_"), pos)
        exact = [synset for synset in ordered if number in _numbers(lexemes, synset)]
        if exact:
            first[number] = exact[0]
    return first


def _numbers(lexemes: Lexemes, synset: Any) -> set[int]:
    pos = _pos(synset)
    return {lexemes.ids[name, pos] for name in _names(synset) if (name, pos) in lexemes.ids}


def _names(synset: Any) -> list[str]:
    """Members that are not proper names, with spaces."""
    return [name.replace("_", " ") for name in synset.lemma_names() if name == name.lower()]


def _synonyms(lexemes: Lexemes, synset: Any, words: list[int], first: dict[int, Any]) -> None:
    lexemes.add_all(Relation.SYNONYM, words, words)
    leading = [word for word in words if first.get(word) == synset]
    lexemes.add_all(Relation.FIRST_SENSE_OF_ORIGINAL, words, leading)
    lexemes.add_all(Relation.FIRST_SENSE_OF_SPUN, leading, words)


def _near(lexemes: Lexemes, synset: Any, words: list[int], members: dict[Any, list[int]]) -> None:
    for other in synset.hypernyms():
        lexemes.add_all(Relation.HYPONYM, words, members[other])
        lexemes.add_all(Relation.HYPERNYM, members[other], words)
        for further in other.hypernyms():
            lexemes.add_all(Relation.HYPONYM, words, members[further])
            lexemes.add_all(Relation.HYPERNYM, members[further], words)
    for other in synset.similar_tos():
        lexemes.add_all(Relation.SIMILAR, words, members[other])
    others = [*synset.also_sees(), *synset.attributes(), *synset.entailments(), *synset.causes()]
    for other in [*others, *synset.verb_groups()]:
        if _pos(other) == _pos(synset):
            lexemes.add_all(Relation.ALSO, words, members[other])
            lexemes.add_all(Relation.ALSO, members[other], words)


def _sisters(lexemes: Lexemes, members: dict[Any, list[int]]) -> None:
    for synset in members:
        below = synset.hyponyms() or synset.similar_tos()
        sisters = [word for other in below for word in members[other]]
        if len(sisters) <= MOST_SISTERS:
            lexemes.add_all(Relation.SISTER, sisters, sisters)


def _two_steps(
    lexemes: Lexemes, senses: dict[int, list[Any]], members: dict[Any, list[int]]
) -> None:
    for synsets in senses.values():
        around = [word for synset in synsets for word in members[synset]]
        if len(synsets) > 1 and len(around) <= MOST_SISTERS:
            lexemes.add_all(Relation.TWO_STEP, around, around)


def _derived(
    lexemes: Lexemes, members: dict[Any, list[int]], wanted: Callable[[str], bool]
) -> None:
    """Derivational relatives: across parts of speech as they stand, over two steps within one."""
    for synset in members:
        for lemma in synset.lemmas():
            name = lemma.name().replace("_", " ")
            if not wanted(name):
                continue
            related = lemma.derivationally_related_forms() + lemma.pertainyms()
            near = [(other.name().replace("_", " "), _pos(other.synset())) for other in related]
            near = [other for other in near if wanted(other[0])]
            own = (name, _pos(synset))
            same = [lexemes.id(*other) for other in near if other[1] == own[1]]
            lexemes.add_all(Relation.DERIVED, [lexemes.id(*own)], same)
            lexemes.add_all(Relation.DERIVED, same, [lexemes.id(*own)])
            for pos in "nvar":
                alike = [lexemes.id(*other) for other in near if other[1] == pos]
                lexemes.add_all(Relation.DERIVED, alike, alike)
            bare = [lexemes.id(other[0], "x") for other in near]
            lexemes.add_all(Relation.DERIVED, [lexemes.id(name, "x")], bare)
            lexemes.add_all(Relation.DERIVED, bare, [lexemes.id(name, "x")])
