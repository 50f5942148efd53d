"""From a corpus to an encoder: spin, train, export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.encoder_pieces import open_tokenizer
from despin.training.build import Say, progress
from despin.training.collect import Plan
from despin.training.encoder_again import mean_of, take_weights
from despin.training.encoder_examples import FILE, ExampleMaker, collect, collect_real
from despin.training.encoder_export import export
from despin.training.encoder_int4 import learn_rounded, stay_rounded
from despin.training.encoder_net import EncoderNet
from despin.training.encoder_training import Material, Recipe, train

KEPT = 0.3
"""Part of the weights before that is kept, where training goes on from an encoder with simulated
texts alone. What really spun ones teach is nothing to be careful of."""
ROUNDED = 0.4
"""Of the pieces that are learnt from, so many more are when the weights are rounded."""


@dataclass(frozen=True)
class EncoderPlan:
    """What the encoder is made from.

    Attributes:
        base: folder of the model to start from, a BERT or an MPNet in the layout of Hugging Face
            with its ``tokenizer.json``.
        documents: which documents are spun, and really spun texts that are learnt from beside
            them; nothing passes a gate here.
        recipe: steps and rates.
        again: folder of an encoder that was made from the same base, to go on from.
        layers: the base's lowest ones, so many, are all that is kept; every one unless given.
        large: it is to be the large encoder, which ships in four bits: it learns on with its
            weights rounded to them.
    """

    base: Path
    documents: Plan
    recipe: Recipe
    again: Path | None = None
    layers: int | None = None
    large: bool = False


def build_encoder(plan: EncoderPlan, out: Path, work: Path, say: Say = lambda _: None) -> None:
    """Write the encoder's files into ``out``; ``work`` keeps examples and the checkpoint.

    Raises:
        CorpusError: the corpus holds nothing to learn from, or cannot be read.
        EncoderFileError: the base cannot be read, or the encoder to go on from.
    """
    net, recipe = EncoderNet(plan.base, plan.layers), plan.recipe
    if plan.again:  # before hours of work: the folder may hold none
        take_weights(net, plan.again)
        recipe = replace(recipe, rate=recipe.rate / 2, head_rate=recipe.head_rate / 2)
    before = {name: weights.clone() for name, weights in net.state_dict().items()}
    table = Substitutions.of(Thesaurus.load(), plan.documents.rows)
    tokenizer = open_tokenizer(plan.base)
    maker = ExampleMaker(table, Collocations.load(), tokenizer)
    report = progress(say, "spun for the encoder", FILE)
    files = collect(maker, plan.documents, work / "examples", report)
    real = collect_real(maker, plan.documents, work / "real-examples")
    material = Material(tokenizer, table.forms, files, real)
    train(net, material, work / "encoder.pt", recipe, say)
    if plan.again and not real:
        net.load_state_dict(mean_of(before, net.state_dict(), KEPT))
    if plan.large:
        _learn_on_rounded(net, material, work, recipe, say)
    export(net, plan.base, out, four=plan.large)


def _learn_on_rounded(
    net: EncoderNet, material: Material, work: Path, recipe: Recipe, say: Say
) -> None:
    learn_rounded(net)
    say("its weights are rounded to four bits from here")
    rounded = replace(
        recipe,
        pieces=round(ROUNDED * recipe.pieces),
        rounds=1,
        rate=recipe.rate / 2,
        head_rate=recipe.head_rate / 2,
    )
    train(net, material, work / "rounded.pt", rounded, say)
    stay_rounded(net)
