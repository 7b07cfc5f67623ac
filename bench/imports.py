"""Imports of all drops, against a bare parse of the same files right before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as Names

from .corpus import CORRUPTED
from .figure import Figure, Pair
from .lab import Lab, expect
from .process import BenchFailed
from .site import Site

WHOLE = "import"
WITHOUT_STORIES = "import-without-stories"
AGAIN = "again"
ONE = "one"
CORRUPT = "corrupted"
STORED = "stored"
REBUILD = "rebuild"
NAMES = (WHOLE, WITHOUT_STORIES, AGAIN, ONE, CORRUPT, STORED, REBUILD)

_BARE = "bare parse"
_TO_BARE = {WHOLE: 1.1, WITHOUT_STORIES: 0.6, AGAIN: 0.05, REBUILD: 0.5}
_TO_CLEAN = 1.1
_ONE_MORE_S = 0.6
_STORED = 0.12
_BYTES_KEPT = """
SELECT (SELECT SUM(LENGTH(data)) FROM articles_piece)
     + (SELECT SUM(LENGTH(pieces)) FROM articles_dropversion),
       (SELECT SUM(size) FROM articles_dropversion)
"""


def import_figures(lab: Lab, wanted: Names[str]) -> list[Figure]:
    """The figures of these names, measured in rounds: parse, import, again, ..."""
    rounds = _Rounds(lab, wanted)
    for number in range(lab.runs):
        lab.say(f"round {number + 1} of {lab.runs}")
        rounds.run(first=number == 0)
    return rounds.figures()


class _Rounds:
    """What the rounds so far have measured. A step that fails is not tried again."""

    def __init__(self, lab: Lab, wanted: Names[str]) -> None:
        self.lab = lab
        self.drops = lab.corpus.folder
        self.count = len(lab.corpus.files)
        self.wanted = set(wanted)
        self.cpu_s: dict[str, list[float]] = defaultdict(list)
        self.stored: Pair | None = None
        self.changed_tables = 0

    def run(self, *, first: bool) -> None:
        if self.wanted & _TO_BARE.keys():
            self._note(_BARE, self.lab.bare_parse())
        if self.wanted - {WITHOUT_STORIES}:
            site = self.lab.new_site()
            self._note(WHOLE, self._import(site))
            if first and STORED in self.wanted:
                self.stored = Pair(*site.query(_BYTES_KEPT))
            before = site.table_digests() if first else {}
            self._step(AGAIN, lambda: self._again(site), also_for=ONE)
            if first:
                after = site.table_digests()
                self.changed_tables = sum(before[name] != after[name] for name in after)
            self._step(ONE, lambda: self._one_changed(site))
            self._step(REBUILD, lambda: site.manage("rebuild_stories").cpu_s)
            self.lab.remove(site)
        self._step(WITHOUT_STORIES, self._without_stories)
        self._step(CORRUPT, self._corrupted)

    def figures(self) -> list[Figure]:
        found = [
            Figure.of_pairs(f"{name} / {_BARE}", self._pairs(name, _BARE), target)
            for name, target in _TO_BARE.items()
            if name in self.wanted
        ]
        if AGAIN in self.wanted:
            changed = (float(self.changed_tables),)
            found.append(Figure("again: other tables changed", changed, 0, " tables"))
        if ONE in self.wanted:
            more = [pair.measured - pair.base for pair in self._pairs(ONE, AGAIN)]
            found.append(Figure("one: more than again", tuple(more), _ONE_MORE_S, " s"))
        if CORRUPT in self.wanted:
            pairs = self._pairs(CORRUPT, WHOLE)
            found.append(Figure.of_pairs("corrupted / import", pairs, _TO_CLEAN))
        if self.stored:
            name = "stored / size of drops"
            found.append(Figure.of_pairs(name, [self.stored], _STORED))
        return found

    def _step(
        self, name: str, measure: Callable[[], float], *, also_for: str = ""
    ) -> None:
        if not self.wanted & {name, also_for}:
            return
        try:
            self._note(name, measure())
        except BenchFailed as failure:
            self.lab.failures.append(f"{name}: {failure}")
            self.wanted -= {name, also_for}

    def _import(self, site: Site) -> float:
        ended, report = site.import_drops(self.drops)
        expect(report["created"] == self.count, _counts(report))
        return ended.cpu_s

    def _again(self, site: Site) -> float:
        ended, report = site.import_drops(self.drops)
        expect(report["unchanged"] == self.count, _counts(report))
        return ended.cpu_s

    def _one_changed(self, site: Site) -> float:
        with self.lab.corpus.one_changed():
            ended, report = site.import_drops(self.drops)
        expect(report["updated"] == 1, _counts(report))
        return ended.cpu_s

    def _without_stories(self) -> float:
        """The whole import, less the CPU that its own clustering step took."""
        site = self.lab.new_site()
        ended, report = site.inside("import", self.drops)
        expect(report["created"] == self.count, _counts(report))
        self.lab.remove(site)
        return ended.cpu_s - float(report["stories_cpu_s"])

    def _corrupted(self) -> float:
        site = self.lab.new_site()
        ended, report = site.import_drops(self.lab.corpus.corrupted(), codes=(1,))
        done = report["created"], report["rejected"]
        expect(done == (self.count, CORRUPTED), _counts(report))
        self.lab.remove(site)
        return ended.cpu_s

    def _note(self, name: str, cpu_s: float) -> None:
        self.cpu_s[name].append(cpu_s)
        self.lab.say(f"{name}: {cpu_s:.2f} s of CPU")

    def _pairs(self, name: str, base: str) -> Sequence[Pair]:
        both = zip(self.cpu_s[name], self.cpu_s[base], strict=True)
        return [Pair(measured, other) for measured, other in both]


def _counts(report: dict[str, object]) -> str:
    names = ("files", "created", "updated", "unchanged", "rejected")
    return ", ".join(f"{report.get(name)} {name}" for name in names)
