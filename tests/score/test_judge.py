"""The judge: probabilities, priors and the file it is kept in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from despin.prior import Prior
from despin.score import judge as judge_module
from despin.score.judge import EVEN, Judge, JudgeError, softmax_by_slot
from despin.score.prior import HOLD, by_slot, document_prior, share_of_swapped, shifted


def judge(columns: tuple[str, ...] = ("a", "b")) -> Judge:
    rng = np.random.default_rng(1)
    size = len(columns)
    return Judge(
        columns,
        np.zeros(size, np.float32),
        np.ones(size, np.float32),
        rng.normal(size=(3, size + 1, 4)).astype(np.float32),
        rng.normal(size=(3, 5)).astype(np.float32),
        rng.normal(size=size + 1).astype(np.float32),
        0.05,
    )


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.integers(0, 99))
def test_probabilities_of_a_slot_sum_to_its_spun_share(sizes: list[int], seed: int) -> None:
    slot = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 20, len(slot)).astype(np.float32)
    none = np.full(len(slot), -60.0, np.float32)
    found = softmax_by_slot(scores, none, slot, len(sizes))
    total = np.bincount(slot, found.candidate, minlength=len(sizes))
    assert np.allclose(total, found.spun, atol=1e-5)
    assert (found.spun[np.array(sizes) == 0] == 0).all()


def test_something_else_makes_a_slot_spun_without_a_candidate() -> None:
    slot = np.zeros(2, np.int32)
    low = np.full(2, -9.0, np.float32)
    found = softmax_by_slot(low, np.full(2, 3.0, np.float32), slot, 1)
    assert found.spun[0] > 0.9
    assert found.candidate.max() < 0.01


def own_prior(
    spun: NDArray[np.float32],
    trained: float,
    even: float,
    word: NDArray[np.int32] | None = None,
) -> float:
    """That of a document's own words."""
    return document_prior(spun, trained, even, word).text


@given(st.floats(0.001, 0.999), st.floats(0.01, 0.5), st.floats(0.01, 0.5))
def test_moving_the_prior_there_and_back_changes_nothing(p: float, one: float, two: float) -> None:
    spun = np.array([p], np.float32)
    assert np.allclose(shifted(shifted(spun, one, two), two, one), spun, atol=1e-3)


def test_a_document_of_suspicious_words_raises_its_prior_and_a_clean_one_lowers_it() -> None:
    rng = np.random.default_rng(0)
    clean = rng.beta(1, 60, 400).astype(np.float32)
    spun = np.concatenate([clean[:300], rng.beta(6, 2, 100).astype(np.float32)])
    assert own_prior(clean, 0.05, EVEN) < 0.02
    assert own_prior(spun, 0.05, EVEN) > 0.1


def test_one_strange_word_does_not_turn_a_short_text_bold() -> None:
    spun = np.array([0.95] + [0.01] * 9, np.float32)
    assert own_prior(spun, 0.05, EVEN) < 0.1


def test_a_sentence_too_short_to_judge_by_is_held_for_what_texts_are_expected_to_be() -> None:
    plain = np.full(8, 0.003, np.float32)
    short, long = (
        own_prior(plain, 0.05, EVEN),
        own_prior(np.repeat(plain, 50), 0.05, EVEN),
    )
    assert short > 3 * long
    telling = np.array([0.9, *plain[1:]], np.float32)
    assert shifted(telling, 0.05, own_prior(telling, 0.05, EVEN))[0] > 0.5


