"""The default scorer: SmolLM2, or another of llama or its kin, says which wording reads better.

Three stages, cheap to dear. One pass over the document gives left evidence for every candidate;
the *gate* (a `Judge`) sends the doubtful slots on, with their best candidates; for those the model
reads both sides, and the *calibrator* (two more in a row) turns all evidence into probabilities.
The document's own share of substituted words moves them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from despin.document import Document
from despin.prior import Prior
from despin.propose.slots import Slots
from despin.score import Scores
from despin.score.beside import BESIDE_COLUMNS, BesideReader
from despin.score.columns import ANY_MODEL, LEFT_COLUMNS, PROBED, Columns
from despin.score.encoder import Encoder
from despin.score.engine import Engine
from despin.score.form_facts import FormPieces
from despin.score.judge import FloatArray, Judge, Judging, Verdicts, softmax_by_slot
from despin.score.near import NearReader
from despin.score.places import places
from despin.score.reading import Left, Window, WindowReader, compare, windows
from despin.score.repaired import judged_again
from despin.score.second_look import Gate, Looked, settled
from despin.score.states import Probe, slot_states
from despin.span import Span

PIECE_PENALTY = 3.0
"""Nats that each further piece of a candidate costs before it is looked at."""
IMPOSSIBLE = -30.0
"""Log-probability written down for a slot that the pieces do not fit."""


@dataclass(frozen=True)
class Evidence(Looked):
    """`Looked`; ``both``, which comes last, has the columns `Columns.both`.

    Attributes:
        left: float32[m, LEFT], evidence of the context and of the one pass.
        gate: what the gate says.
        columns: names of both.
    """

    left: FloatArray
    gate: Verdicts
    columns: Columns

    @staticmethod
    def of(slots: Slots, beside: FloatArray, columns: Columns) -> Evidence:
        """Nothing seen yet but `BESIDE_COLUMNS`; slots the pieces do not fit stay so."""
        slot = slots.slot_of
        left = np.zeros((len(slot), len(columns.left)), np.float32)
        left[:, : beside.shape[1]] = beside
        left[:, LEFT_COLUMNS.index("left_written")] = IMPOSSIBLE
        return Evidence(
            slot=slot,
            chosen=np.zeros(len(slot), np.bool_),
            both=np.zeros((0, len(columns.both)), np.float32),
            word=slots.written,
            quoted=slots.quoted,
            function_word=slots.function_word,
            left=left,
            gate=Verdicts(np.zeros(len(slots), np.float32), np.zeros(len(slot), np.float32)),
            columns=columns,
        )


Observer = Callable[[Slots, Evidence], None]
"""Sees the evidence of each document, for measuring; training asks `LanguageModelScorer.look`."""


@dataclass(frozen=True)
class Judges:
    """The judges and how much the gate lets through."""

    gate: Judge
    calibrator: Judging
    width: Gate = field(default_factory=Gate)


@dataclass(frozen=True)
class Readers:
    """What gives evidence."""

    engine: Engine
    near: NearReader
    large: Encoder
    probe: Probe | None = None

    @property
    def columns(self) -> Columns:
        """What they give."""
        return PROBED if self.probe else ANY_MODEL


class LanguageModelScorer:
    """Scores with a causal language model, collocations and the lexicon."""

    name = "lm"
    notes: tuple[str, ...] = ()

    def __init__(
        self,
        readers: Readers,
        judges: Judges,
        *,
        model: str,
        observer: Observer | None = None,
    ) -> None:
        self.engine = readers.engine
        self.model = model
        self.columns = readers.columns
        self._beside, self._probe = BesideReader(readers.near, readers.large), readers.probe
        self._judges = judges
        self._observer = observer
        self._facts: tuple[object, FormPieces] | None = None

    def score(
        self,
        document: Document,
        slots: Slots,
        prior: Prior | None = None,
        near: FloatArray | None = None,
    ) -> Scores:
        """Judge the slots of one document; see `despin.score.NearScorer`."""
        if not len(slots):
            return Scores.empty(prior or Prior.same(self._judges.calibrator.prior))
        evidence = self.look(document, slots, prior, near)
        if self._observer is not None:
            self._observer(slots, evidence)

        judge = self._judges.calibrator.knowing(*evidence.seen)

        def score(repaired: Document, places: Slots, prior: Prior) -> Scores:
            seen = self._beside.again(repaired, places, slots, evidence.left)
            some = self._read(repaired, places, seen, prior)
            return settled(judge, some.gate, some, repaired.word_count, prior)

        return judged_again(score, document, slots, self._judge(document, evidence, prior))

    def look(
        self,
        document: Document,
        slots: Slots,
        prior: Prior | None = None,
        near: FloatArray | None = None,
    ) -> Evidence:
        """All evidence of the slots of one document, at least one; nothing is judged."""
        return self._read(document, slots, self._beside.evidence(document, slots, near), prior)

    def _judge(self, document: Document, evidence: Evidence, prior: Prior | None) -> Scores:
        """Probabilities from all evidence, at the document's own prior or the one given."""
        calibrator = self._judges.calibrator
        return settled(calibrator, evidence.gate, evidence, document.word_count, prior)

    def compare(self, document: Document, span: Span, wordings: Sequence[str]) -> list[float]:
        """How much better each wording reads at ``span`` than what is written, in nats."""
        return [float(gain) for gain in compare(self.engine, document.text, span, wordings)]

    def _forms(self, slots: Slots) -> FormPieces:
        """Facts of forms, kept as long as the documents come with the same lexicon."""
        if self._facts is None or self._facts[0] is not slots.forms:
            self._facts = (slots.forms, FormPieces(slots.forms, self.engine.pieces))
        return self._facts[1]

    def _read(
        self, document: Document, slots: Slots, seen: FloatArray, prior: Prior | None
    ) -> Evidence:
        """All evidence, window by window; with a ``prior`` the slots are some of all."""
        evidence, both = Evidence.of(slots, seen, self.columns), []
        del seen  # copied; as much as a window's state, before the first window is read
        encoded = self.engine.pieces.encode(document.text)
        where = places(encoded, slots, document.text)
        reader = WindowReader(self.engine, encoded, slots, where, self._forms(slots), document.text)
        beside = len(BESIDE_COLUMNS)
        for window in windows(self.engine, encoded, where):
            rows = np.flatnonzero(np.isin(evidence.slot, window.slots)).astype(np.int32)
            owner = np.searchsorted(window.slots, evidence.slot[rows]).astype(np.int32)
            left = reader.left(window, rows, owner)
            evidence.left[rows, beside : len(LEFT_COLUMNS)] = _left_columns(left, owner)
            if self._probe is not None:
                states = slot_states(window.state, *window.rows(where))
                evidence.left[rows, len(LEFT_COLUMNS) :] = self._probe.evidence(states)[owner]
            self.engine.rest()  # of a hundred first pieces a slot, few are met again
            passed = rows[self._pass_gate(evidence, window, rows, owner, prior)]
            if len(passed):
                both.append(_both_sides(reader, window, left, evidence, passed))
            del window  # 45 KB a piece, before the next window takes as much
        return replace(evidence, both=np.concatenate([evidence.both, *both]))

    def _pass_gate(
        self,
        evidence: Evidence,
        window: Window,
        rows: NDArray[np.int32],
        owner: NDArray[np.int32],
        prior: Prior | None,
    ) -> NDArray[np.bool_]:
        """Note what the gate says of a window's ``rows``; which of them pass."""
        gate = self._judges.gate
        score, other = gate.scores(evidence.left[rows])
        judged = softmax_by_slot(score, other, owner, len(window.slots))
        evidence.gate.spun[window.slots] = judged.spun
        evidence.gate.candidate[rows] = judged.candidate
        passed = self._judges.width.chosen(judged, owner, gate.prior, prior)
        evidence.chosen[rows] = passed
        return passed


