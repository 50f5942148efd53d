"""From a corpus to an encoder: spin, train, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from despin.lexicon.rows import LexiconRow
from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.training.corpus import EvaluationText
from despin.training.encoder_examples import ExampleMaker, collect
from despin.training.encoder_net import EncoderNet, export
from despin.training.encoder_training import Material, Recipe, train


@dataclass(frozen=True)
class EncoderPlan:
    """What the encoder is made from.

    Attributes:
        base: folder of the model to start from, a BERT in the layout of Hugging Face with its
            ``tokenizer.json``.
        corpus: the corpus's folder.
        documents: how many documents are spun.
        seed: decides which, and how they are spun.
        evaluation: text that must not be trained on.
        rows: a user's lexicon rows, joined to the thesaurus.
        recipe: steps and rates.
    """

    base: Path
    corpus: Path
    documents: int = 10_000
    seed: int = 7
    evaluation: EvaluationText | None = None
    rows: tuple[LexiconRow, ...] = ()
    recipe: Recipe = field(default_factory=Recipe)


def build_encoder(
    plan: EncoderPlan, out: Path, work: Path, say: Callable[[str], None] = lambda _: None
) -> None:
    """Write the encoder's files into ``out``; ``work`` keeps examples and the checkpoint."""
    from tokenizers import Tokenizer

    table = Substitutions.of(Thesaurus.load(), plan.rows)
    tokenizer: Tokenizer = Tokenizer.from_file(str(plan.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    maker = ExampleMaker(table, Collocations.load(), tokenizer)
    files = collect(maker, plan, work / "examples", _every(say, 250))
    net = EncoderNet(plan.base)
    material = Material(tokenizer, table.forms, files)
    train(net, material, work / "encoder.pt", plan.recipe, say)
    export(net, plan.base, out)


def _every(say: Callable[[str], None], step: int) -> Callable[[int, int], None]:
    def report(done: int, of: int) -> None:
        if done % step == 0 or done == of:
            say(f"encoder: {done} of {of} documents spun")

    return report
