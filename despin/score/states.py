"""What the language model has made of words by half of its depth tells spun ones from others.

A model's inner states hold more than its next guess: which sense a word has taken on here, how odd
it stands among its neighbours. A *probe*, a small network beside the model, reads them where the
words end (Alain and Bengio 2016, Understanding intermediate layers using linear classifier probes,
arXiv:1610.01644). It has learnt from articles spun by hand (`despin.training.probe`), and the
states are there anyway, once the text is read. A probe fits one model only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from despin.score.judge import QUIET, IntArray, judges_in

if TYPE_CHECKING:
    from despin.score.engine import State
    from despin.score.model_files import ModelFiles

FloatArray = NDArray[np.float32]

FILE = "probe.npz"
LEARNT_STATE = "state_spun"
STATE_COLUMNS = ("state_by_hand", LEARNT_STATE)
"""Log-odds, from the model's states alone, that the words were substituted: of who has seen texts
that were spun by hand, and of who has seen simulated and clean ones as well."""
_EPSILON = 1e-5
_NAME = "probe"


def slot_states(state: State, first: IntArray, behind: IntArray) -> FloatArray:
    """The model's states of some words.

    Args:
        state: the text that was read.
        first: int[n], the row of ``state`` of each slot's first piece.
        behind: int[n], the row after that of its last.

    Returns:
        float32[n, depths + 1, width]: the mean of the states of the first and the last piece at
        each of the depths `graph.INNER`, and at the end; of mean 0 and variance 1 at each depth.
    """
    width = state.hidden.shape[1]
    both = [
        (of[first].astype(np.float32) + of[behind - 1]).reshape(
            len(first), of.shape[1] // width, width
        )
        for of in (state.inner, state.hidden)
    ]
    found = np.concatenate(both, axis=1) / 2
    found -= found.mean(axis=-1, keepdims=True)
    found /= np.sqrt((found**2).mean(axis=-1, keepdims=True) + _EPSILON)
    return np.asarray(found, np.float32)


@dataclass(frozen=True)
class Probe:
    """Networks of one hidden layer; for each of C columns E of them, whose answers are averaged.

    Attributes:
        model: SHA-256 of the GGUF file whose states it reads.
        hidden: float16[C, E, F + 1, H], F numbers of a slot's states; the last row is the bias.
        out: float32[C, E, H + 1]; the last entry is the bias.
    """

    model: str
    hidden: NDArray[np.float16]
    out: FloatArray

    @staticmethod
    def load(path: Path) -> Probe:
        """The probe of a file.

        Raises:
            JudgeError: there is none, or it cannot be read.
        """
        with judges_in(path, _NAME) as data:
            return Probe(str(data["model"]), data["hidden"], data["out"])

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The parts as `load` wants them in a file."""
        return {"model": np.array(self.model), "hidden": self.hidden, "out": self.out}

    def fits(self, files: ModelFiles) -> bool:
        """Whether it has learnt to read this model's states."""
        return files.sha256 == self.model

    @QUIET
    def evidence(self, states: FloatArray) -> FloatArray:
        """float32[n, len(STATE_COLUMNS)]: of n slots, of their `slot_states`."""
        x = states.reshape(len(states), states.shape[1] * states.shape[2])
        found = np.zeros((len(x), len(self.hidden)), np.float32)
        members = self.hidden.shape[1]
        for column, member in np.ndindex(self.hidden.shape[:2]):
            hidden, out = self.hidden[column, member].astype(np.float32), self.out[column, member]
            inner = np.maximum(x @ hidden[:-1] + hidden[-1], 0.0)
            found[:, column] += (inner @ out[:-1] + out[-1]) / np.float32(members)
        return found