def _both_sides(
    reader: WindowReader,
    window: Window,
    left: Left,
    evidence: Evidence,
    passed: NDArray[np.int32],
) -> FloatArray:
    """float32[rows, BOTH]: all evidence of the rows that passed the gate."""
    slot = evidence.slot[passed]
    wording, close, following = reader.both(window, passed, slot)
    owner = np.searchsorted(window.slots, slot)
    gains = (
        wording - left.written[owner],
        close - left.close[owner],
        following - left.next[owner],
    )
    both = gains[0] + gains[1]
    return np.column_stack([evidence.left[passed], *gains, both, _behind_best(both, slot)])


def _left_columns(found: Left, owner: NDArray[np.int32]) -> FloatArray:
    """float32[rows, 6]: what `LEFT_COLUMNS` adds to the context's columns."""
    candidate = found.candidate - PIECE_PENALTY * (found.pieces - 1)
    written = found.written[owner]
    return np.stack(
        [
            candidate - written,
            written,
            candidate,
            found.pieces,
            found.after[owner],
            found.next[owner],
        ],
        axis=1,
    )


def _behind_best(gain: FloatArray, slot: NDArray[np.int32]) -> FloatArray:
    """How far each candidate is behind the best of its slot, in nats; 0 for the best."""
    best = np.full(int(slot.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, slot, gain)
    behind: FloatArray = best[slot] - gain
    return behind
