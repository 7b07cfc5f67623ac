"""Stories that may be one with a story of several publishers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from articles.clustering.candidates import around
from articles.clustering.suggest import (
    ALIKE,
    Vector,
    alike,
    called,
    common,
    words_of,
)
from articles.library.database import read, spelled
from articles.models import Page, Posting, Story, Suggestion
from articles.models.bulk import among
from articles.models.story import StoryQuerySet

from .suggested import FIGURES, HOUR, NAMED, SEVERAL, Found

# Stories that share a rare word in its days; one that more have is no clue. It tells
# those who come later nothing, and what it told before stays until one of both changes.
FULL = 200
Pair = tuple[int, int]  # stories, smaller pk first
Founding = tuple[datetime, str]  # when a page was published, and its URL


def merges(held: Mapping[int, Story], *, in_turn: bool) -> Iterator[Found]:
    """What these stories suggest, with each other and with others.

    With those that wait to be judged only where they have no turn `in_turn`.
    """
    others = Story.objects.listed()
    if in_turn:
        others = others.filter(judged=True)
    pairs, story_of = _candidates(held, others)
    sides = _sides({pk for pair in pairs for pk in pair})
    for low, high in sorted(pairs):
        one, other = sorted((sides[low], sides[high]), key=_Side.founding)
        likeness = alike(one.words, other.words, abs(one.middle - other.middle))
        if likeness >= ALIKE:
            silence = _silence(story_of[low], story_of[high])
            yield _found(one, other, likeness, silence)


def _found(one: _Side, other: _Side, likeness: float, silence: float) -> Found:
    both = common(one.words, other.words)
    row = Suggestion(
        kind=Suggestion.Kind.MERGE,
        reason=Suggestion.Reason.ALIKE,
        story_id=one.story,
        other_id=other.story,
        words=", ".join(called(both, one.titles, most=NAMED)),
        likeness=likeness,
        silence_hours=silence,
        publishers=len(one.providers | other.providers),
        strength=likeness,
    )
    return Found(row, (one.pages, other.pages))


def _candidates(
    held: Mapping[int, Story], others: StoryQuerySet
) -> tuple[set[Pair], Mapping[int, Story]]:
    """Pairs of these stories that share a rare word in its days; and the stories.

    They pair with each other and with some others; one has several publishers.
    """
    found = _neighbours(_worth(held, others))
    met = {pk for pair in found for pk in pair} - held.keys()
    rows = others.filter(pk__in=among(met)).only(*FIGURES)
    known = {story.pk: story for story in rows} | {**held}
    pairs = {
        (a, b)
        for a, b in found
        if a in known
        and b in known
        and max(known[a].provider_count, known[b].provider_count) >= SEVERAL
    }
    return pairs, known


def _worth(held: Mapping[int, Story], others: StoryQuerySet) -> Collection[int]:
    """Those of the stories that may have a partner: mostly few, in a first import."""
    if others.filter(provider_count__gte=SEVERAL).exists():
        return held
    return [pk for pk, one in held.items() if one.provider_count >= SEVERAL]


def _neighbours(stories: Collection[int]) -> set[Pair]:
    own = _postings_of(stories)
    near = {key: _around(key) for key in set().union(*own.values())}
    holders = _holders(set().union(*near.values()))
    found: set[Pair] = set()
    for pk, keys in own.items():
        clues = [place for key in keys if key in holders for place in near[key]]
        beside = set().union(*(holders.get(place, ()) for place in clues)) - {pk}
        found |= {(min(pk, other), max(pk, other)) for other in beside}
    return found


def _postings_of(stories: Iterable[int]) -> dict[int, set[str]]:
    """The rare words of stories, each in its days."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Posting.objects.filter(page__story__in=among(stories), page__is_visible=True)
    for story, key in rows.values_list("page__story", "key"):
        found[story].add(key)
    return found


def _around(key: str) -> list[str]:
    return list(map(spelled, around(read(key))))


def _holders(keys: Iterable[str]) -> dict[str, set[int]]:
    """The listed stories that have these rare words, where they are not very many."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = Posting.objects.filter(
        key__in=among(keys), page__is_visible=True, page__story__lead__isnull=False
    )
    for key, story in rows.values_list("key", "page__story"):
        found[key].add(story)
    return {key: stories for key, stories in found.items() if len(stories) <= FULL}


@dataclass(slots=True)
class _Side:
    """A story, as another is compared with it: what readers see of it."""

    story: int
    titles: list[str] = field(default_factory=list)
    providers: set[int | None] = field(default_factory=set)
    # All that are dated, hidden ones too: when, and by which URL.
    pages: dict[int, Founding] = field(default_factory=dict)
    words: Vector = field(default_factory=dict)
    middle: float = 0.0  # when half of its reports were there, in hours

    def founding(self) -> Founding:
        """What orders stories: the earlier keeps its address."""
        return min(self.pages.values())


def _sides(stories: Iterable[int]) -> dict[int, _Side]:
    sides = {story: _Side(story) for story in stories}
    rows = Page.objects.filter(story__in=among(sides)).exclude(published_at=None)
    in_order = rows.order_by("published_at", "canonical_url")
    for story, pk, title, provider, visible, at, url in in_order.values_list(
        "story",
        "pk",
        "title",
        "provider",
        "is_visible",
        "published_at",
        "canonical_url",
    ):
        side = sides[story]
        assert at is not None
        side.pages[pk] = at, url
        if visible:
            side.titles.append(title)
            side.providers.add(provider)
    for side in sides.values():
        side.words = words_of(side.titles)
        times = sorted(at for at, _ in side.pages.values())
        side.middle = times[len(times) // 2].timestamp() / HOUR
    return sides


def _silence(one: Story, other: Story) -> float:
    """Hours between the last report of one and the first of the other, or 0."""
    assert one.first_at and one.latest_at and other.first_at and other.latest_at
    gap = max(one.first_at - other.latest_at, other.first_at - one.latest_at)
    return max(gap.total_seconds() / HOUR, 0.0)
