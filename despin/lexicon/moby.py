"""Substitution pairs from the Moby Thesaurus II (public domain)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from despin.lexicon.relations import Lexemes, Relation
from despin.lexicon.source_files import text_lines


def entries(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Root and listed words of every line of ``words.txt``, lower-cased."""
    for line in text_lines(path):
        root, *listed = line.strip().lower().split(",")
        yield root, listed


def add_pairs(
    lexemes: Lexemes, path: Path, wanted: Callable[[str], bool], poses: dict[str, str]
) -> dict[str, int]:
    """Add Moby's pairs, in every part of speech that both words may have.

    Moby gives no part of speech; ``poses`` does ("nv"). A word that ``poses`` lacks, as
    prepositions and inflected forms do, is paired as it stands.

    Returns:
        How many words each root lists, before any are left out.
    """
    lengths = {}
    for root, listed in entries(path):
        if not wanted(root):
            continue
        lengths[root] = len(listed)
        for word in listed:
            if wanted(word):
                _add(lexemes, root, word, poses)
    return lengths


def _add(lexemes: Lexemes, root: str, word: str, poses: dict[str, str]) -> None:
    root_poses, word_poses = poses.get(root, ""), poses.get(word, "")
    shared = [pos for pos in root_poses if pos in word_poses]
    if not shared and not (root_poses and word_poses):
        shared = ["x"]
    for pos in shared:
        one, other = lexemes.id(root, pos), lexemes.id(word, pos)
        lexemes.add(Relation.MOBY_UNDER_ORIGINAL, other, one)
        lexemes.add(Relation.MOBY_UNDER_SPUN, one, other)
