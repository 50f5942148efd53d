"""Expected calibration error with equal-mass bins, and the reliability plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

LEAST = 0.1
"""Confidences below are not proposals."""


class Bin(NamedTuple):
    """Findings of like confidence: how many, their mean confidence, the share that is true."""

    size: int
    confidence: float
    share: float


def bins(judged: Sequence[tuple[float, bool]], number: int = 10) -> list[Bin]:
    """Equal-mass bins of (confidence, is it true) pairs at `LEAST` or above.

    With fewer pairs than bins there is one for each pair.
    """
    kept = sorted((p for p in judged if p[0] >= LEAST), key=lambda pair: pair[0])
    parts = np.array_split(
        np.array(kept, np.float64).reshape(-1, 2), max(1, min(number, len(kept)))
    )
    return [Bin(len(p), float(p[:, 0].mean()), float(p[:, 1].mean())) for p in parts if len(p)]


def calibration_error(found: Sequence[Bin]) -> float:
    """Mean distance of confidence and share, weighted by size; Naeini, Cooper, Hauskrecht 2015."""
    size = sum(b.size for b in found)
    if not size:
        return float("nan")
    return sum(b.size * abs(b.confidence - b.share) for b in found) / size


def error_by_chance(judged: Sequence[tuple[float, bool]], number: int = 10) -> float:
    """The calibration error that confidences which mean what they say would show by chance.

    Few findings scatter about their own probability: 150 of them, in ten bins, show an error of
    eight hundredths with nothing wrong. The mean of a hundred draws, of a fixed seed.
    """
    confidences = np.array([c for c, _ in judged if c >= LEAST])
    if not len(confidences):
        return float("nan")
    draws = np.random.default_rng(0).random((100, len(confidences))) < confidences
    return float(
        np.mean(
            [
                calibration_error(bins(list(zip(confidences, true, strict=True)), number))
                for true in draws
            ]
        )
    )


SIDE, MARGIN = 320, 46
COLOURS = ("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b8860b", "#555555")


def plot(curves: Mapping[str, Sequence[Bin]]) -> str:
    """The reliability plot as SVG: share that is true over confidence, one line a curve."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE + 4 * MARGIN}" '
        f'height="{SIDE + 2 * MARGIN}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="black"/>',
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        at = tenth / 10
        parts += [
            f'<text x="{_x(at)}" y="{_y(0) + 16}" text-anchor="middle">{at:.1f}</text>',
            f'<text x="{_x(0) - 6}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>',
        ]
    parts += [
        f'<text x="{_x(0.5)}" y="{_y(0) + 36}" text-anchor="middle">confidence</text>',
        f'<text transform="translate(14 {_y(0.5)}) rotate(-90)" text-anchor="middle">'
        "share truly spun</text>",
    ]
    for number, (name, found) in enumerate(curves.items()):
        parts += _curve(name, found, COLOURS[number % len(COLOURS)], MARGIN + 18 * number)
    return "\n".join([*parts, "</svg>", ""])


def _curve(name: str, found: Sequence[Bin], colour: str, legend: int) -> list[str]:
    points = " ".join(f"{_x(b.confidence)},{_y(b.share)}" for b in found)
    dots = [
        f'<circle cx="{_x(b.confidence)}" cy="{_y(b.share)}" r="3" fill="{colour}"/>' for b in found
    ]
    text = f'<text x="{_x(1) + 16}" y="{legend}" fill="{colour}">{name}</text>'
    return [f'<polyline points="{points}" fill="none" stroke="{colour}"/>', *dots, text]


def _x(value: float) -> float:
    return round(MARGIN + value * SIDE, 1)


def _y(value: float) -> float:
    return round(MARGIN / 2 + (1 - value) * SIDE, 1)
