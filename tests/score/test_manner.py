"""A document's manner: how its other likely swaps are, and the calibrator that knows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.score.calibrator import Calibrator
from despin.score.evidence import SOURCE_BITS
from despin.score.judge import Judge, JudgeError
from despin.score.manner import MANNER_COLUMNS, Manner, Traits, Usual
from despin.score.prior import REPEATED

COLUMNS = (
    "weight",
    *(f"source_{bit}" for bit in range(SOURCE_BITS)),
    "frequency_gap",
    "written_frequency",
    "function_word",
    "capitalised",
    "heading",
    "written_words",
    "candidate_words",
    "encoder_gain",
    "both_gain",
)
MOBY, WORDNET = COLUMNS.index("source_3"), COLUMNS.index("source_0")
SOURCE = MANNER_COLUMNS.index("manner_source")
TASTE = MANNER_COLUMNS.index("manner_frequency_gap")
GAP = COLUMNS.index("frequency_gap")


def evidence(rng: np.random.Generator, rows: int) -> np.ndarray:
    return rng.integers(0, 2, (rows, len(COLUMNS))).astype(np.float32)


def usual(rng: np.random.Generator) -> Usual:
    some = evidence(rng, 400)
    slot = np.arange(400, dtype=np.int32)
    return Usual.of(Manner.by_slot(Traits.of(some, COLUMNS), np.ones(400), slot, 400).total())


def fits(rows: np.ndarray, likely: np.ndarray, general: Usual) -> np.ndarray:
    """How each candidate, one a slot, fits the others."""
    slot = np.arange(len(rows), dtype=np.int32)
    traits = Traits.of(rows, COLUMNS)
    own = Manner.by_slot(traits, likely, slot, len(rows))
    return general.evidence(traits, own.total().without(own), slot)


def test_a_candidate_from_the_source_of_the_other_swaps_fits_better() -> None:
    rng = np.random.default_rng(0)
    rows = evidence(rng, 12)
    rows[:, MOBY], rows[:, WORDNET] = 1, 0
    rows[11] = rows[10]
    rows[11, MOBY], rows[11, WORDNET] = 0, 1
    likely = np.array([0.9] * 10 + [0.0, 0.0], np.float32)
    found = fits(rows, likely, usual(rng))
    assert found[10, SOURCE] > 0 > found[11, SOURCE]


def test_a_taste_for_rare_words_shows() -> None:
    rng = np.random.default_rng(0)
    rows = evidence(rng, 12)
    rows[:, GAP] = [3.0] * 11 + [-2.0]
    found = fits(rows, np.array([0.9] * 10 + [0.1] * 2, np.float32), usual(rng))
    assert found[10, TASTE] > 0 > found[11, TASTE]


def test_a_swap_says_nothing_of_itself() -> None:
    rng = np.random.default_rng(0)
    likely = np.array([0.95, 0.0, 0.0], np.float32)
    found = fits(evidence(rng, 3), likely, usual(rng))
    assert np.allclose(found[0], 0, atol=1e-6)
    assert np.abs(found[1:]).max() > 0.01


@given(st.integers(0, 99))
def test_documents_judged_together_are_judged_as_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, slot = evidence(rng, 12), np.repeat(np.arange(6), 2).astype(np.int32)
    likely = rng.uniform(size=12).astype(np.float32)
    document = np.array([0, 0, 0, 1, 1, 1], np.int32)
    together = Manner.by_slot(Traits.of(rows, COLUMNS), likely, slot, 6).gathered(document, 2)
    for number, part in enumerate((slice(0, 6), slice(6, 12))):
        traits = Traits.of(rows[part], COLUMNS)
        alone = Manner.by_slot(traits, likely[part], slot[:6], 3).total()
        assert np.isclose(together.swaps[number], alone.swaps)
        assert np.allclose(together.flags[number], alone.flags)
        assert np.allclose(together.measures[number], alone.measures)


def judge(columns: tuple[str, ...], seed: int) -> Judge:
    rng = np.random.default_rng(seed)
    size = len(columns)
    return Judge(
        columns,
        np.zeros(size, np.float32),
        np.ones(size, np.float32),
        rng.normal(size=(2, size + 1, 4)).astype(np.float32),
        rng.normal(size=(2, 5)).astype(np.float32),
        rng.normal(size=size + 1).astype(np.float32),
        0.05,
    )


def words(n: int) -> np.ndarray:
    """Each slot has a word of its own."""
    return np.arange(n, dtype=np.int32)


def calibrator() -> Calibrator:
    second = replace(judge((*COLUMNS, *MANNER_COLUMNS), 2), even=0.2)
    return Calibrator(judge(COLUMNS, 1), usual(np.random.default_rng(3)), second)


def test_a_calibrator_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "calibrator.npz"
    np.savez(path, **calibrator().arrays("lm"))
    loaded = Calibrator.load(path, "lm", COLUMNS)
    rows, slot = evidence(np.random.default_rng(5), 9), np.repeat(np.arange(3), 3).astype(np.int32)
    before, after = (some.judged(rows, slot, words(3)) for some in (calibrator(), loaded))
    assert np.array_equal(before.verdicts.spun, after.verdicts.spun)
    assert np.array_equal(before.score, after.score)
    assert (loaded.even, loaded.prior) == (0.2, pytest.approx(0.05))


def test_a_file_without_the_second_judge_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibrator.npz"
    np.savez(path, **judge(COLUMNS, 1).arrays("lm"))
    with pytest.raises(JudgeError, match=r"calibrator\.npz: holds no judge 'lm-in-manner'"):
        Calibrator.load(path, "lm", COLUMNS)


def test_one_that_knows_the_document_judges_all_of_it_as_before_and_parts_in_its_manner() -> None:
    rng = np.random.default_rng(7)
    rows, slot = evidence(rng, 12), np.repeat(np.arange(4), 3).astype(np.int32)
    plain = calibrator()
    knowing = plain.knowing(rows, slot, words(4))
    whole = plain.judged(rows, slot, words(4)).verdicts
    assert np.allclose(knowing.judged(rows, slot, words(4)).verdicts.spun, whole.spun, atol=1e-5)
    part = knowing.judged(rows[:3], slot[:3], words(1)).verdicts
    assert np.allclose(part.spun, whole.spun[:1], atol=1e-5)
    assert not np.allclose(
        plain.judged(rows[:3], slot[:3], words(1)).verdicts.spun, part.spun, atol=1e-5
    )


def test_nothing_to_judge_is_no_trouble() -> None:
    none, slot = np.zeros((0, len(COLUMNS)), np.float32), np.zeros(0, np.int32)
    found = calibrator().knowing(none, slot, slot).judged(none, slot, slot)
    assert len(found.verdicts.spun) == len(found.score) == 0


def test_a_word_found_again_and_again_says_little_of_the_manner_and_nothing_of_its_own() -> None:
    rng = np.random.default_rng(9)
    rows, slot = evidence(rng, 80), words(80)
    one_term, all_others = np.zeros(80, np.int32), words(80)
    plain = calibrator()
    alone = [plain.judged(rows[[at]], slot[:1], words(1)).verdicts.spun[0] for at in range(80)]
    together = plain.judged(rows, slot, one_term).verdicts.spun
    assert np.allclose(together, alone, atol=1e-5)
    assert not np.allclose(plain.judged(rows, slot, all_others).verdicts.spun, alone, atol=1e-2)
    term, many = (plain.knowing(rows, slot, word).manner for word in (one_term, all_others))
    assert term is not None
    assert many is not None
    assert term.swaps <= REPEATED < many.swaps
