"""The frozen spun passages: made once, before anything is trained, and known by their hashes.

    python -m benchmarks.frozen --corpus ../shared/corpus --eval ../shared/eval

Held-out passages are spun at each rate of ``styles.json`` through the lexicon's own thesaurus and
through a foreign one, and written to ``work-data/frozen/``: they are other people's text and stay
out of the project. ``frozen.sha256`` tells whether they are still the same; made again they are so
only with the same language model and kind of processor. The lexicon is that of then, from history.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from benchmarks import foreign
from benchmarks.passages import passages
from despin.document import Document
from despin.lexicon import store
from despin.lexicon.location import COMPILED
from despin.lexicon.thesaurus import Thesaurus
from despin.propose.substitutions import Substitutions
from despin.score.collocations import Collocations
from despin.score.engine import Engine
from despin.score.form_facts import FormPieces
from despin.score.model_store import ModelError, installed
from despin.training.corpus import CorpusDocument
from despin.training.evaluation import EvaluationText
from despin.training.plausibility import form_frequency
from despin.training.simulate import ModelPlausibility
from despin.training.spinner import Spinner
from despin.training.style import Style

HERE = Path(__file__).parent
STYLES, HASHES = HERE / "styles.json", HERE / "frozen.sha256"
FOLDER = Path("work-data/frozen")
PASSAGES = 40
"""For each rate; the same ones for both thesauri, others for each rate."""
SEED = 20
THESAURI = ("own", "foreign")
LEXICON = "072d6ea"
"""Commit whose compiled lexicon is the own thesaurus: rows have come in since."""


def styles() -> dict[str, Style]:
    """Rate, as a name, to the frozen style."""
    return {rate: Style(**style) for rate, style in json.loads(STYLES.read_text("utf-8")).items()}


def name(thesaurus: str, rate: str) -> str:
    """The file of one thesaurus and rate."""
    return f"{thesaurus}-{rate}.jsonl"


def lexicon() -> Path:
    """The folder of the compiled lexicon that the passages are spun with, fetched from history.

    Raises:
        SystemExit: the history does not reach so far back.
    """
    folder = FOLDER / "lexicon"
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("forms.txt", *(f"{name}.npy" for name in store.FILES)):
        wanted = f"{LEXICON}:lexicons/en/{COMPILED}/{file}"
        shown = subprocess.run(["git", "show", wanted], capture_output=True, check=False)
        if shown.returncode:
            raise SystemExit(f"{wanted}: not in this clone; `git fetch --unshallow` gets it")
        (folder / file).write_bytes(shown.stdout)
    return folder


def spinners(wheel: Path) -> dict[str, Spinner]:
    """A spinner for each thesaurus.

    Raises:
        ModelError: no language model is installed.
    """
    files = installed()
    if files is None:
        raise ModelError("the language model is not installed; `despin model install` gets it")
    engine, collocations = Engine(files), Collocations.load()
    tables = {
        "own": Substitutions.of(Thesaurus.load(lexicon())).transposed(),
        "foreign": foreign.table(wheel, collocations),
    }
    return {
        thesaurus: Spinner(
            table,
            form_frequency(table, collocations),
            ModelPlausibility(engine, FormPieces(table.forms, engine.pieces)),
        )
        for thesaurus, table in tables.items()
    }


def rows(
    spinner: Spinner, style: Style, chosen: list[tuple[CorpusDocument, str]], seed: str
) -> Iterator[str]:
    """One line of JSON for each passage."""
    for document, text in chosen:
        rng = random.Random(f"{seed} {document.id}")
        spun = spinner.spin(Document(document.id, text), style, rng)
        gold = [[s.span.start, s.span.end, s.spun, s.original] for s in spun.swaps]
        row = {"id": document.id, "source": document.source, "spun": spun.text, "gold": gold}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def make(corpus: Path, evaluation: Path, wheel: Path, number: int) -> dict[str, str]:
    """Write all files; file name to SHA-256."""
    made = spinners(wheel)
    clean = passages(corpus, EvaluationText.read(evaluation))
    FOLDER.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for rate, style in styles().items():
        chosen = list(islice(clean, number))
        for thesaurus, spinner in made.items():
            seed = f"{SEED} {thesaurus} {rate}"
            data = "".join(rows(spinner, style, chosen, seed)).encode("utf-8")
            file = FOLDER / name(thesaurus, rate)
            file.write_bytes(data)
            hashes[file.name] = sha256(data).hexdigest()
            print(f"{file}: {len(chosen)} passages", file=sys.stderr)
    return hashes


def known() -> dict[str, str]:
    """File name to SHA-256 as committed; empty before the passages are first made."""
    if not HASHES.exists():
        return {}
    lines = HASHES.read_text("utf-8").splitlines()
    return {line.split()[1]: line.split()[0] for line in lines if not line.startswith("#")}


def changed() -> list[str]:
    """The frozen files that are missing or not the ones whose hash is committed."""
    return [
        file
        for file, digest in known().items()
        if not (FOLDER / file).exists()
        or sha256((FOLDER / file).read_bytes()).hexdigest() != digest
    ]


def main() -> int:
    """Make the passages; 1 when they are not the ones that are frozen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--wheel", type=Path, default=foreign.WHEEL)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--renew", action="store_true", help="make them anew, with other hashes")
    given = parser.parse_args()
    if known() and not changed() and not given.renew:
        print("the frozen passages are there and unchanged", file=sys.stderr)
        return 0
    hashes = make(given.corpus, given.eval, given.wheel, given.passages)
    if known() and hashes != known() and not given.renew:
        print("these are not the frozen passages: their hashes differ", file=sys.stderr)
        return 1
    lines = [f"{digest}  {file}\n" for file, digest in sorted(hashes.items())]
    HASHES.write_text("".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
