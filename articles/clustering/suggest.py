"""What an editor may want to look at: stories that may be one, a story that may be two.

Clustering believes lists: two events that no list names together stay apart, and what
a list calls related stays together. Editors are asked about those that the words of
their titles say otherwise of. Words weigh as much as they are rare.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from articles.rules.text.terms import forms, read_terms, size

from .likeness import DECAY_HOURS, WHOLE
from .linkage import Edges, last_two, pair
from .term_table import TermTable, current_table
from .terms import wording

ALIKE = 0.45  # two stories whose titles are so alike may be one
AT_ONCE_HOURS = 24.0  # so far apart two stories are as good as together
# Two parts of a story share little: so much at most, and the more the less it is than
# what each part has in common. Of a part of one report nothing is known of that.
LOOSE = 0.2
LOOSER_THAN_PARTS = 2.0
LOOSER_THAN_REST = 3.0
SILENCE_HOURS = 72.0
LOOSE_AFTER_SILENCE = 0.3
FEWEST = 3  # reports of a story that may be two
MOST = 200  # which are all compared with each other

TELLING = 3.7  # weight of words that are worth naming; of a single letter none is

Vector = Mapping[str, float]  # the words of a text, with a length of 1


@dataclass(frozen=True, slots=True)
class Report:
    """A page, as suggestions look at it."""

    key: str
    title: str
    excerpt: str
    hours: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The two parts of a story that may be two; the founder's stays."""

    reason: Literal["loose", "silence"]
    staying: tuple[str, ...]  # keys, earliest first
    leaving: tuple[str, ...]
    likeness: float  # mean over all pairs between the parts, 0 to 1
    silence_hours: float  # between the parts; 0 where they overlap


def words_of(titles: Iterable[str], table: TermTable | None = None) -> Vector:
    """The words of some titles, each weighing its rarity and how many have it."""
    table = table or current_table()
    uses = Counter(word for title in titles for word in set(forms(title)))
    return _weighed(uses, table)


def alike(one: Vector, other: Vector, hours: float) -> float:
    """How much two stories' titles say the same, so many hours apart: 0 to 1."""
    late = max(hours - AT_ONCE_HOURS, 0.0)
    return _cosine(one, other) * math.exp(-late / DECAY_HOURS)


def cut_of(reports: Iterable[Report]) -> Cut | None:
    """Where a story may be two, if it may."""
    held = sorted(reports, key=lambda report: (report.hours, report.key))
    if not FEWEST <= len(held) <= MOST:
        return None
    pairs = _pairs(held)
    groups = last_two([report.key for report in held], pairs)
    [leaving] = [group for group in groups if held[0].key not in group]
    loose = _Parts.of(held, leaving, pairs)
    if loose.are_loose:
        return loose.cut("loose")
    silence, place = max(
        (later.hours - earlier.hours, -place)
        for place, (earlier, later) in enumerate(pairwise(held), start=1)
    )
    after = _Parts.of(held, [report.key for report in held[-place:]], pairs)
    if silence >= SILENCE_HOURS and after.between <= LOOSE_AFTER_SILENCE:
        return after.cut("silence")
    return None


@dataclass(frozen=True, slots=True)
class _Parts:
    """A story in two parts, each in order of time; the founder is in the first."""

    staying: Sequence[Report]
    leaving: Sequence[Report]
    between: float  # mean likeness
    within: float  # of pairs inside a part; 0 where there are none

    @classmethod
    def of(
        cls, reports: Iterable[Report], leaving: Collection[str], pairs: Edges
    ) -> _Parts:
        parts: tuple[list[Report], list[Report]] = ([], [])
        for report in reports:
            parts[report.key in leaving].append(report)
        between: list[int] = []
        within: list[int] = []
        for (a, b), weight in pairs.items():
            apart = (a in leaving) != (b in leaving)
            (between if apart else within).append(weight)
        return cls(
            *parts,
            sum(between) / len(between) / WHOLE,
            sum(within) / max(len(within), 1) / WHOLE,
        )

    @property
    def are_loose(self) -> bool:
        alone = min(len(self.staying), len(self.leaving)) == 1
        factor = LOOSER_THAN_REST if alone else LOOSER_THAN_PARTS
        return self.between <= LOOSE and self.within >= factor * self.between

    def cut(self, reason: Literal["loose", "silence"]) -> Cut:
        one, other = self.staying, self.leaving
        silence = (other[0].hours - one[-1].hours, one[0].hours - other[-1].hours)
        return Cut(
            reason,
            tuple(report.key for report in one),
            tuple(report.key for report in other),
            self.between,
            max(0.0, *silence),
        )


def _pairs(reports: Sequence[Report]) -> Edges:
    """How alike all pairs are, in millionths: by titles, and by all that is said."""
    table = current_table()
    said = [
        (
            report.key,
            words_of([report.title], table),
            _weighed(wording(report.title, report.excerpt).frequency, table),
        )
        for report in reports
    ]
    return {
        pair(a, b): round(WHOLE * (_cosine(title, titled) + _cosine(text, told)) / 2)
        for (a, title, text), (b, titled, told) in combinations(said, 2)
    }


def _weighed(uses: Mapping[str, float], table: TermTable) -> Vector:
    weights = {word: count * table.weight(word) for word, count in uses.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    # Exact, so that it is the same in whatever order words come.
    return math.fsum(
        weight * other[word] for word, weight in one.items() if word in other
    )


def called(words: Vector, titles: Iterable[str], *, most: int) -> list[str]:
    """The weightiest of some words, spelled as titles spell them first."""
    spelled: dict[str, str] = {}
    for title in titles:
        for term in read_terms(title):
            spelled.setdefault(term.form, title[term.start : term.end])
    table = current_table()
    rare = [
        word
        for word in words
        if table.weight(word) >= TELLING and (len(word) > 1 or size(word) < 1)
    ]
    weightiest = sorted(rare, key=lambda word: (-words[word], word))[:most]
    return [spelled[word] for word in weightiest if word in spelled]


def common(one: Vector, other: Vector) -> Vector:
    """The words of both, as heavy as in both together."""
    return {word: n * other[word] for word, n in one.items() if word in other}


def beyond(one: Vector, other: Vector) -> Vector:
    """How much heavier words are in one than in the other."""
    return {
        word: rest for word, n in one.items() if (rest := n - other.get(word, 0)) > 0
    }
