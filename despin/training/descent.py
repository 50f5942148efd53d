"""Descent in plain numpy: AdamW over shuffled batches, under a warm-up and a cosine.

Loshchilov and Hutter 2019, Decoupled weight decay regularization, arXiv:1711.05101, algorithm 2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Parameters = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Recipe:
    """How an ensemble of networks with one hidden layer is trained."""

    hidden: int = 24
    members: int = 3
    epochs: int = 12
    batch: int = 1024
    rate: float = 3e-3
    decay: float = 1e-3
    seed: int = 7


def descend(
    parameters: Parameters,
    examples: int,
    recipe: Recipe,
    rng: np.random.Generator,
    gradient: Callable[[NDArray[np.int64]], Parameters],
) -> None:
    """Move ``parameters``, in place.

    Args:
        parameters: those whose name ends in "bias" do not decay.
        examples: how many there are to learn from.
        recipe: sizes and steps.
        rng: shuffles them, once an epoch.
        gradient: the one of a batch, of which it is given the numbers.
    """
    order = np.arange(examples)
    optimiser = _AdamW(parameters, recipe, recipe.epochs * (examples // recipe.batch + 1))
    for _ in range(recipe.epochs):
        rng.shuffle(order)
        for start in range(0, examples, recipe.batch):
            optimiser.step(gradient(order[start : start + recipe.batch]))


class _AdamW:
    """Adam with decoupled weight decay; warm-up over a tenth of the steps, then a cosine."""

    def __init__(self, parameters: Parameters, recipe: Recipe, steps: int) -> None:
        self._parameters, self._recipe, self._steps = parameters, recipe, steps
        self._step = 0
        self._mean = {name: np.zeros_like(value) for name, value in parameters.items()}
        self._square = {name: np.zeros_like(value) for name, value in parameters.items()}

    def step(self, gradient: Parameters) -> None:
        """Move the parameters, in place."""
        self._step += 1
        done = self._step / self._steps
        rate = self._recipe.rate * min(done * 10, 0.5 + 0.5 * np.cos(np.pi * min(done, 1.0)))
        for name in self._parameters:
            mean, square, g = self._mean[name], self._square[name], gradient[name]
            mean += 0.1 * (g - mean)
            square += 0.01 * (g * g - square)
            move = mean / (1 - 0.9**self._step)
            size = np.sqrt(square / (1 - 0.99**self._step)) + 1e-8
            decay = 0.0 if name.endswith("bias") else self._recipe.decay
            change = rate * (move / size + decay * self._parameters[name])
            self._parameters[name] -= change.astype(np.float32)
