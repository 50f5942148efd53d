"""What the gate lets through to the second look."""

from __future__ import annotations

import numpy as np

from despin.score.judge import Verdicts
from despin.score.second_look import Gate

TRAINED = 0.05


def passed(gate: Gate, spun: list[float], candidates: list[list[float]]) -> list[list[int]]:
    """For each slot, which of its candidates go on."""
    slot = np.repeat(np.arange(len(spun)), [len(some) for some in candidates]).astype(np.int32)
    judged = Verdicts(np.array(spun, np.float32), np.concatenate(candidates).astype(np.float32))
    chosen = gate.chosen(judged, slot, TRAINED)
    return [np.flatnonzero(chosen[slot == index]).tolist() for index in range(len(spun))]


def test_the_same_doubt_counts_for_more_in_a_spun_article() -> None:
    gate, doubtful, candidates = Gate(share=1.0), [0.02] * 10, [[0.012, 0.001]] * 200
    clean = passed(gate, doubtful + [0.001] * 190, candidates)
    spun = passed(gate, doubtful + [0.9] * 60 + [0.001] * 130, candidates)
    assert clean[:10] == [[]] * 10
    assert spun[:10] == [[0]] * 10


def test_improbable_candidates_stay_behind() -> None:
    gate = Gate(least=0.01, share=1.0, candidates=3)
    (found, none) = passed(gate, [0.9, 0.9], [[0.001, 0.5, 0.06, 0.2, 0.1], []])
    assert found == [1, 3, 4]
    assert none == []
    (found,) = passed(Gate(least=0.01, share=1.0), [0.9], [[0.5, 0.001]])
    assert found == [0]


def test_a_share_of_the_slots_goes_on_at_most() -> None:
    found = passed(Gate(share=0.3), [0.5 + 0.04 * i for i in range(10)], [[0.5]] * 10)
    assert found == [[]] * 7 + [[0]] * 3
