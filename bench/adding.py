"""What one more drop costs the clustering step where much is held, and where little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from .figure import Figure, Pair
from .lab import Lab
from .site import Site

FEW = 300
TARGET = 1.5
BLOCKS = 3  # in which the sites take turns
TIMES = {"usual": 10, "longest": 2}  # in a block; the longest takes its time


def adding_figures(lab: Lab) -> list[Figure]:
    """Adding a usual drop and the one with the longest list, to all and to 300.

    The 300 are spread over the whole time, or are those around the drop: the first
    hold few of its neighbours, the others nearly all.
    """
    fixed = _fixed(lab)
    rest = [file for file in lab.corpus.files if file not in fixed.values()]
    step = len(rest) / FEW
    many = _site(lab, "rest", rest)
    spread = _site(lab, "spread", [rest[int(n * step)] for n in range(FEW)])
    found = []
    for name, file in fixed.items():
        begin = max(0, lab.corpus.files.index(file) - FEW // 2)
        near = _site(lab, f"near-{name}", rest[begin : begin + FEW])
        sites = {"many": many, "spread": spread, "near": near}
        costs = _costs(file, sites, times=TIMES[name])
        lab.say(f"add-one, {name}: " + _medians(costs))
        for few in ("spread", "near"):
            pairs = [
                Pair(median(a), median(b))
                for a, b in zip(costs["many"], costs[few], strict=True)
            ]
            label = f"add-one, {name}: to {len(rest):,} / to {FEW} {few}"
            found.append(Figure.of_pairs(label, pairs, TARGET))
        lab.remove(near)
    lab.remove(many)
    lab.remove(spread)
    return found


def _fixed(lab: Lab) -> dict[str, Path]:
    """The drops to add, by what they stand for."""
    by_size = sorted(lab.corpus.files, key=lambda file: (file.stat().st_size, file))
    return {"usual": by_size[len(by_size) // 2], "longest": by_size[-1]}


def _site(lab: Lab, name: str, files: Sequence[Path]) -> Site:
    site = lab.new_site()
    site.import_drops(lab.corpus.subset(name, files))
    return site


def _costs(
    file: Path, sites: Mapping[str, Site], *, times: int
) -> dict[str, list[list[float]]]:
    """By site: blocks of milliseconds that the drop costs there."""
    costs: dict[str, list[list[float]]] = {name: [] for name in sites}
    for _ in range(BLOCKS):
        for name, site in sites.items():
            costs[name].append(site.inside("add-one", file, str(times))[1])
    return costs


def _medians(costs: Mapping[str, Sequence[Sequence[float]]]) -> str:
    return ", ".join(
        f"{median(ms for block in blocks for ms in block):.1f} ms to {name}"
        for name, blocks in costs.items()
    )
