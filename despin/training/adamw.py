"""AdamW in plain numpy, under a warm-up and a cosine.

Loshchilov and Hutter 2019, Decoupled weight decay regularization, arXiv:1711.05101, algorithm 2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Parameters = dict[str, NDArray[np.float32]]


class AdamW:
    """Adam with decoupled weight decay; warm-up over a tenth of the steps, then a cosine."""

    def __init__(self, parameters: Parameters, steps: int, rate: float, decay: float) -> None:
        """Start.

        Args:
            parameters: changed in place; those whose name ends in "bias" do not decay.
            steps: how many there will be.
            rate: the highest.
            decay: of the parameters, in each step, as a part of the rate.
        """
        self._parameters, self._steps = parameters, steps
        self._rate, self._decay = rate, decay
        self._step = 0
        self._mean = {name: np.zeros_like(value) for name, value in parameters.items()}
        self._square = {name: np.zeros_like(value) for name, value in parameters.items()}

    def step(self, gradient: Parameters) -> None:
        """Move the parameters, in place."""
        self._step += 1
        done = self._step / self._steps
        rate = self._rate * min(done * 10, 0.5 + 0.5 * np.cos(np.pi * min(done, 1.0)))
        for name in self._parameters:
            mean, square, g = self._mean[name], self._square[name], gradient[name]
            mean += 0.1 * (g - mean)
            square += 0.01 * (g * g - square)
            move = mean / (1 - 0.9**self._step)
            size = np.sqrt(square / (1 - 0.99**self._step)) + 1e-8
            decay = 0.0 if name.endswith("bias") else self._decay
            change = rate * (move / size + decay * self._parameters[name])
            self._parameters[name] -= change.astype(np.float32)
