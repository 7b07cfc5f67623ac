"""What an editor may want to look at: stories that may be two, two that may be one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.clustering import Suggestion, suggest_merges, suggest_splits
from articles.library.database import DatabaseLibrary
from articles.library.decisions import pair_decisions
from articles.models import Decision, Page, Story
from articles.models.bulk import chunks

from .story import DeskPage, called, desk_page

NEWEST = 200  # listed stories looked at
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


def offers() -> list[Offer]:
    """Suggestions about the newest listed stories, without those already settled."""
    stories = list(
        Story.objects.listed()
        .select_related("lead")
        .order_by("-latest_at", "-public_id")[:NEWEST]
    )
    pages = _pages_of(stories)
    members: dict[int, list[str]] = {story.pk: [] for story in stories}
    for page in pages.values():
        if page.story_id in members and page.published_at:
            members[page.story_id].append(page.canonical_url)
    library = DatabaseLibrary()
    found: list[Suggestion] = []
    for held in members.values():
        if len(held) > 1:
            found += suggest_splits(held, library)
    found += suggest_merges(filter(None, members.values()), library)
    settled = _settled([page.pk for page in pages.values()])
    shown = [one for one in found if not _is_settled(one, pages, settled)]
    story_of = {story.pk: story for story in stories}
    return [_offer(one, pages, story_of) for one in shown[:MOST]]


def _pages_of(stories: Sequence[Story]) -> dict[str, Page]:
    return {
        page.canonical_url: page
        for some in chunks(stories)
        for page in Page.objects.filter(story__in=some).select_related("provider")
    }


def _settled(about: Collection[int]) -> set[tuple[str, int, int]]:
    """Of which kind of suggestion about which two pages an editor spoke already.

    A dismissed one is the kind that is not wanted; who merged two pages wants no
    split between them, who split them no merge.
    """
    found: set[tuple[str, int, int]] = set()
    for one in pair_decisions(about):
        unwanted = "split" if one.kind == "merge" else "merge"
        found |= {(unwanted, one.a, one.b), (unwanted, one.b, one.a)}
    dismissed = Decision.objects.standing().filter(kind=Decision.Kind.DISMISS)
    ends = dismissed.with_pages().values_list("value", "page", "other_page")
    for name, page, other in ends:
        if page is not None and other is not None:
            kind = name.partition(" ")[0]
            found |= {(kind, page, other), (kind, other, page)}
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
