"""What an import costs by how much is held already: a curve."""

from __future__ import annotations

from .figure import Figure, Pair
from .lab import Lab

COPIES = (1, 3, 9)  # of the corpus, held when it comes as it is
TARGET = 1.2  # bare parses, at nine copies
MOST_MB = 150


def growth_figures(lab: Lab) -> list[Figure]:
    """Importing all drops into sites that hold copies of them from earlier years."""
    found = []
    site = lab.new_site()
    held = 0
    for copies in COPIES:
        for number in range(held + 1, copies + 1):
            site.import_drops(lab.corpus.copy(number))
        held = copies
        grown = site.copy(lab.folder / f"grown{copies}")
        ended, _ = grown.import_drops(lab.corpus.folder, watch=True)
        pair = Pair(ended.cpu_s, lab.bare_parse())
        label = f"import into {copies * len(lab.corpus.files):,}"
        target = TARGET if copies == COPIES[-1] else None
        found.append(Figure.of_pairs(f"{label} / bare parse", [pair], target))
        found.append(Figure(f"{label}: memory", (ended.peak_mb,), MOST_MB, " MB"))
        lab.say(f"{label}: {pair}, {ended.peak_mb:.0f} MB")
        lab.remove(grown)
    lab.remove(site)
    return found
