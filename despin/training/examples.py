"""What judges learn from: simulated slots with doubt about the encoder, beside really spun ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.score.beside import LARGE_ENCODER_COLUMNS
from despin.score.encoder import ENCODER_COLUMNS
from despin.score.judge import Judge
from despin.score.states import LEARNT_STATE
from despin.training.calibrate import AS_WRITTEN, Data, fit
from despin.training.corpus import CorpusError
from despin.training.descent import Recipe
from despin.training.evidence_file import joined, read

DOUBT = 0.5
"""Nats of noise on what the encoder says, and the probe that learnt from the simulator too, while
judges are fitted. They are surer of simulated swaps than of a real spinner's; without the noise the
judges would follow them blindly."""

REAL = 1.6
"""All really spun texts together count for so many times the simulated documents: they are few,
and worth more. With twice as much, judges of 104 such texts found as much in sources left out
(average precision .902, not .900), and less in simulated ones (.735, not .749)."""

SINGLE = 1 / 9
"""For no more of them than this each counts, where there are few."""

LENGTH = 0.5
"""Power of a really spun text's length by which its slots count for less: one of two hundred words
would be heard as much as six of thirty. With 0 the judges did worse in lightly spun texts of
sources left out (average precision .759, not .765)."""


@dataclass(frozen=True)
class Examples:
    """All that one judge learns from.

    Attributes:
        columns: names of the evidence.
        simulated: slots of simulated documents.
        real: those of really spun texts, if there are any.
        prior: share of swapped slots among all slots of the simulated documents.
    """

    columns: tuple[str, ...]
    simulated: Data
    real: Data | None
    prior: float

    def where(self, simulated: NDArray[np.bool_], real: NDArray[np.bool_] | None) -> Examples:
        """Some of the slots; no real ones where ``real`` is ``None`` or none of them is taken."""
        kept = None if self.real is None or real is None else pick(self.real, real)
        some = kept if kept is not None and len(kept.label) else None
        return replace(self, simulated=pick(self.simulated, simulated), real=some)


def judge_of(examples: Examples, recipe: Recipe) -> Judge:
    """The judge that learns from them."""
    noisy = doubted(examples.simulated, examples.columns, recipe.seed)
    data = noisy if examples.real is None else with_real(noisy, [examples.real])
    return fit(data, examples.columns, examples.prior, recipe)


def real_examples(paths: Sequence[Path], prior: float, name: str = "both") -> Data | None:
    """What was really spun, weighed as if a share ``prior`` of its slots were swapped.

    So the judges learn how swaps look, and not that documents are as heavily spun as those few.

    Raises:
        CorpusError: the texts hold no swap of a word that the lexicon knows.
    """
    if not paths:
        return None
    data, share = read(paths, name, lacking=0.0)
    if not share:
        raise CorpusError("the really spun texts hold no swap of a word that the lexicon knows")
    written = data.label == AS_WRITTEN
    odds = np.where(written, (1 - prior) / max(1 - share, 1e-9), prior / share)
    return replace(data, weight=(data.weight * odds).astype(np.float32))


def with_real(data: Data, real: Sequence[Data]) -> Data:
    """All together, their documents told apart; the real ones count for `REAL`."""
    parts, documents = [data], int(data.document.max()) + 1
    texts = sum(int(some.document.max()) + 1 for some in real)
    worth = np.float32(max(1.0, documents * min(REAL / texts, SINGLE)))
    for some in real:
        weight = _by_length(some) * worth
        parts.append(replace(some, document=some.document + documents, weight=weight, text=None))
        documents += int(some.document.max()) + 1
    return joined(parts)


def _by_length(data: Data) -> NDArray[np.float32]:
    """float32[n]: what each slot counts for, less in longer texts; the same for all together."""
    text = np.bincount(data.document, data.weight)
    factor = (text.mean() / np.maximum(text, 1e-9)) ** LENGTH
    weight = data.weight * factor[data.document]
    return np.asarray(weight * (text.sum() / weight.sum()), np.float32)


def doubted(data: Data, columns: tuple[str, ...], seed: int) -> Data:
    """Evidence with `DOUBT`: of encoders for each candidate, of all for each slot as a whole."""
    known = set(columns)
    encoders = [names for names in (ENCODER_COLUMNS, LARGE_ENCODER_COLUMNS) if known >= set(names)]
    if not encoders:
        return data
    rng = np.random.default_rng(seed)
    sizes = np.diff(data.first)
    evidence = data.evidence.astype(np.float32)
    for names in encoders:
        gain, spun, best, behind = (columns.index(name) for name in names)
        own = rng.normal(0.0, DOUBT, len(data.evidence))
        of_spun, of_best = (np.repeat(rng.normal(0.0, DOUBT, len(sizes)), sizes) for _ in range(2))
        evidence[:, gain] += own
        evidence[:, spun] += of_spun
        evidence[:, best] += of_best
        evidence[:, behind] = np.maximum(evidence[:, behind] + of_best - own, 0.0)
    if LEARNT_STATE in columns:
        evidence[:, columns.index(LEARNT_STATE)] += np.repeat(
            rng.normal(0.0, DOUBT, len(sizes)), sizes
        )
    return replace(data, evidence=evidence.astype(np.float16))


def pick(data: Data, slots: NDArray[np.bool_]) -> Data:
    """Some of the slots, with their rows."""
    return take(data, np.flatnonzero(slots))


def take(data: Data, chosen: NDArray[np.int_]) -> Data:
    """Slots by their numbers, with their rows; one may be taken more than once."""
    sizes = np.diff(data.first)[chosen]
    begins = np.cumsum(sizes) - sizes
    rows = np.repeat(data.first[chosen] - begins, sizes) + np.arange(int(sizes.sum()))
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Data(
        data.evidence[rows],
        first,
        data.label[chosen],
        data.weight[chosen],
        data.document[chosen],
        None if data.text is None else data.text[chosen],
    )
