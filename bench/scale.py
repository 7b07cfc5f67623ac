"""What a large site costs beside one of 5,000 articles, by type of page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from .figure import Figure, Pair
from .lab import Lab
from .make_big import make_big
from .site import Site

SMALL = 5000
LARGE = {"scale": 30_000, "scale-300k": 300_000, "scale-1m": 1_000_000}
TIMES = "5"
MOST = 1.3
NEWEST_MS, RELEVANCE_MS = 5.0, 50.0
SHARE = 0.95


def scale_figures(lab: Lab, *, articles: int) -> list[Figure]:
    """p95 of the CPU of pages as a ratio, and of SQL of searches in milliseconds."""
    small, large = (_measured(lab, size) for size in (SMALL, articles))
    figures = []
    for name in large.keys() & small.keys():
        pair = Pair(part(large[name]["cpu"]), part(small[name]["cpu"]))
        digest = large[name]["digest"]
        label = f"{name}: {articles:,} / {SMALL:,}"
        figures.append(Figure.of_pairs(label, [pair], MOST, digest=digest))
    for name, taken in large.items():
        if name.startswith("search"):
            most = NEWEST_MS if name.endswith("newest") else RELEVANCE_MS
            spent = (part(taken["sql"]),)
            figures.append(Figure(f"{name}: SQL of {articles:,}", spent, most, " ms"))
    return sorted(figures, key=lambda one: (one.unit, one.name))


def part(values: Sequence[float], share: float = SHARE) -> float:
    """The value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _measured(lab: Lab, articles: int) -> dict[str, dict[str, Sequence[float]]]:
    site = _site(lab, articles)
    lab.say(f"{articles:,} articles, {site.database.stat().st_size / articles:,.0f} B")
    site.env["CACHE_URL"] = "dummycache://"
    _, found = site.inside("timed-pages", TIMES)
    if not lab.keep:
        lab.remove(site)
    return dict(found)


def _site(lab: Lab, articles: int) -> Site:
    """A site of so many, one that was kept where there is one."""
    folder = Path(lab.keep or lab.folder, f"articles-{articles}")
    if folder.exists():
        return Site(folder)
    return make_big(folder, articles)


SCALES = {name: partial(scale_figures, articles=n) for name, n in LARGE.items()}