@given(st.floats(0.02, 0.2), st.integers(0, 99))
def test_a_document_is_judged_more_carefully_than_its_share_says(share: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    swapped = rng.random(600) < share
    spun = np.where(swapped, rng.beta(4, 2, 600), rng.beta(1, 60, 600)).astype(np.float32)
    estimate = share_of_swapped(spun, 0.05, HOLD)
    prior = own_prior(spun, 0.05, EVEN)
    assert prior < estimate
    assert (prior < 0.05) == (estimate < EVEN)


def test_a_term_that_looks_odd_all_through_makes_no_article_look_spun() -> None:
    spun = np.array([0.9] * 30 + [0.001] * 570, np.float32)
    term = np.array([7] * 30 + list(range(10, 580)), np.int32)
    different = np.arange(600, dtype=np.int32)
    repeated, many = (share_of_swapped(spun, 0.05, HOLD, word) for word in (term, different))
    assert repeated < 0.01 < 0.03 < many
    assert many == share_of_swapped(spun, 0.05, HOLD)
    assert own_prior(spun, 0.05, EVEN, term) < own_prior(spun, 0.05, EVEN, different) / 3


def half_quoted(own: float, quoted: float) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Slots of which so many look swapped, outside and inside quotation marks."""
    rng = np.random.default_rng(5)
    inside = np.arange(400) % 2 == 0
    swapped = rng.random(400) < np.where(inside, quoted, own)
    return np.where(swapped, 0.9, 0.01).astype(np.float32), inside


def test_function_words_follow_a_much_spun_document_half_as_far() -> None:
    """And a clean one all the way."""
    quoted = np.array([False, False, True, True])
    function_word = np.array([False, True, False, True])
    odds = logit(by_slot(Prior(0.3, 0.01), 0.04, quoted, function_word))
    usual = logit(np.array([0.04]))
    assert np.allclose(odds[[0, 2]], logit(np.array([0.3, 0.01])))
    assert np.isclose(odds[1] - usual, (odds[0] - usual) / 2)
    assert np.isclose(odds[3], odds[2])


def logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log(p / (1 - p)))


def test_quotations_that_a_spinner_spared_are_judged_more_carefully() -> None:
    spun, inside = half_quoted(0.3, 0.02)
    prior = document_prior(spun, 0.05, EVEN, None, inside)
    assert prior.text == own_prior(spun, 0.05, EVEN)
    assert prior.quoted < prior.text / 5
    own = by_slot(prior, 0.05, inside, np.zeros(len(inside), np.bool_))
    moved = shifted(spun, 0.05, own)
    assert moved[inside & (spun > 0.5)].max() < 0.5 < moved[~inside & (spun > 0.5)].min()


@given(st.floats(0.0, 0.4), st.floats(0.0, 0.4))
def test_no_quotation_is_judged_more_boldly_than_the_text_around_it(
    own: float, quoted: float
) -> None:
    spun, inside = half_quoted(own, quoted)
    prior = document_prior(spun, 0.05, EVEN, None, inside)
    assert prior.quoted <= prior.text
    if quoted >= own:
        assert prior.quoted == pytest.approx(prior.text, rel=0.3)


def test_a_short_quotation_without_a_swap_says_little() -> None:
    spun, _ = half_quoted(0.3, 0.3)
    few = np.arange(400) < 3
    spun[few] = 0.01
    prior = document_prior(spun, 0.05, EVEN, None, few)
    assert prior.quoted > prior.text / 3


def test_without_quotations_there_is_one_prior() -> None:
    spun, inside = half_quoted(0.2, 0.2)
    prior = document_prior(spun, 0.05, EVEN, None, np.zeros_like(inside))
    assert prior == Prior.same(own_prior(spun, 0.05, EVEN))


def test_no_estimate_leaves_its_bounds() -> None:
    for share in (0.0, 1.0):
        spun = np.full(500, share, np.float32)
        estimate = share_of_swapped(spun, 0.05, HOLD)
        assert 0.002 <= estimate <= 0.3


def test_a_judge_survives_its_file_and_refuses_other_evidence(tmp_path: Path) -> None:
    path = tmp_path / "judges.npz"
    np.savez(path, **judge().arrays("lm"))
    rows = np.random.default_rng(2).normal(size=(5, 2)).astype(np.float32)
    loaded = Judge.load(path, "lm", ("a", "b"))
    assert np.array_equal(loaded.scores(rows)[0], judge().scores(rows)[0])
    with pytest.raises(JudgeError, match="other evidence"):
        Judge.load(path, "lm", ("a", "c"))


def test_a_judge_says_itself_at_which_share_it_is_taken_at_its_word(tmp_path: Path) -> None:
    path = tmp_path / "judges.npz"
    np.savez(path, **replace(judge(), even=0.2).arrays("lm"))
    assert Judge.load(path, "lm", ("a", "b")).even == 0.2


@pytest.mark.parametrize(("name", "even"), [("lm", 0.11), ("fast", 0.08), ("gate", EVEN)])
def test_a_file_older_than_that_is_read_as_it_was(tmp_path: Path, name: str, even: float) -> None:
    path = tmp_path / "judges.npz"
    arrays = judge().arrays(name)
    del arrays[f"{name}/even"]
    np.savez(path, **arrays)
    assert Judge.load(path, name, ("a", "b")).even == even


def test_the_lower_that_share_the_bolder_is_what_is_made_of_a_document() -> None:
    spun = np.random.default_rng(4).beta(1, 15, 400).astype(np.float32)
    priors = [own_prior(spun, 0.05, even) for even in (0.05, 0.1, 0.2)]
    assert priors == sorted(priors, reverse=True)
    assert priors[0] > 1.5 * priors[-1]


def test_how_many_rows_are_judged_together_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(3).normal(size=(11, 2)).astype(np.float32)
    together = judge().scores(rows)
    monkeypatch.setattr(judge_module, "BLOCK", 4)
    apart = judge().scores(rows)
    assert all(
        np.allclose(one, other, atol=1e-6) for one, other in zip(together, apart, strict=True)
    )
    assert [len(part) for part in judge().scores(rows[:0])] == [0, 0]


@pytest.mark.parametrize("held", ["nothing", "an array", "half", "packed in another way"])
def test_a_file_that_is_no_judge_is_named(tmp_path: Path, held: str) -> None:
    path = tmp_path / "calibrator.npz"
    with path.open("wb") as file:
        if held == "an array":
            np.save(file, np.zeros(3))
        elif held != "nothing":
            np.savez(file, **judge().arrays("lm"))
    if held == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif held == "packed in another way":
        flag = path.read_bytes().index(b"PK\1\2") + 8
        with path.open("r+b") as file:
            file.seek(flag)
            file.write(b"\x20")  # patched data, which Python's zipfile does not read
    with pytest.raises(JudgeError, match=r"calibrator\.npz"):
        Judge.load(path, "lm", ("a", "b"))


def test_a_file_without_such_a_judge_is_named(tmp_path: Path) -> None:
    broken, other = tmp_path / "broken.npz", tmp_path / "other.npz"
    broken.write_bytes(b"PK\3\4 and nothing more")
    np.savez(other, **judge().arrays("fast"))
    for path in (broken, other, tmp_path / "absent.npz"):
        with pytest.raises(JudgeError, match=path.name):
            Judge.load(path, "lm", ("a", "b"))
