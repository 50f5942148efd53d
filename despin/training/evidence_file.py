"""Labelled evidence on disk: one file for a few documents, so that a stopped run goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.training.calibrate import SOMETHING_ELSE, Data
from despin.training.corpus import NO_WORDS, CorpusError
from despin.training.files import drafts
from despin.training.simulate import Example

LACKING = 0.1
"""Share of swapped slots whose original is taken from the candidates for training: real spinners
write words for which no lexicon has the original."""


@dataclass(frozen=True)
class Batch:
    """Evidence of some documents.

    Attributes:
        left: for each document its examples for the gate and the fast scorer.
        both: for each document its examples for the calibrator.
        slots: slots of all documents whose truth is clear.
        swapped: how many of them were swapped.
        texts: for each document the number of the text it was made of; none: texts of their own.
    """

    left: Sequence[Sequence[Example]]
    both: Sequence[Sequence[Example]]
    slots: int
    swapped: int
    texts: Sequence[int] = ()


def write(batch: Batch, path: Path) -> None:
    """Save a batch; the file appears whole or not at all."""
    arrays: dict[str, NDArray[np.generic]] = {
        "counts": np.array([batch.slots, batch.swapped], np.int64),
        "texts": np.array(batch.texts, np.uint64),
    }
    for name, documents in (("left", batch.left), ("both", batch.both)):
        data = flattened(documents)
        arrays |= {
            f"{name}/{part}": getattr(data, part)
            for part in ("evidence", "first", "label", "weight", "document")
        }
    save(arrays, path)


def save(arrays: Mapping[str, NDArray[np.generic]], path: Path) -> None:
    """Write an ``.npz`` file, whole or not at all."""
    with drafts(path.parent) as new:
        np.savez(new / path.name, **arrays)  # type: ignore[arg-type] # a name might be savez's own


def read(
    paths: Iterable[Path],
    name: str,
    *,
    layouts: Sequence[Sequence[str]] = (),
    lacking: float = LACKING,
    seed: int = 5,
) -> tuple[Data, float]:
    """All evidence called ``name`` (``left`` or ``both``), and the share of swapped slots.

    A share ``lacking`` of the swapped slots loses its original, so that judges learn that something
    else may have stood there.

    Args:
        paths: the files.
        name: of the evidence.
        layouts: names of the columns that it may have; which has it, is told by their number.
        lacking: share of the swapped slots.
        seed: decides which.

    Raises:
        CorpusError: there is none.
    """
    parts: list[Data] = []
    numbers: dict[object, int] = {}
    counts = np.zeros(2, np.int64)
    documents = 0
    for path in sorted(paths):
        with np.load(path) as arrays:
            counts += arrays["counts"]
            if not len(arrays[f"{name}/label"]):
                continue
            part = Data(
                evidence=arrays[f"{name}/evidence"],
                first=arrays[f"{name}/first"],
                label=arrays[f"{name}/label"],
                weight=arrays[f"{name}/weight"],
                document=arrays[f"{name}/document"] + documents,
                text=_numbered(arrays, arrays[f"{name}/document"], numbers),
            )
        documents = int(part.document.max()) + 1
        parts.append(part)
    if not parts:
        raise CorpusError(NO_WORDS)
    whole = joined(parts)
    columns = next((names for names in layouts if len(names) == whole.evidence.shape[1]), ())
    data = _without_some_originals(whole, columns, lacking, np.random.default_rng(seed))
    return data, float(counts[1] / max(1, counts[0]))


def _numbered(
    arrays: Mapping[str, NDArray[np.generic]],
    document: NDArray[np.int32],
    numbers: dict[object, int],
) -> NDArray[np.int32]:
    """int32[n]: a number for the text of each slot's document; ``numbers`` has those given so far.

    Texts are numbered as they come. Files that do not name them have texts of their own.
    """
    named = arrays["texts"].tolist() if "texts" in arrays else []
    texts = named or [object() for _ in range(int(document.max()) + 1)]
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int32)[document]


def flattened(documents: Sequence[Sequence[Example]]) -> Data:
    """Examples of several documents in one; slots without candidates are left out."""
    found = [
        (number, example)
        for number, examples in enumerate(documents)
        for example in examples
        if len(example.evidence)
    ]
    rows = [example.evidence for _, example in found]
    sizes = [len(evidence) for evidence in rows]
    return Data(
        evidence=np.concatenate(rows) if rows else np.zeros((0, 0), np.float16),
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        label=np.array([example.label for _, example in found], np.int32),
        weight=np.array([example.weight for _, example in found], np.float32),
        document=np.array([number for number, _ in found], np.int32),
    )


def joined(parts: Sequence[Data]) -> Data:
    """Several parts as one; document numbers must be their own already."""
    offsets = np.cumsum([0, *(part.first[-1] for part in parts)])
    texts = [part.text for part in parts if part.text is not None]
    firsts = [part.first[:-1] + offset for part, offset in zip(parts, offsets, strict=False)]
    return Data(
        evidence=np.concatenate([part.evidence for part in parts]),
        first=np.concatenate([*firsts, offsets[-1:]]).astype(np.int64),
        label=np.concatenate([part.label for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        document=np.concatenate([part.document for part in parts]),
        text=np.concatenate(texts) if len(texts) == len(parts) else None,
    )


def _without_some_originals(
    data: Data, columns: Sequence[str], share: float, rng: np.random.Generator
) -> Data:
    """The data with the original cut from a share of the swapped slots."""
    sizes = np.diff(data.first)
    cut = (data.label >= 0) & (sizes > 1) & (rng.random(len(sizes)) < share)
    keep = np.ones(len(data.evidence), np.bool_)
    original = data.first[:-1][cut] + data.label[cut]
    keep[original] = False
    label = data.label.copy()
    label[cut] = SOMETHING_ELSE
    first = np.concatenate([[0], np.cumsum(sizes - cut)]).astype(np.int64)
    evidence = data.evidence[keep]
    _forget(evidence, data.evidence[original], columns, (first[:-1][cut], first[1:][cut]))
    return Data(evidence, first, label, data.weight, data.document, data.text)


_BEST_OF_SLOT = (
    ("encoder_gain", "encoder_best", "encoder_behind"),
    ("large_gain", "large_best", "large_behind"),
    ("both_gain", None, "behind_best"),
    ("gain", "best_gain", None),
)
"""A candidate's gain, the best of its slot, and how far it is behind that."""


