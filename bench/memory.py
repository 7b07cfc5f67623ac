"""The most memory that a first import holds, all its processes together."""

from __future__ import annotations

from .figure import Figure
from .lab import Lab, expect

SMALL = 500
TARGET_MB = 150


def memory_figures(lab: Lab) -> list[Figure]:
    """Peaks for 500 drops and for all: what an import takes must not grow with them."""
    few = lab.corpus.subset(f"{SMALL}", lab.corpus.spread(SMALL))
    found = []
    for folder, drops in ((few, SMALL), (lab.corpus.folder, len(lab.corpus.files))):
        site = lab.new_site()
        ended, report = site.import_drops(folder, watch=True)
        expect(report["created"] == drops, f"memory: {report['created']} created")
        lab.remove(site)
        lab.say(f"memory, {drops:,} drops: {ended.peak_mb:.0f} MB")
        name = f"memory, {drops:,} drops"
        found.append(Figure(name, (ended.peak_mb,), TARGET_MB, " MB"))
    return found
