"""Suggestions as the desk shows them: both parts, why, and what readers would get."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.timezone import localdate

from articles.library.decisions import age
from articles.models import Page, Suggestion
from articles.models.bulk import among
from articles.models.suggestion import SuggestionQuerySet
from articles.selectors.cursor import Keyset

from .outcome import Faces, Outcome, outcome
from .story import DeskPage, desk_page

SHOWN = 20  # suggestions on a page
NAMED = 6  # publishers of a part
ORDER = Keyset(("publishers", "strength", "id"), (int, float, int))
KINDS: Mapping[str, Literal["split", "merge"]] = {"split": "split", "merge": "merge"}
READ = (
    "canonical_url",
    "url",
    "title",
    "published_at",
    "quality",
    "story",
    "article",
    "is_listed",
    "is_visible",
    "is_withdrawn",
    "provider__name",
    "provider__domain",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two parts a suggestion is about; its first page founded it."""

    pages: tuple[DeskPage, ...]  # what leads first, then earliest first
    founder: int
    story: int
    alone: Outcome  # as a story by itself
    publishers: tuple[str, ...]  # the first of them
    more: int  # publishers besides
    first_at: datetime
    last_at: datetime

    @property
    def one_day(self) -> bool:
        """Whether all of it came on one day, as the desk tells days."""
        return localdate(self.first_at) == localdate(self.last_at)


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as the desk shows it."""

    kind: Literal["split", "merge"]
    reason: str
    one: Part  # keeps its address
    other: Part
    words: str  # that both say, or only the first part
    other_words: str  # that only the second part says
    silent_days: int  # between the parts; 0 where they overlap
    publishers: int
    whole: Outcome  # both parts as one story: what is split, or what came of a merge
    address: str  # public id, which the first part keeps


@dataclass(frozen=True, slots=True)
class Offers:
    """Suggestions, strongest first, and the cursor to go on."""

    shown: tuple[Offer, ...]
    before: str | None


def open_suggestions(kind: str = "") -> SuggestionQuerySet:
    """Those that nobody answered; of one kind, or of both."""
    found = Suggestion.objects.open()
    return found.filter(kind=kind) if kind else found


def offers(kind: str = "", before: str | None = None) -> Offers:
    """A page of suggestions, those that most publishers are involved in first.

    Raises InvalidCursor.
    """
    rows = open_suggestions(kind).select_related("story", "other")
    found, going_on = ORDER.page(rows, size=SHOWN, before=before)
    pages = _pages_of({pk for one in found for pk in _stories(one)})
    faces = Faces.of([page.pk for held in pages.values() for page in held])
    made = (_offer(one, pages, faces) for one in found)
    return Offers(tuple(one for one in made if one), going_on)


def _stories(one: Suggestion) -> list[int]:
    return [pk for pk in (one.story_id, one.other_id) if pk is not None]


def _pages_of(stories: Iterable[int]) -> dict[int, list[Page]]:
    """All dated pages of the stories, hidden ones too, earliest first."""
    found: dict[int, list[Page]] = defaultdict(list)
    rows = Page.objects.filter(story__in=among(stories)).exclude(published_at=None)
    for page in rows.select_related("provider").only(*READ):
        found[page.story_id or 0].append(page)
    return {story: sorted(held, key=age) for story, held in found.items()}


def _offer(
    one: Suggestion, pages: Mapping[int, Sequence[Page]], faces: Faces
) -> Offer | None:
    """None where the stories have other pages by now."""
    held = pages.get(one.story_id, ())
    if one.other_id is None:
        leaves = one.leaves
        staying = [page for page in held if page.pk not in leaves]
        leaving = [page for page in held if page.pk in leaves]
        if not staying or len(leaving) < len(leaves):
            return None
    else:
        beside = pages.get(one.other_id, ())
        if not held or not beside:
            return None
        staying, leaving = sorted(
            (list(held), list(beside)), key=lambda part: age(part[0])
        )
    address = {story.pk: story.public_id for story in (one.story, one.other) if story}
    return Offer(
        kind=KINDS[one.kind],
        reason=one.reason,
        one=_part(staying, faces),
        other=_part(leaving, faces),
        words=one.words,
        other_words=one.other_words,
        silent_days=int(one.silence_hours // 24),
        publishers=one.publishers,
        whole=outcome([*staying, *leaving], faces),
        address=address[staying[0].story_id or 0],
    )


def _part(pages: Sequence[Page], faces: Faces) -> Part:
    first, last = pages[0].published_at, pages[-1].published_at
    assert first and last
    alone = outcome(pages, faces)
    shown = sorted(pages, key=lambda page: page.title != alone.headline)
    names = [
        page.provider.name or page.provider.domain
        for page in pages
        if page.provider and page.is_visible
    ]
    named = tuple(dict.fromkeys(names))
    return Part(
        pages=tuple(desk_page(page) for page in shown),
        founder=pages[0].pk,
        story=pages[0].story_id or 0,
        alone=alone,
        publishers=named[:NAMED],
        more=len(named[NAMED:]),
        first_at=first,
        last_at=last,
    )
