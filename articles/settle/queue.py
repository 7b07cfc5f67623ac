"""The queue of the desk: stories that wait, as they would be if they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from articles.library.decisions import Choices, choices
from articles.models import Article, Mention, Page, QueuedStory, Story
from articles.models.article import FOR_AN_EDITOR
from articles.models.bulk import among, plain_rows
from articles.models.writing import reading, writing

from .rank import rank

AT_ONCE = 400  # stories in one transaction
LOOKED_AT = (
    "canonical_url",
    "public_id",
    "published_at",
    "quality",
    "provider",
    "article",
    "story",
    "is_listed",
    "is_visible",
    "is_withdrawn",
)
# In plain SQL, prepared once: a first import queues very many.
_KEEP = """
    INSERT INTO articles_queuedstory (story_id, best_id, public_id, waiting, newest_at,
        page_count, provider_count, tier, weight, score)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (story_id) DO UPDATE SET best_id = excluded.best_id,
        public_id = excluded.public_id, waiting = excluded.waiting,
        newest_at = excluded.newest_at, page_count = excluded.page_count,
        provider_count = excluded.provider_count, tier = excluded.tier,
        weight = excluded.weight, score = excluded.score
"""


class Queued(NamedTuple):
    """A row of the queue, in the order of its columns."""

    story_id: int
    best_id: int
    public_id: str
    waiting: int
    newest_at: datetime
    page_count: int
    provider_count: int
    tier: int
    weight: float
    score: float


def keep_queue(
    stories: Sequence[Story], members: Mapping[int, Sequence[Page]], chosen: Choices
) -> None:
    """Write which of these stories wait, and as what.

    `members` has all pages of each story. Whether one waits hangs on nothing else.
    """
    unlisted = [story for story in stories if story.lead_id is None]
    gone, changed = _differing(unlisted, members, chosen)
    _write(gone | {story.pk for story in stories if story.lead_id}, changed)


def queue_again(*, mend: bool) -> int:
    """How many stories wait otherwise than is kept; `mend` puts that right.

    In parts, so that nobody waits for long.
    """
    wrong, after = 0, 0
    while True:
        with (writing if mend else reading)():
            stories = list(Story.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
            members = members_of([story.pk for story in stories])
            chosen = choices(page.pk for held in members.values() for page in held)
            gone, changed = _differing(stories, members, chosen)
            if mend:
                _write(gone, changed)
        if not stories:
            return wrong
        wrong += len(gone) + len(changed)
        after = stories[-1].pk


def members_of(stories: Sequence[int]) -> dict[int, list[Page]]:
    """The pages of each story, as far as figures look at them."""
    found: dict[int, list[Page]] = defaultdict(list)
    for page in Page.objects.filter(story__in=among(stories)).only(*LOOKED_AT):
        assert page.story_id is not None
        found[page.story_id].append(page)
    return found


def _differing(
    stories: Sequence[Story], members: Mapping[int, Sequence[Page]], chosen: Choices
) -> tuple[set[int], list[Queued]]:
    """Stories that wait no more, and rows that are not kept as they are."""
    held = _held(story.pk for story in stories) if stories else {}
    wanted = {row.story_id: row for row in _queued(stories, members, chosen)}
    changed = [row for row in wanted.values() if held.get(row.story_id) != row]
    return held.keys() - wanted.keys(), changed


def _write(gone: Collection[int], changed: Sequence[Queued]) -> None:
    if gone:
        QueuedStory.objects.filter(pk__in=among(gone)).delete()
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP, [_adapted(row) for row in changed])


def waiting_pages(
    members: Iterable[Sequence[Page]],
) -> dict[int, list[Page]]:
    """Those of the pages whose articles wait for an editor, by story."""
    held = {page.article_id: page for pages in members for page in pages}
    held.pop(None, None)
    articles = Article.objects.filter(FOR_AN_EDITOR, pk__in=among(held))
    found: dict[int, list[Page]] = defaultdict(list)
    for (article,) in plain_rows(articles.order_by().values_list("pk")) if held else ():
        page = held[article]
        assert page.story_id is not None
        found[page.story_id].append(page)
    return found


def leading(page: Page, leads: Mapping[int, int]) -> tuple[Any, ...]:
    """Orders what may lead a story: the article an editor chose last comes first.

    Then by quality, then the earliest, then by URL. `leads` has serials by page.
    """
    return (
        -leads.get(page.pk, -1),
        -(page.quality or 0),
        page.published_at,
        page.canonical_url,
    )


def _held(stories: Iterable[int]) -> dict[int, Queued]:
    rows = QueuedStory.objects.filter(pk__in=among(stories))
    return {row[0]: Queued._make(row) for row in rows.values_list(*Queued._fields)}


def _queued(
    stories: Sequence[Story], members: Mapping[int, Sequence[Page]], chosen: Choices
) -> Iterable[Queued]:
    unlisted = {story.pk: story for story in stories if story.lead_id is None}
    waiting = waiting_pages(members[story] for story in unlisted)
    best = {
        story: min(pages, key=lambda page: leading(page, chosen.leads))
        for story, pages in waiting.items()
    }
    several = [page for story, page in best.items() if len(members[story]) > 1]
    named = _named(several)
    for story, lead in best.items():
        seen = [
            page
            for page in members[story]
            if page == lead
            or (
                not page.is_withdrawn and (page.is_visible or page.pk in named[lead.pk])
            )
        ]
        yield _row(unlisted[story], lead, waiting[story], seen)


def _row(
    story: Story, lead: Page, waiting: Sequence[Page], seen: Sequence[Page]
) -> Queued:
    would_be = Story(
        pinned=story.pinned, provider_count=len({page.provider_id for page in seen})
    )
    rank(would_be, lead)
    return Queued(
        story.pk,
        lead.pk,
        story.public_id,
        len(waiting),
        max(page.published_at for page in waiting if page.published_at),
        len(seen),
        would_be.provider_count,
        would_be.tier,
        would_be.weight,
        would_be.score,
    )


def _named(leads: Sequence[Page]) -> Mapping[int, set[int]]:
    """What the lists of these pages' articles name, by page."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    page_of = {page.article_id: page.pk for page in leads}
    lists = Mention.objects.filter(article__in=among(page_of))
    for article, page in plain_rows(lists.values_list("article", "page")):
        found[page_of[article]].add(page)
    return found


def _adapted(row: Queued) -> Sequence[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return row._replace(newest_at=adapt(row.newest_at))  # type: ignore[arg-type]
