"""Server time of the main pages, each as a multiple of the one without content."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from .figure import Figure, Pair
from .lab import Lab

BLOCKS, TIMES = 3, 10


def page_figures(lab: Lab) -> list[Figure]:
    """CPU of answering each page, over that of `/about/`, with all drops imported."""
    site = lab.new_site()
    site.import_drops(lab.corpus.folder)
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    _, found = site.inside("pages", str(BLOCKS * TIMES))
    lab.remove(site)
    base = _medians(found["about"])
    figures = []
    for name, taken in found.items():
        lab.say(f"page {name}: {median(taken):.1f} ms")
        pairs = [Pair(a, b) for a, b in zip(_medians(taken), base, strict=True)]
        if name != "about":
            figures.append(Figure.of_pairs(f"page {name} / about", pairs))
    return figures


def _medians(taken: Sequence[float]) -> list[float]:
    """Of each block in turn."""
    return [median(taken[n * TIMES : (n + 1) * TIMES]) for n in range(BLOCKS)]
