"""What the desk shows of a story: its pages, hidden ones too, and what was decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from articles.library.standing import about
from articles.models import Decision, Page, Story

from .history import MOST_ACTS, Act, Conflict, acts_about, conflicts

Kind = Decision.Kind
# Of the desk, of readers, or an id alone; the desk's first, for it has both words.
DESK_ADDRESS = re.compile(r"/story/(\d{1,18})(?:/|$)")
ADDRESS = re.compile(r"(?:/(?:stories|articles)/|^)([\w-]{1,16})/?(?:[^/]*/?)?$")


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page as the desk shows it, whatever readers get of it."""

    pk: int
    title: str
    url: str
    provider: str
    published_at: datetime | None
    quality: int | None
    state: str  # listed, visible, withdrawn or hidden
    article: int | None  # pk, where a drop has the page
    is_lead: bool


@dataclass(frozen=True, slots=True)
class StoryDesk:
    """A story with all its pages, earliest first."""

    story: Story
    pages: tuple[DeskPage, ...]
    acts: tuple[Act, ...]  # about its pages, the newest first
    conflicts: tuple[Conflict, ...]
    note: Act | None  # what somebody left for the others at the desk


def story_desk(story: Story) -> StoryDesk:
    """All that an editor needs to judge a story."""
    pages = list(
        Page.objects.filter(story=story)
        .select_related("provider", "article")
        .order_by("published_at", "canonical_url")
    )
    acts = acts_about(pages)
    at_odds: list[Conflict] = []
    if any(act.id and act.undone_at is None for act in acts):
        ours = {act.id for act in acts} - {""}
        at_odds = [
            one for one in conflicts([page.pk for page in pages]) if one.act.id in ours
        ]
    shown = tuple(desk_page(page, lead=story.lead_id) for page in pages)
    notes = (one for one in acts if one.kind == Kind.NOTE and not one.undone_at)
    note = next(notes, None)
    note = note if note and note.value else None
    return StoryDesk(story, shown, tuple(acts[:MOST_ACTS]), tuple(at_odds), note)


def note_about(story: Story) -> Decision | None:
    """What somebody left for the others at the desk, if it was not taken away."""
    pages = Page.objects.filter(story=story).values_list("pk", flat=True)
    made = about([Kind.NOTE], pages)
    if not made or not made[-1].value:
        return None
    return Decision.objects.get(pk=made[-1].pk)


def desk_page(page: Page, *, lead: int | None = None) -> DeskPage:
    """Shape a page; its provider must have been selected with it."""
    state = "hidden"
    if page.is_withdrawn:
        state = "withdrawn"
    elif page.is_listed or page.is_visible:
        state = "listed" if page.is_listed else "visible"
    return DeskPage(
        pk=page.pk,
        title=page.title or page.canonical_url,
        url=page.url or page.canonical_url,
        provider=page.provider.name or page.provider.domain if page.provider else "",
        published_at=page.published_at,
        quality=page.quality,
        state=state,
        article=page.article_id,
        is_lead=page.pk == lead,
    )


def called(story: Story) -> str:
    """What the desk calls a story, whether readers have it or not."""
    return story.title or str(story.lead or story.founder)


def story_at(address: str) -> Story | None:
    """The story, for readers or not, that an address or an id of a member leads to."""
    if desk := DESK_ADDRESS.search(address):
        return Story.objects.filter(pk=desk[1]).first()
    found = ADDRESS.search(address.partition("?")[0].partition("#")[0].strip())
    if found is None:
        return None
    members = Page.objects.with_id(found[1]).values("pk")
    return (
        Story.objects.filter(public_id=found[1]).first()
        or Story.objects.filter(pages__in=members).first()
    )