def _forget(
    evidence: NDArray[np.float16],
    original: NDArray[np.float16],
    columns: Sequence[str],
    slots: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> None:
    """Let slots say nothing of an original that was cut: where it was the best, another is.

    Left in, every other candidate was behind a best that was not there, which no text shows.

    Args:
        evidence: changed in place.
        original: float16[k, columns], the rows that were cut.
        columns: their names.
        slots: int64[k] each, where the rows left of each of these slots begin and end.
    """
    begins, ends = slots
    sizes = ends - begins
    if not len(sizes):
        return
    rows = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    for gain, best, behind in _BEST_OF_SLOT:
        if gain not in columns:
            continue
        own = evidence[rows, columns.index(gain)].astype(np.float32)
        top = np.maximum.reduceat(own, np.cumsum(sizes) - sizes)
        if best is not None:
            told = evidence[begins, columns.index(best)].astype(np.float32)
            cut = original[:, columns.index(gain)].astype(np.float32)
            top = np.where(cut < told - _ROUNDED, told, np.minimum(top, told))
            evidence[rows, columns.index(best)] = np.repeat(top, sizes)
        if behind is not None:
            evidence[rows, columns.index(behind)] = np.maximum(np.repeat(top, sizes) - own, 0.0)


_ROUNDED = 0.02
"""Nats that sixteen bits may be off."""
