"""``despin train --encoder``: teach an encoder before the judges."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from despin.training.collect import Plan


def check_encoder_libraries() -> None:
    """Refuse to go on without what teaches one."""
    from importlib.util import find_spec

    missing = [name for name in ("torch", "transformers", "onnx") if find_spec(name) is None]
    if missing:
        raise click.ClickException(
            f"--encoder needs {', '.join(missing)}: pip install 'despin[encoder]'"
        )


@dataclass(frozen=True)
class Beginning:
    """What an encoder begins as: `--encoder`, `--encoder-from` and `--encoder-layers`.

    And what it is to be: `--large-encoder`.
    """

    base: Path
    again: Path | None
    layers: int | None
    large: bool

    @property
    def name(self) -> str:
        """Of its folder, and of the files that a run goes on from."""
        return "large-encoder" if self.large else "encoder"


@dataclass(frozen=True)
class Taught:
    """An encoder that was taught: its folder, and what it is for `despin.score.loading.readers`."""

    folder: Path
    role: Literal["encoder", "large"]


def teach_encoder(plan: Plan, beginning: Beginning, bfloat16: bool, out: Path) -> Taught:
    """Teach an encoder, or go on where a run was stopped."""
    from despin.cli.errors import complain
    from despin.score.encoder_store import graph_of
    from despin.training.encoder_build import EncoderPlan, build_encoder
    from despin.training.encoder_net import EncoderFileError
    from despin.training.encoder_training import Recipe
    from despin.training.kept import ENCODER, check_kept, made_of

    base, again, layers = beginning.base, beginning.again, beginning.layers
    files = {ENCODER: graph_of(again)} if again else {}
    facts = made_of(plan, ENCODER, files=files, option="--encoder-real")
    facts |= {"--encoder": str(base.resolve()), "--encoder-layers": str(layers or "all")}
    work = out / "work" / beginning.name if beginning.large else out / "work"
    check_kept(work / "encoder.json", facts)
    recipe = Recipe(bfloat16=bfloat16, seed=plan.seed)
    folder = out / beginning.name
    try:
        started = EncoderPlan(base, plan, recipe, again, layers, beginning.large)
        build_encoder(started, folder, work, complain)
    except EncoderFileError as error:
        raise click.ClickException(str(error)) from error
    complain(f"wrote {folder}")
    return Taught(folder, "large" if beginning.large else "encoder")
