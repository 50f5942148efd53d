"""The pattern proposers, in the order in which they are asked."""

from __future__ import annotations

from functools import partial

from despin.finding import Rule
from despin.once import once
from despin.options import Options
from despin.propose import Proposer
from despin.propose.attributions import AttributionProposer
from despin.propose.boilerplate import BoilerplateProposer
from despin.propose.brackets import BracketProposer
from despin.propose.displaced_spaces import DisplacedSpaceProposer
from despin.propose.doubled_paragraphs import DoubledParagraphProposer
from despin.propose.doubled_words import DoubledWordProposer
from despin.propose.entities import EntityProposer
from despin.propose.escapes import EscapeProposer
from despin.propose.invisible import InvisibleProposer
from despin.propose.leftover_tags import LeftoverTagProposer
from despin.propose.ligatures import LigatureProposer
from despin.propose.mojibake import MojibakeProposer
from despin.propose.phrase_table import user_index
from despin.propose.phrases import PhraseProposer
from despin.propose.quotation_blanks import QuotationBlankProposer
from despin.propose.quotation_marks import QuotationMarkProposer
from despin.propose.run_on_leftovers import RunOnLeftoverProposer
from despin.propose.shortcodes import ShortcodeProposer
from despin.propose.single_marks import SingleMarkProposer
from despin.propose.spacing import SpacingProposer
from despin.propose.spintax import SpintaxProposer
from despin.propose.torn_words import TornWordProposer


def pattern_proposers(options: Options) -> list[Proposer]:
    """The proposers that need no scorer; what is large is loaded by their first document.

    Phrases of the user's lexicons (rows of several words) are found under `Rule.LEXICON`; single
    words of theirs are the scorer's.

    Raises:
        LexiconError: raised by a proposer's first document when a lexicon cannot be read.
    """
    users = [
        PhraseProposer(once(partial(user_index, path)), Rule.LEXICON) for path in options.lexicons
    ]
    return [
        MojibakeProposer(),
        InvisibleProposer(),
        LigatureProposer(),
        EntityProposer(),
        EscapeProposer(),
        BoilerplateProposer(),
        RunOnLeftoverProposer(),
        ShortcodeProposer(),
        LeftoverTagProposer(),
        DoubledParagraphProposer(),
        SpintaxProposer(),
        QuotationMarkProposer(),
        QuotationBlankProposer(),
        SingleMarkProposer(),
        SpacingProposer(),
        DisplacedSpaceProposer(),
        BracketProposer(),
        TornWordProposer(),
        AttributionProposer(),
        DoubledWordProposer(),
        PhraseProposer(),
        *users,
    ]
