"""The fit of a linear model that has more parts than texts: by how alike each two texts are."""

from __future__ import annotations

from typing import Any

import numpy as np

Vector = np.ndarray[Any, Any]


def fit_kernel(
    kernel: np.ndarray[Any, Any], labels: Vector, importance: Vector, *, ridge: float, steps: int
) -> Vector:
    """Return how much each text counts in a ridge logistic regression, by Newton's method.

    Args:
        kernel: how alike each two texts are.
        labels: 1 for a text that is looked for, else 0.
        importance: how much the label of each text counts.
        ridge: how much large weights are held back.
        steps: the number of steps.
    """
    dual = np.zeros(len(labels), np.float32)
    for _ in range(steps):
        sums = kernel @ dual
        chance = 1 / (1 + np.exp(-sums))
        certainty = np.maximum(chance * (1 - chance), 1e-3) * importance
        target = sums + (labels - chance) * importance / certainty
        held_back = np.diag(ridge / certainty).astype(np.float32)
        dual = np.linalg.solve(kernel + held_back, target.astype(np.float32))
    return dual
