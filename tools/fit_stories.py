#!/usr/bin/env python3
"""Fit the weights of clustering, and tell how they do on labels they have not seen.

Usage: python tools/fit_stories.py DROPS GOLD [--table FILE] [--check DROPS GOLD]

DROPS  folder of drops (*.md, *.txt)
GOLD   labels, JSON lines with "url", "event" and "component"
--table FILE   fit on the features under this table of terms as well. Given the table
       of general English alone (`make_terms.py --general-only`), the drops look as a
       field does that the committed table has not seen; weights fitted on both hold
       in other fields.
--check        score the final weights on other labels, that no weight is fitted on

Logistic regression (Newton's method, ridge of 1 on standardised features) on the
labelled pairs that clustering compares within a component of the labels. Then each
component is left out in turn: weights are fitted on the rest, the threshold of the
average linkage is chosen on the rest, all pages are clustered, and the component's
pages get their stories from that. No randomness: the same input gives the same
weights.

What the figures do not cover: which features there are, the handicap of told pairs
and the windows were chosen once with both sets of labels in view (development labels
and seeds), and the committed table counts the words of the drops themselves. Expect
less of labels that nobody has looked at.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from logistic import Vector, fit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.clustering.comparisons import (
    LEAST_WEIGHT,
    TEXT_HANDICAP,
    Comparisons,
)
from articles.clustering.likeness import WHOLE, Likeness
from articles.clustering.linkage import Pair, both_ways, link
from articles.clustering.term_table import current_table, parse_table
from articles.library.memory import MemoryLibrary
from articles.tests.clustering.corpus import Corpus, read_corpus
from articles.tests.clustering.scores import Scores, scores

THRESHOLDS = (250_000, 300_000, 350_000, 400_000, 450_000, 500_000)


@dataclass(frozen=True, slots=True)
class Labels:
    """Key of each labelled page -> its event and its component."""

    event: dict[str, str]
    component: dict[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """All pairs that clustering compares, under one table of terms."""

    keys: list[str]
    features: dict[Pair, tuple[Likeness, bool]]  # and whether a list names both

    def stories(self, weights: Vector, threshold: int) -> list[tuple[str, ...]]:
        """Cluster all pages with other weights."""
        edges = {}
        for ends, (found, listed) in self.features.items():
            logit = _logit(weights, found)
            logit -= 0.0 if listed else TEXT_HANDICAP
            weight = round(WHOLE / (1.0 + math.exp(-logit)))
            if weight >= LEAST_WEIGHT:
                edges[ends] = weight
        return link(self.keys, both_ways(edges), threshold)


def main() -> None:
    """Fit, leave out, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("drops", type=Path)
    options.add_argument("gold", type=Path)
    options.add_argument("--table", type=Path)
    options.add_argument("--check", type=Path, nargs=2, default=())
    given = options.parse_args()
    corpus = _read(given.drops)
    labels = _labels(given.gold, corpus)
    compared = compare(corpus)
    fields = [compared]
    if given.table:
        fields.append(compare(corpus, given.table.read_text(encoding="utf-8")))
    rows = [row for field in fields for row in labelled(field, labels)]
    weights = fit([(x, y) for x, y, _ in rows])
    threshold = best_threshold(fields, weights, labels.event)
    names = ("bias", *Likeness._fields)
    print("weights   ", *(f"{n} {w:.2f}" for n, w in zip(names, weights, strict=True)))
    print("threshold ", threshold)
    for name, field in zip(("committed", "other"), fields, strict=False):
        found = scores(labels.event, field.stories(weights, threshold))
        print(f"all labels, {name} table:", _figures(found))
    leave_out(fields, labels, rows, weights)
    if given.check:
        other = _read(given.check[0])
        event = _labels(given.check[1], other).event
        found = scores(event, compare(other).stories(weights, threshold))
        print("other labels, no weight fitted on them:", _figures(found))


def leave_out(
    fields: Sequence[Compared],
    labels: Labels,
    rows: Sequence[tuple[Likeness, bool, str]],
    start: Vector,
) -> None:
    """Print each component's figures under weights that have not seen it."""
    stories: list[list[tuple[str, ...]]] = [[] for _ in fields]
    for left in sorted(set(labels.component.values())):
        seen = {k: e for k, e in labels.event.items() if labels.component[k] != left}
        unseen = {k: e for k, e in labels.event.items() if k not in seen}
        weights = fit([(x, y) for x, y, where in rows if where != left], start)
        threshold = best_threshold(fields, weights, seen)
        for place, field in enumerate(fields):
            found = field.stories(weights, threshold)
            inside = [[key for key in one if key in unseen] for one in found]
            stories[place] += [tuple(one) for one in inside if one]
            if place == 0:
                figures = _figures(scores(unseen, found))
                print(
                    f"without {left}: {len(unseen):4d} pages at {threshold} {figures}"
                )
    for name, held in zip(("committed", "other"), stories, strict=False):
        print(f"left out, {name} table:", _figures(scores(labels.event, held)))


def compare(corpus: Corpus, table: str = "") -> Compared:
    """Features of all pairs, under the committed table or the one given."""
    chosen = parse_table(table) if table else current_table()
    library = MemoryLibrary(corpus.pages, corpus.lists, table=chosen)
    bench = Comparisons(library, chosen)
    bench.fetch(library.keys)
    features = {
        (key, other): (bench.likeness(key, other), listed)
        for key in library.keys
        for other, listed in bench.candidates(key)
        if key < other
    }
    return Compared(library.keys, features)


def labelled(field: Compared, labels: Labels) -> Iterator[tuple[Likeness, bool, str]]:
    """Features of a pair within a component, whether one event, the component."""
    for (a, b), (found, listed) in field.features.items():
        where = labels.component.get(a)
        if listed and where is not None and where == labels.component.get(b):
            yield found, labels.event[a] == labels.event[b], where


def best_threshold(
    fields: Sequence[Compared], weights: Vector, event: Mapping[str, str]
) -> int:
    """The threshold of the best mean figures; of equals the lowest."""

    def worth(threshold: int) -> float:
        found = [scores(event, f.stories(weights, threshold)) for f in fields]
        return sum(s.bcubed + s.multi + s.pairwise for s in found)

    return max(THRESHOLDS, key=worth)


def _logit(weights: Vector, found: Likeness) -> float:
    return weights[0] + sum(w * x for w, x in zip(weights[1:], found, strict=True))


def _read(folder: Path) -> Corpus:
    paths = [path for path in folder.rglob("*") if path.suffix in {".txt", ".md"}]
    return read_corpus(paths)


def _labels(path: Path, corpus: Corpus) -> Labels:
    event, component = {}, {}
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        key = corpus.spellings[row["url"]]
        event[key], component[key] = row["event"], row["component"]
    return Labels(event, component)


def _figures(found: Scores) -> str:
    return (
        f"B-cubed {found.bcubed:.4f} multi {found.multi:.4f} "
        f"pairwise {found.pairwise:.4f} exact {found.exact}/{found.events}"
    )


if __name__ == "__main__":
    main()
