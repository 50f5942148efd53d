"""The compiled thesaurus on disk: four arrays and a list of forms.

Compressed sparse rows: the originals of spun form ``i`` are ``originals[rows[i]:rows[i + 1]]``, the
likeliest first. ``weights`` holds the natural log of the odds in one byte, linear from `LOWEST` to
`HIGHEST`. ``forms.txt`` is sorted by code point, one form a line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from despin.arrays import stored
from despin.drafts import drafts
from despin.lexicon.rows import LexiconError
from despin.lexicon.sources import Source

FORMAT = 1
LOWEST, HIGHEST = -9.0, 3.75
STEP = (HIGHEST - LOWEST) / 255
"""0.05 nats: what one step of a stored weight is worth."""

FILES = ("rows", "originals", "weights", "sources")
"""Names of the arrays."""
_OWN = ("format", "lowest", "step", "forms", "pairs")
"""What ``about.json`` says of the format."""


@dataclass(frozen=True)
class Compiled:
    """The arrays of a thesaurus.

    Attributes:
        forms: every spun or original form, sorted.
        rows: uint32, shape (forms + 1,).
        originals: uint32, shape (pairs,): index into ``forms``.
        weights: uint8, shape (pairs,).
        sources: uint8, shape (pairs,): `despin.lexicon.sources.Source` bits.
    """

    forms: list[str]
    rows: npt.NDArray[np.uint32]
    originals: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.uint8]
    sources: npt.NDArray[np.uint8]


def quantise(log_odds: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Natural-log odds as stored bytes; what lies outside the range is clipped."""
    steps = np.rint((np.clip(log_odds, LOWEST, HIGHEST) - LOWEST) / STEP)
    return steps.astype(np.uint8)


def log_odds(stored: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Stored bytes as natural-log odds."""
    return stored.astype(np.float32) * np.float32(STEP) + np.float32(LOWEST)


@dataclass(frozen=True)
class Pairs:
    """Pairs on their way into compiled form; all arrays of shape (pairs,).

    Attributes:
        spun: index into a list of names.
        originals: index into the same list.
        weights: natural-log odds.
        rank: what the originals of a spun form are sorted by, the largest first.
        sources: `despin.lexicon.sources.Source` bits.
    """

    spun: npt.NDArray[np.int64]
    originals: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]
    rank: npt.NDArray[np.float64]
    sources: npt.NDArray[np.uint8]


def compile_pairs(names: Sequence[str], pairs: Pairs) -> Compiled:
    """Arrange pairs of indices into ``names``, each pair given once, in compiled form."""
    used = np.unique(np.concatenate([pairs.spun, pairs.originals])).tolist()
    forms = sorted(names[number] for number in used)
    place = {form: number for number, form in enumerate(forms)}
    renumbered = np.full(len(names), -1, np.int64)
    renumbered[used] = [place[names[number]] for number in used]
    spun, originals = renumbered[pairs.spun], renumbered[pairs.originals]
    order = np.lexsort((originals, -np.round(pairs.rank, 3), spun))
    counts = np.bincount(spun, minlength=len(forms))
    return Compiled(
        forms,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        originals[order].astype(np.uint32),
        quantise(pairs.weights)[order],
        pairs.sources[order],
    )


def write(compiled: Compiled, folder: Path, about: dict[str, object]) -> None:
    """Write all files; ``about`` goes into ``about.json`` beside the format's own numbers.

    None takes its place before all are written, so a full disk leaves what was there; and what is
    mapped from the same folder stays what it was.

    Raises:
        LexiconError: the system refuses.
    """
    files = {"forms.txt": "".join(form + "\n" for form in compiled.forms).encode("utf-8")}
    for name in FILES:
        array = io.BytesIO()
        np.save(array, getattr(compiled, name))
        files[f"{name}.npy"] = array.getvalue()
    files["about.json"] = _about_bytes(compiled, about)
    try:
        with drafts(folder) as new:
            for name, data in files.items():
                (new / name).write_bytes(data)
    except OSError as error:
        raise LexiconError(f"{folder}: cannot be written ({error.strerror})") from error


def _about_bytes(compiled: Compiled, about: dict[str, object]) -> bytes:
    facts: dict[str, object] = {
        "format": FORMAT,
        "lowest": LOWEST,
        "step": STEP,
        "forms": len(compiled.forms),
    }
    facts |= {"pairs": len(compiled.originals), **about}
    return (json.dumps(facts, indent=2, sort_keys=True) + "\n").encode("utf-8")


def counted(compiled: Compiled) -> dict[str, object]:
    """What ``about.json`` says of the pairs: how many each source has, and of how many forms."""
    by_source = {
        source.label: int(((compiled.sources & int(source)) != 0).sum()) for source in Source
    }
    spun_forms = int((np.diff(compiled.rows.astype(np.int64)) > 0).sum())
    return {"pairs_by_source": by_source, "spun_forms": spun_forms}


def about(folder: Path) -> dict[str, object]:
    """What ``about.json`` says beside the format's own numbers.

    Raises:
        FileNotFoundError: the file is missing.
        LexiconError: it is about another format.
    """
    facts: dict[str, object] = json.loads((folder / "about.json").read_text("utf-8"))
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise LexiconError(f"its format is not {FORMAT}")
    return {name: fact for name, fact in facts.items() if name not in _OWN}


def read(folder: Path) -> Compiled:
    """Map the arrays into memory and read the forms.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: a file is broken, or they do not belong together.
    """
    arrays = {name: stored(folder / f"{name}.npy", mapped=True) for name in FILES}
    forms = (folder / "forms.txt").read_bytes().decode("utf-8").split("\n")[:-1]
    found = Compiled(forms, **arrays)
    pairs = int(found.rows[-1]) if len(found.rows) == len(forms) + 1 else -1
    if any(len(part) != pairs for part in (found.originals, found.weights, found.sources)):
        raise LexiconError(f"{folder}: its files do not belong together")
    return found
