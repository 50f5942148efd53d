"""Names of the evidence that a language model gives, and of the judges that know it."""

from __future__ import annotations

from dataclasses import dataclass

from despin.score.beside import BESIDE_COLUMNS
from despin.score.states import STATE_COLUMNS

LEFT_COLUMNS = (
    *BESIDE_COLUMNS,
    "left_gain",
    "left_written",
    "left_candidate",
    "pieces",
    "right_written",
    "right_written_next",
)
"""Evidence of the one pass."""

_SIDES = ("both_left_gain", "both_right_gain", "both_next_gain", "both_gain", "behind_best")

BOTH_COLUMNS = (*LEFT_COLUMNS, *_SIDES)
"""Evidence of both sides, for what passed the gate."""


@dataclass(frozen=True)
class Columns:
    """Names of the evidence, and of the judges that know it.

    Attributes:
        left: of the one pass.
        both: of both sides.
        gate: the judge of the one pass.
        calibrator: the judge of both sides.
    """

    left: tuple[str, ...]
    both: tuple[str, ...]
    gate: str
    calibrator: str


ANY_MODEL = Columns(LEFT_COLUMNS, BOTH_COLUMNS, "gate", "lm")
"""What every model gives."""
PROBED = Columns(
    (*LEFT_COLUMNS, *STATE_COLUMNS),
    (*LEFT_COLUMNS, *STATE_COLUMNS, *_SIDES),
    "probed-gate",
    "probed-lm",
)
"""What one gives whose states a `Probe` can read."""
