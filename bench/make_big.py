"""`python -m bench.make_big FOLDER --articles N`: a site of so many articles, quickly.

Made-up drops are really imported, and what that left is then copied with keys, days,
addresses and names of its own (`bench/growing.py`). The same numbers give the same
site, but for the time of the import.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from .make_drops import days_of, make_drops
from .site import Site

BASE = 5000
END = datetime(2026, 1, 1, tzinfo=UTC)  # of the news
WHOLE = 21  # days: whole weeks, and whole buckets of postings
GAP = 20  # days without news between two copies: no story reaches across


def make_big(folder: Path, articles: int, *, base: int = BASE, seed: int = 1) -> Site:
    """A site of about so many articles, all of them listed, and settled."""
    base = min(base, articles)
    copies = -(-articles // base)
    site = Site(folder)
    site.manage("migrate", "--verbosity", "0")
    days = -(-(days_of(base) + GAP) // WHOLE) * WHOLE
    with TemporaryDirectory(prefix="newsagg-drops-") as made:
        begin = END - timedelta(days=days * copies)
        make_drops(Path(made), base, seed=seed, begin=begin)
        site.import_drops(Path(made), publish=True)
    if copies > 1:
        site.inside("multiply", str(copies), str(days))
    return site


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.make_big")
    parser.add_argument("folder", type=Path, help="is made; must not be there")
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--base", type=int, default=BASE, help="drops imported")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.folder.exists():
        parser.error(f"{given.folder} is there already")
    site = make_big(given.folder, given.articles, base=given.base, seed=given.seed)
    (held,) = site.query("SELECT COUNT(*) FROM articles_article")
    size = site.database.stat().st_size
    print(f"{held:,} articles, {size / held:,.0f} bytes each, {size / 1e6:,.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
