"""Calibration error on bins counted by hand."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest

from benchmarks.calibration import Bin, bins, calibration_error, error_by_chance, plot


def test_bins_hold_as_many_each() -> None:
    pairs = [(0.2, False), (0.4, True), (0.6, False), (0.8, True), (0.05, True)]
    found = bins(pairs, 2)
    assert [(b.size, b.share) for b in found] == [(2, 0.5), (2, 0.5)]
    assert [b.confidence for b in found] == pytest.approx([0.3, 0.7])
    assert calibration_error(found) == pytest.approx(0.2)


def test_what_means_what_it_says_has_no_error() -> None:
    pairs = [(0.5, number % 2 == 0) for number in range(100)] + [(1.0, True)] * 100
    assert calibration_error(bins(pairs, 10)) == pytest.approx(0.0, abs=1e-9)


def test_few_findings_scatter_by_chance_and_many_less() -> None:
    few = [(0.5, True)] * 100
    # ten bins of ten: the mean distance of a binomial's share from one half is 0.123
    assert error_by_chance(few, 10) == pytest.approx(0.123, abs=0.02)
    assert error_by_chance(few * 16, 10) == pytest.approx(0.031, abs=0.005)
    assert error_by_chance([(1.0, True)] * 9) == 0.0
    assert math.isnan(error_by_chance([]))


def test_few_pairs_make_few_bins() -> None:
    assert bins([(0.3, True)], 10) == [Bin(1, 0.3, 1.0)]
    assert bins([], 10) == []
    assert math.isnan(calibration_error([]))


def test_the_plot_is_well_formed() -> None:
    root = ET.fromstring(plot({"news": [Bin(4, 0.2, 0.25), Bin(4, 0.8, 0.75)], "speech": []}))
    assert root.tag.endswith("svg")
    assert len([e for e in root.iter() if e.tag.endswith("circle")]) == 2
