"""A measured figure beside its target, and the table of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Pair:
    """What was measured, and what it is a share of, one right after the other."""

    measured: float
    base: float

    @property
    def ratio(self) -> float:
        return self.measured / self.base

    def __str__(self) -> str:
        return f"{self.measured:.3g}/{self.base:.3g}={self.ratio:.3f}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the values of all runs, and the most they may be."""

    name: str
    values: tuple[float, ...]
    target: float | None = None
    unit: str = ""
    pairs: tuple[Pair, ...] = ()
    digest: str = ""  # of what was answered, where that could differ

    @classmethod
    def of_pairs(
        cls,
        name: str,
        pairs: Sequence[Pair],
        target: float | None = None,
        *,
        digest: str = "",
    ) -> Figure:
        """A ratio, pair by pair."""
        ratios = tuple(pair.ratio for pair in pairs)
        return cls(name, ratios, target, pairs=tuple(pairs), digest=digest)

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        return "ok" if self.median <= self.target else "short"


def as_json(figures: Sequence[Figure]) -> str:
    """All that is known of the figures, one object for each."""
    told = [
        {
            "name": one.name,
            "target": one.target,
            "median": one.median,
            "values": one.values,
            "unit": one.unit.strip(),
            "verdict": one.verdict,
            "pairs": [(pair.measured, pair.base) for pair in one.pairs],
            "digest": one.digest,
        }
        for one in figures
    ]
    return json.dumps(told, indent=1) + "\n"


def table(figures: Sequence[Figure]) -> str:
    """Target, median, spread and verdict of each figure, aligned."""
    rows = [("figure", "target", "median", "min", "max", "runs", "")]
    for one in figures:
        rows.append(
            (
                one.name,
                "" if one.target is None else _spelled(one.target, one.unit),
                _spelled(one.median, one.unit),
                _spelled(min(one.values), one.unit),
                _spelled(max(one.values), one.unit),
                str(len(one.values)),
                one.verdict,
            )
        )
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [
            cell.rjust(w) for cell, w in zip(row[1:-1], widths[1:-1], strict=True)
        ]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)


def pair_lines(figures: Sequence[Figure]) -> str:
    """The ratios pair by pair: seconds of CPU, one over the other."""
    return "\n".join(
        f"{one.name}: {'  '.join(map(str, one.pairs))}" for one in figures if one.pairs
    )


def _spelled(value: float, unit: str) -> str:
    digits = 0 if unit in (" MB", " tables") else 3
    return f"{value:,.{digits}f}{unit}"
