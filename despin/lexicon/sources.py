"""Where a substitution pair is known from."""

from __future__ import annotations

from enum import IntFlag


class Source(IntFlag):
    """One bit for each kind of source; a compiled pair holds the union in eight bits."""

    WORDNET_SYNONYM = 1
    """Both words stand in one WordNet synset."""
    WORDNET_NEAR = 2
    """WordNet relations further off: hypernym, hyponym, sister term, similar, also, two steps."""
    DERIVATION = 4
    """Related by derivation in WordNet: "accessibility" and "access"."""
    MOBY = 8
    """Moby Thesaurus II lists one word under the other."""
    TORTURED = 16
    """Aligned words of a tortured phrase and its expected phrase: a real spinner's choice."""
    CURATED = 32
    """A row written by hand in ``lexicons/``."""
    DISTRIBUTIONAL = 64
    """Neighbours in word vectors counted from a corpus; found in no thesaurus."""
    PHRASE = 128
    """One side has more words than the other."""

    @property
    def label(self) -> str:
        """The names of all bits, for people: "WordNet synonym, Moby"."""
        return ", ".join(_NAMES[Source(bit)] for bit in _NAMES if bit & self)


_NAMES = {
    Source.WORDNET_SYNONYM: "WordNet synonym",
    Source.WORDNET_NEAR: "WordNet relation",
    Source.DERIVATION: "WordNet derivation",
    Source.MOBY: "Moby Thesaurus",
    Source.TORTURED: "tortured phrases",
    Source.CURATED: "curated list",
    Source.DISTRIBUTIONAL: "corpus neighbours",
    Source.PHRASE: "phrase",
}
