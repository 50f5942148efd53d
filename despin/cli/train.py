"""``despin train``: make the judges anew, on a corpus of your own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from despin.cli.train_encoder import Taught
    from despin.training.collect import Plan
    from despin.training.spinner import Spun

LM = "lm"


@click.command("train", short_help="Train the judges on a corpus.")
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of GENRE_NAME.txt.zst files, one document a line.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for calibrator.npz; evidence is kept in its subfolder work/, and goes on.",
)
@click.option(
    "--documents",
    type=click.IntRange(min=1),
    default=600,
    show_default=True,
    help="Documents to spin and score.",
)
@click.option(
    "--clean",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="More documents that are scored as they are, of all genres in equal parts.",
)
@click.option("--seed", default=7, show_default=True, help="Decides what is drawn.")
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TSV lexicon of yours, joined to the thesaurus; may be repeated.",
)
@click.option(
    "--real",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines with spun and original: texts that were really spun, to learn from as well.",
)
@click.option(
    "--keep-out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of evaluation texts that no training document may share a passage with.",
)
@click.option(
    "--scorer",
    default=LM,
    show_default=True,
    metavar="lm|hf|hf:MODEL",
    help="hf: the calibrator of masked models, masked.npz, from the language model's differences; "
    "hf:MODEL: from that masked model's own.",
)
@click.option(
    "--model",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A GGUF file to train with instead of the installed model.",
)
@click.option(
    "--encoder",
    "base",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Teach a new encoder first, starting from the BERT or MPNet in this folder.",
)
@click.option(
    "--encoder-from",
    "again",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --encoder: go on from the encoder in this folder, made from the same BASE.",
)
@click.option(
    "--encoder-layers",
    "layers",
    type=click.IntRange(min=1),
    help="With --encoder: keep that many of the base's layers, the lowest; all unless given.",
)
@click.option(
    "--large-encoder",
    "large",
    is_flag=True,
    help="With --encoder: it is the large one, which reads beside the language model alone and "
    "ships in four bits.",
)
@click.option(
    "--encoder-documents",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="Documents it is taught with.",
)
@click.option(
    "--encoder-real",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --encoder: JSON lines like those of --real, other ones, for the encoder.",
)
@click.option(
    "--probe",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines like those of --real, other ones: teach a new probe of the model's inner "
    "states with them first.",
)
@click.option("--bfloat16", is_flag=True, help="Teach it in bfloat16: for processors that have it.")
def command(  # noqa: PLR0913, PLR0917 - click gives one argument for each option
    corpus: Path,
    out: Path,
    documents: int,
    clean: int,
    seed: int,
    lexicons: tuple[Path, ...],
    real: Path | None,
    keep_out: Path | None,
    scorer: str,
    model: Path | None,
    base: Path | None,
    again: Path | None,
    layers: int | None,
    large: bool,
    encoder_documents: int,
    encoder_real: Path | None,
    probe: Path | None,
    bfloat16: bool,
) -> int:
    """Simulate spinning, score it, and fit the judges; a stopped run goes on where it was."""
    if again and not base:
        raise click.UsageError("--encoder-from needs --encoder, what that encoder began as")
    if encoder_real and not base:
        raise click.UsageError("--encoder-real needs --encoder, the model to start from")
    if layers and not base:
        raise click.UsageError("--encoder-layers needs --encoder, the model whose layers they are")
    if large and not base:
        raise click.UsageError("--large-encoder needs --encoder, the model to start from")
    if probe and scorer != LM:
        raise click.UsageError("--probe reads the states of a causal model: it needs --scorer lm")
    from despin.cli.train_encoder import Beginning, check_encoder_libraries, teach_encoder
    from despin.lexicon.rows import read_rows
    from despin.training.collect import Plan
    from despin.training.evaluation import EvaluationText
    from despin.training.excerpts import check_corpus
    from despin.training.files import make_folder
    from despin.training.masked import check_name

    if scorer != LM:
        check_name(scorer)  # before an encoder is taught, which takes hours
    if base:
        check_encoder_libraries()
    plan = Plan(
        corpus=corpus,
        documents=documents,
        seed=seed,
        evaluation=EvaluationText.read(keep_out) if keep_out else None,
        rows=tuple(row for path in lexicons for row in read_rows(path)),
        real=_texts(real),
        clean=clean,
    )
    check_corpus(plan)
    make_folder(out)
    spun = replace(plan, documents=encoder_documents, real=_texts(encoder_real))
    read = replace(plan, real=_texts(probe))
    started = Beginning(base, again, layers, large) if base else None
    taught = teach_encoder(spun, started, bfloat16, out) if started else None
    if probe:
        _probe(read, model, out)
    _judges(plan, scorer, model, taught, out)
    return 0


def _texts(path: Path | None) -> tuple[Spun, ...]:
    """The really spun texts of a file, where there is one."""
    from despin.training.real import read_real

    return tuple(read_real(path)) if path else ()


def _judges(plan: Plan, scorer: str, model: Path | None, taught: Taught | None, out: Path) -> None:
    """Train what a scorer judges with."""
    from despin.cli.errors import complain
    from despin.score.encoder_store import graph_of
    from despin.score.loading import engine, readers
    from despin.score.states import FILE
    from despin.training.build import build
    from despin.training.kept import ENCODER, PROBE, check_kept, made_of
    from despin.training.masked import build_masked, reader_of

    kept = "judges.json" if scorer == LM else "masked.json"
    files = {ENCODER: graph_of(taught.folder)} if taught else {}
    if scorer == LM:
        files[PROBE] = out / FILE
    check_kept(out / "work" / kept, made_of(plan, scorer, model, files))
    if scorer == LM:
        encoders = {taught.role: taught.folder} if taught else {}
        build(plan, readers(model, out, **encoders), out, out / "work", complain)
        complain(f"wrote {out / 'calibrator.npz'}")
        return
    language_model = engine(model)
    build_masked(plan, language_model, reader_of(scorer, language_model), out, complain)
    complain(f"wrote {out / 'masked.npz'}")


def _probe(plan: Plan, model: Path | None, out: Path) -> None:
    """Teach a probe, unless it is there: the judges that are trained next use it.

    Evidence that was collected with it is no evidence of another, taught with more documents say.
    """
    from despin.cli.errors import complain
    from despin.score.loading import model_files
    from despin.score.states import FILE
    from despin.training.build import progress
    from despin.training.evidence_file import save
    from despin.training.kept import PROBE, check_kept, made_of
    from despin.training.probe import build_probe

    facts = made_of(plan, PROBE, model, option="--probe")
    check_kept(out / "work" / "probe.json", facts)
    if (out / FILE).exists():
        return
    report = progress(complain, "read for the probe")
    made = build_probe(plan, model_files(model), out / "work" / "states", report)
    save(made.arrays(), out / FILE)
    complain(f"wrote {out / FILE}")
