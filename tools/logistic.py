"""Logistic regression in the standard library, for the tools that fit weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

# Ridge on standardised features; Newton's method ends when no step is greater.
RIDGE = 1.0
ENOUGH = 1e-7
ROUNDS = 25
Vector = list[float]


def fit(
    rows: Sequence[tuple[Sequence[float], bool]], start: Vector | None = None
) -> Vector:
    """Bias and weights of the logistic regression of rows (features, one event)."""
    size = len(rows[0][0])
    columns = list(zip(*(x for x, _ in rows), strict=True))
    mean = [math.fsum(column) / len(rows) for column in columns]
    spread = [
        math.sqrt(math.fsum((x - m) ** 2 for x in column) / len(rows)) or 1.0
        for column, m in zip(columns, mean, strict=True)
    ]
    scaled = [
        ([1.0, *((x[i] - mean[i]) / spread[i] for i in range(size))], float(y))
        for x, y in rows
    ]
    now = [0.0] * (size + 1)
    if start:
        now = [start[0], *(start[i + 1] * spread[i] for i in range(size))]
        now[0] += math.fsum(start[i + 1] * mean[i] for i in range(size))
    for _ in range(ROUNDS):
        step = _newton(scaled, now)
        now = [w + s for w, s in zip(now, step, strict=True)]
        if max(map(abs, step)) < ENOUGH:
            break
    weights = [now[i + 1] / spread[i] for i in range(size)]
    bias = now[0] - math.fsum(w * m for w, m in zip(weights, mean, strict=True))
    return [bias, *weights]


def _newton(rows: Sequence[tuple[Vector, float]], now: Vector) -> Vector:
    size = len(now)
    slope = [-RIDGE * w if i else 0.0 for i, w in enumerate(now)]
    bend = [[RIDGE * (i == j > 0) for j in range(size)] for i in range(size)]
    for x, y in rows:
        logit = sum(w * v for w, v in zip(now, x, strict=True))
        sure = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
        rest, flat = y - sure, sure * (1.0 - sure)
        for i, v in enumerate(x):
            slope[i] += rest * v
            if flat > 1e-6:
                line, scale = bend[i], flat * v
                for j in range(i + 1):
                    line[j] += scale * x[j]
    for i in range(size):
        for j in range(i):
            bend[j][i] = bend[i][j]
    return [max(-2.0, min(2.0, step)) for step in _solve(bend, slope)]


def _solve(matrix: list[Vector], right: Vector) -> Vector:
    """Gaussian elimination with the largest pivot."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda n: abs(rows[n][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for line in rows[i + 1 :]:
            times = line[i] / rows[i][i]
            for j in range(i, len(line)):
                line[j] -= times * rows[i][j]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))
        found[i] = (rows[i][-1] - known) / rows[i][i]
    return found
