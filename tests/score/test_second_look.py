"""What the gate lets through to the second look."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from despin.prior import Prior
from despin.score.judge import Judge, Verdicts
from despin.score.second_look import Gate, Looked, settled

TRAINED = 0.05


def passed(gate: Gate, spun: list[float], candidates: list[list[float]]) -> list[list[int]]:
    """For each slot, which of its candidates go on."""
    slot = np.repeat(np.arange(len(spun)), [len(some) for some in candidates]).astype(np.int32)
    judged = Verdicts(np.array(spun, np.float32), np.concatenate(candidates).astype(np.float32))
    chosen = gate.chosen(judged, slot, TRAINED)
    return [np.flatnonzero(chosen[slot == index]).tolist() for index in range(len(spun))]


def test_the_same_doubt_counts_for_more_in_a_spun_article() -> None:
    gate = Gate(least=0.007, share=1.0)
    doubtful, candidates = [0.02] * 10, [[0.012, 0.001]] * 200
    clean = passed(gate, doubtful + [0.001] * 190, candidates)
    spun = passed(gate, doubtful + [0.9] * 60 + [0.001] * 130, candidates)
    assert clean[:10] == [[]] * 10
    assert spun[:10] == [[0]] * 10


def test_improbable_candidates_stay_behind() -> None:
    gate = Gate(least=0.01, beside=0.0, share=1.0, candidates=3)
    (found, none) = passed(gate, [0.9, 0.9], [[0.001, 0.5, 0.06, 0.2, 0.1], []])
    assert found == [1, 3, 4]
    assert none == []
    (found,) = passed(Gate(least=0.01, beside=0.0, share=1.0), [0.9], [[0.5, 0.001]])
    assert found == [0]


def test_candidates_far_behind_the_best_of_their_slot_stay_behind() -> None:
    gate = Gate(least=0.0, beside=0.2, share=1.0)
    assert passed(gate, [0.9, 0.3], [[0.6, 0.11, 0.13], [0.03, 0.01, 0.004]]) == [[0, 2], [0, 1]]


def test_a_share_of_the_slots_goes_on_at_most() -> None:
    found = passed(Gate(share=0.3), [0.5 + 0.04 * i for i in range(10)], [[0.5]] * 10)
    assert found == [[]] * 7 + [[0]] * 3


def judge(columns: int) -> Judge:
    """Scores a row by its first column; "something else" is even with "as written"."""
    hidden = np.zeros((1, columns + 1, 1), np.float32)
    hidden[0, 0, 0] = 1.0
    ones, zeros = np.ones(columns, np.float32), np.zeros(columns, np.float32)
    out, other = np.array([[1.0, 0.0]], np.float32), np.zeros(columns + 1, np.float32)
    return Judge(("gain",), zeros, ones, hidden, out, other, TRAINED)


@given(st.lists(st.booleans(), min_size=6, max_size=6), st.integers(0, 99))
def test_candidates_left_behind_share_what_is_something_else(went: list[bool], seed: int) -> None:
    rng = np.random.default_rng(seed)
    slot = np.array([0, 0, 0, 1, 1, 1], np.int32)
    parts = rng.dirichlet(np.ones(5), 2).astype(np.float32)  # as written, something else, three
    first = Verdicts(1 - parts[:, 0], parts[:, 2:].ravel())
    chosen = np.array(went)
    rows = rng.normal(1, 1, (int(chosen.sum()), 1)).astype(np.float32)
    quoted = np.array([False, True])
    looked = Looked(slot, chosen, rows, np.arange(2, dtype=np.int32), quoted, ~quoted)
    found = settled(judge(1), first, looked, 9, Prior.same(TRAINED))
    sums = np.bincount(slot, found.candidate, minlength=2)
    assert (sums <= found.spun + 1e-5).all()
    for index in (0, 1):
        own = slot == index
        behind = own & ~chosen
        assert np.isnan(found.odds[own]).all() == (not chosen[own].any())
        if chosen[own].any() and behind.sum() > 1:
            share = found.candidate[behind] / first.candidate[behind]
            assert np.allclose(share, share[0], rtol=1e-3)
