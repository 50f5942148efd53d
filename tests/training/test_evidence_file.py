"""Evidence files: originals that are cut leave no trace in what is said of their slot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from despin.score.columns import ANY_MODEL, PROBED
from despin.training.calibrate import OTHER_COLUMNS, SOMETHING_ELSE
from despin.training.evidence_file import Batch, read, write
from despin.training.simulate import Example

COLUMNS = ("encoder_gain", "encoder_best", "encoder_behind", "both_gain", "behind_best")
SLOT = [
    # gain, best of the slot (a candidate that did not pass has 2.0), behind, both sides, behind
    [5.0, 5.0, 0.0, 4.0, 0.0],
    [1.0, 5.0, 4.0, -1.0, 5.0],
    [-2.0, 5.0, 7.0, 1.0, 3.0],
]


def written(folder: Path, label: int) -> Path:
    example = Example(np.array(SLOT, np.float16), label, 1.0)
    path = folder / f"{label}.npz"
    write(Batch([], [[example]], 1, 1), path)
    return path


def test_where_the_original_was_the_best_another_is(tmp_path: Path) -> None:
    data, _ = read([written(tmp_path, 0)], "both", layouts=(COLUMNS,), lacking=1.0)
    assert data.label.tolist() == [SOMETHING_ELSE]
    assert data.evidence.tolist() == [[1, 1, 0, -1, 2], [-2, 1, 3, 1, 0]]


def test_where_it_was_not_the_best_stays(tmp_path: Path) -> None:
    data, _ = read([written(tmp_path, 1)], "both", layouts=(COLUMNS,), lacking=1.0)
    assert data.evidence.tolist() == [[5, 5, 0, 4, 0], [-2, 5, 7, 1, 3]]


def test_evidence_of_another_layout_is_left_as_it_is(tmp_path: Path) -> None:
    data, _ = read([written(tmp_path, 0)], "both", layouts=(COLUMNS[1:],), lacking=1.0)
    assert data.evidence.tolist() == SLOT[1:]


@pytest.mark.parametrize("layout", [ANY_MODEL.left, PROBED.left])
def test_something_else_may_see_all_that_is_said_of_a_slot_as_a_whole(
    layout: tuple[str, ...],
) -> None:
    of_slot = {name for name in layout if name.endswith(("_spun", "_best", "_spun_elsewhere"))}
    assert of_slot
    assert of_slot <= set(OTHER_COLUMNS)
