"""What an editor may want to look at: stories that may be two, two that may be one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from django.core.cache import cache
from django.db.models import Q, Subquery

from articles.clustering import Suggestion, suggestions
from articles.library.database import DatabaseLibrary
from articles.library.decisions import PAIR_KINDS
from articles.library.standing import about
from articles.models import Decision, ImportRun, Mention, Page, Story
from articles.models.bulk import chunks

from .story import DeskPage, called, desk_page

Kind = Decision.Kind
NEWEST = 60  # listed stories looked at at once
KEPT_FOR = 3600  # seconds
MOST = 40  # suggestions shown
REASONS = {
    "weak bridge": "its two parts have little in common",
    "long silence": "nothing was said for long between its two parts",
    "near": "they say much the same",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two parts a suggestion is about; its first page founded it."""

    pages: tuple[DeskPage, ...]
    story: int
    title: str

    @property
    def founder(self) -> int:
        return self.pages[0].pk


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as the desk shows it."""

    kind: Literal["split", "merge"]
    reason: str
    one: Part
    other: Part
    percent: int  # mean likelihood of the pairs between the parts
    silent_days: int  # between the parts; 0 where they overlap


@dataclass(frozen=True, slots=True)
class Offers:
    """Suggestions about some stories, and the story to go on from, if there is one."""

    shown: tuple[Offer, ...]
    stories: int  # looked at
    earlier: int | None  # pk of the last of them, where there are earlier ones


def offers(after: int | None = None) -> Offers:
    """Suggestions about the newest listed stories, without those already settled.

    After a story: about those that are next to it in time.
    """
    stories = _stories(after)
    more = len(stories) > NEWEST
    stories = stories[:NEWEST]
    pages = _pages_of(stories)
    members: dict[int, list[str]] = {story.pk: [] for story in stories}
    for page in pages.values():
        if page.story_id in members and page.published_at:
            members[page.story_id].append(page.canonical_url)
    found = _suggested(members, pages)
    settled = _settled([page.pk for page in pages.values()]) if found else set()
    shown = [one for one in found if not _is_settled(one, pages, settled)]
    story_of = {story.pk: story for story in stories}
    return Offers(
        tuple(_offer(one, pages, story_of) for one in shown[:MOST]),
        len(stories),
        stories[-1].pk if more else None,
    )


def _stories(after: int | None) -> list[Story]:
    found = Story.objects.listed().select_related("lead")
    if after is not None:
        last = Story.objects.filter(pk=after).values_list("latest_at", "public_id")
        for latest_at, public_id in last:
            same = Q(latest_at=latest_at, public_id__lt=public_id)
            found = found.filter(Q(latest_at__lt=latest_at) | same)
    return list(found.order_by("-latest_at", "-public_id")[: NEWEST + 1])


def _pages_of(stories: Sequence[Story]) -> dict[str, Page]:
    return {
        page.canonical_url: page
        for some in chunks(stories)
        for page in Page.objects.filter(story__in=some).select_related("provider")
    }


def _suggested(
    members: Mapping[int, Collection[str]], pages: Mapping[str, Page]
) -> list[Suggestion]:
    """What the stories suggest: worked out once, and kept until they change."""
    stamp = (
        _last_import(),
        sorted(
            (url, page.story_id, page.title, page.excerpt, str(page.published_at))
            for url, page in pages.items()
        ),
    )
    key = "suggestions-" + blake2b(repr(stamp).encode(), digest_size=16).hexdigest()
    found: list[Suggestion] | None = cache.get(key)
    if found is None:
        found = suggestions(members.values(), DatabaseLibrary())
        cache.set(key, found, KEPT_FOR)
    return found


def _last_import() -> object:
    """What changes with every import: also where it changed other pages' lists."""
    newest = Mention.objects.order_by("-pk").values("pk")[:1]
    runs = ImportRun.objects.order_by("-pk")
    return runs.values_list("pk", "finished_at", Subquery(newest)).first()


def _settled(pages: Iterable[int]) -> set[tuple[str, int, int]]:
    """Of which kind of suggestion about which two pages an editor spoke already.

    A dismissed one is the kind that is not wanted; who merged two pages wants no
    split between them, who split them no merge.
    """
    found: set[tuple[str, int, int]] = set()
    for one in about((*PAIR_KINDS, Kind.DISMISS), pages):
        if one.page is None or one.other is None:
            continue
        unwanted = {Kind.MERGE: "split", Kind.SPLIT: "merge"}
        kind = unwanted.get(Kind(one.kind)) or one.value.partition(" ")[0]
        found |= {(kind, one.page, one.other), (kind, one.other, one.page)}
    return found


def _is_settled(
    one: Suggestion,
    pages: Mapping[str, Page],
    settled: Collection[tuple[str, int, int]],
) -> bool:
    others = [pages[key].pk for key in one.other]
    return any(
        (one.kind, pages[key].pk, other) in settled
        for key in one.one
        for other in others
    )


def _offer(
    one: Suggestion, pages: Mapping[str, Page], story_of: Mapping[int, Story]
) -> Offer:
    def part(keys: Sequence[str]) -> Part:
        held = sorted((pages[key] for key in keys), key=_age)
        story = story_of[held[0].story_id or 0]
        shown = tuple(desk_page(page, lead=story.lead_id) for page in held)
        return Part(shown, story.pk, called(story))

    return Offer(
        kind=one.kind,
        reason=REASONS[one.reason],
        one=part(one.one),
        other=part(one.other),
        percent=round(100 * one.likelihood),
        silent_days=int(one.silence_hours // 24),
    )


def _age(page: Page) -> tuple[float, str]:
    assert page.published_at is not None
    return page.published_at.timestamp(), page.canonical_url
