"""The language model at work: reads a text once, then answers what would be likely where.

Runs a converted model (`despin.score.model_store`) of llama or its kin in ONNX Runtime.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from despin.score.engine_branches import Batch, batches, causal_mask
from despin.score.engine_session import as_values, let_go, map_tables, open_session, trim
from despin.score.model_files import ModelError, lacks
from despin.score.pieces import IntArray, Pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from despin.score.model_files import ModelFiles, Precision

FloatArray = NDArray[np.float32]

LONGEST = 2048
"""Most pieces `Engine.read` takes; longer texts are read in windows by the caller."""


@dataclass(frozen=True, slots=True)
class State:
    """What the model knows after reading n pieces."""

    ids: IntArray
    """The pieces read, int32 [n]."""
    hidden: FloatArray
    """float32 [n, width]: row i has seen pieces 0 to i and predicts piece i + 1."""
    past: FloatArray
    """Keys and values, float32 [n, layers, 2, kv_heads, head_width]; about 45 KB a piece."""
    inner: NDArray[np.float16]
    """float16 [n, depths * width]: what the model has made of each piece by the depths
    `graph.INNER`."""
    log_sums: FloatArray
    """float32 [n]: what each row's scores are normalised by; NaN until it is asked for."""


class Engine:
    """A loaded model; the same calls give the same numbers.

    Attributes:
        pieces: its tokenizer.
        first: the piece to put before every text, so that its first word has something before it.
        context: longest text the model was made for, in pieces.
    """

    def __init__(
        self,
        files: ModelFiles,
        precision: Precision = "fp32",
        threads: int | None = None,
        chunk: int = 256,
    ) -> None:
        """Loads the model.

        Args:
            files: where it lies, from `model_store.installed`.
            precision: which of the installed variants to run.
            threads: ONNX Runtime's threads; as many as there are processors unless given.
            chunk: most new pieces in one call of the graph; bounds memory.

        Raises:
            ModelError: the files cannot be loaded, or what loads them is not installed.
        """
        self._chunk = chunk
        try:
            settings = json.loads(files.settings.read_text(encoding="utf-8"))
            self.first: int = settings["first_piece"]
            self.context: int = settings["shape"]["context"]
            self.pieces = Pieces.load(files.pieces)
            self._per_piece: tuple[int, ...] = tuple(settings["past"])
            self._tables = map_tables(files.folder, settings["tables"])
            last = list(self._tables)[-1]
            self._output = self._tables[last]
            self._values = as_values(self._tables)  # for as long as the sessions
            decoder, head = files.decoder(precision), files.head(precision)
            shared = {"embedding": self._values["embedding"]}
            self._decoder = open_session(decoder, threads, shared)
            used = {} if precision == "int8" else {last: self._values[last]}
            self._head = open_session(head, threads, used, packed=precision == "int8")
        except ModuleNotFoundError as error:
            raise lacks(error) from error
        except Exception as error:  # ONNX Runtime raises classes of its own for each failure
            raise ModelError(f"the language model cannot be loaded ({error})") from error

    def read(self, ids: IntArray) -> State:
        """Reads pieces from left to right, once.

        Args:
            ids: int32 [n], 1 ≤ n ≤ `LONGEST`; by custom the first of them is `first`.

        Raises:
            ValueError: no pieces, or too many.
        """
        if not 0 < len(ids) <= LONGEST:
            raise ValueError(f"read takes 1 to {LONGEST} pieces, not {len(ids)}")
        hidden: list[FloatArray] = []
        inner: list[NDArray[np.float16]] = []
        past = np.empty((len(ids), *self._per_piece), dtype=np.float32)
        for start in range(0, len(ids), self._chunk):
            part = ids[start : start + self._chunk]
            end = start + len(part)
            mask = causal_mask(start, len(part))
            out, past[start:end], deep = self._decode(
                part, np.arange(start, end), past[:start], mask, ("hidden", "present", "inner")
            )
            hidden.append(out[0])
            inner.append(np.clip(deep[0], -_MOST, _MOST).astype(np.float16))
        log_sums = np.full(len(ids), np.nan, dtype=np.float32)
        pieces = np.asarray(ids, dtype=np.int32)
        return State(pieces, np.concatenate(hidden), past, np.concatenate(inner), log_sums)

    def rest(self) -> None:
        """Gives back memory: of the pieces that were asked about, and what lies free otherwise.

        It changes no answer.
        """
        for table in self._tables.values():
            let_go(table)
        trim()

    def next_log_probs(self, state: State, seen: IntArray, pieces: IntArray) -> FloatArray:
        """Log P(pieces[i] | the first seen[i] pieces of the text), float32 [n], natural log.

        Args:
            state: the text.
            seen: int [n], each from 1 to the text's length. Any order; each distinct row is
                normalised once, however many pieces are asked of it.
            pieces: int [n], numbers of the pieces asked.
        """
        rows = np.asarray(seen) - 1
        return self._log_probs(state.hidden, state.log_sums, rows, np.asarray(pieces))

    def branches(
        self, state: State, seen: Sequence[int], continuations: Sequence[IntArray]
    ) -> list[FloatArray]:
        """How likely each continuation is, after a prefix of the text and nothing else.

        Branches lie one after another in the same call, as in speculative decoding with a token
        tree: all share the text's keys and values, and a mask hides them from each other.

        Args:
            state: the text.
            seen: for each branch, how many pieces of the text stand before it (1 to its length).
            continuations: for each branch, int [m] pieces, m ≥ 1.

        Returns:
            For each branch float32 [m]: log P(piece j | text[:seen] and pieces 0 to j - 1).
        """
        result = [np.zeros(len(branch), dtype=np.float32) for branch in continuations]
        opening = self.next_log_probs(
            state,
            np.asarray(seen, dtype=np.int32),
            np.asarray([branch[0] for branch in continuations], dtype=np.int32),
        )
        for log_probs, first in zip(result, opening, strict=True):
            log_probs[0] = first
        for batch in batches(seen, continuations, self._chunk):
            for branch, rest in zip(batch.branches, self._run(state, batch), strict=True):
                result[branch][1:] = rest
        return result

    def _run(self, state: State, batch: Batch) -> list[FloatArray]:
        """Log P of all but the first piece of each branch of a batch."""
        past = batch.seen_of(state.past)
        found = self._decode(batch.fed, batch.positions, past, batch.mask(), ("hidden",))
        hidden = found[0][0]
        fed = np.arange(len(batch.fed))
        log_sums = np.full(len(fed), np.nan, dtype=np.float32)
        log_probs = self._log_probs(hidden, log_sums, fed, batch.targets)
        return np.split(log_probs, batch.ends[:-1])

    def _decode(
        self,
        ids: IntArray,
        positions: NDArray[Any],
        past: FloatArray,
        mask: FloatArray,
        wanted: Sequence[str],
    ) -> list[FloatArray]:
        """One call of the decoder: those outputs of `graph.build_decoder` that are wanted."""
        feed = {
            "pieces": np.asarray(ids, dtype=np.int64)[None],
            "positions": np.asarray(positions, dtype=np.int64)[None],
            "past": past,
            "mask": mask,
        }
        out: list[FloatArray] = self._decoder.run(list(wanted), feed)
        return out

    def _log_probs(
        self,
        hidden: FloatArray,
        log_sums: FloatArray,
        rows: NDArray[Any],
        asked: NDArray[Any],
    ) -> FloatArray:
        """Log P of (row, piece) pairs: an exact score, less the row's sum over all pieces.

        Sums that are missing in ``log_sums`` are filled in, a few rows at a time: a row of scores
        is 200 KB.
        """
        missing = np.unique(rows[np.isnan(log_sums[rows])])
        for start in range(0, len(missing), _HEAD_ROWS):
            some = missing[start : start + _HEAD_ROWS]
            log_sums[some] = self._head.run(None, {"hidden": hidden[some]})[0][0]
        scores = np.empty(len(asked), dtype=np.float32)
        order = np.argsort(asked, kind="stable")  # so that each row of the table is met once
        for start in range(0, len(asked), _PAIRS):
            part = order[start : start + _PAIRS]
            scores[part] = np.einsum("ij,ij->i", hidden[rows[part]], self._output[asked[part]])
            if len(asked) > _FEW:
                let_go(self._output)
        return np.asarray(scores - log_sums[rows], dtype=np.float32)


_MOST = np.float32(6e4)
"""About the largest number of 16 bits; a model's first piece may have larger ones within."""
_HEAD_ROWS = 64
_PAIRS = 4096
"""Scores computed together; their two vectors are 4.6 KB."""
_FEW = 256
"""Pairs after which the rows of the table that were met are kept: branches ask for so many, again
and again. The system maps sixteen pages for each that is met."""
