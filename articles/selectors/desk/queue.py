"""The queue of the desk: stories that wait, strongest or newest first."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import (
    Article,
    ArticleTopic,
    Decision,
    Mention,
    Page,
    QueuedStory,
    Story,
    Totals,
)
from articles.models.article import FOR_AN_EDITOR
from articles.rendering.summaries import Picture, TopicName, picture_of
from articles.rules.reasons import why_there
from articles.rules.text.sentence import first_sentence
from articles.selectors.cursor import Keyset

PAGE = 50
LOOKED_AT = 5_000  # stories that a search goes through at once
FIRST = 100  # top stories among which a place is told
NAMES = 3  # publishers in view
TOPICS = 3
MOST_WORDS = 10
TOP = ("tier", "score", "public_id")
ORDERS = {
    "strongest": Keyset(TOP, (int, float, str)),
    "newest": Keyset(("newest_at", "public_id"), (datetime, str)),
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the queue somebody wants to see; "" for all of it."""

    words: str = ""
    topic: str = ""  # slug
    provider: str = ""  # domain

    def __bool__(self) -> bool:
        return bool(self.words or self.topic or self.provider)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A story that waits, as it would be if its best article were published."""

    story: int
    best: int  # page
    article: int
    title: str
    sentence: str
    url: str  # the publisher's
    picture: Picture | None
    publishers: tuple[tuple[str, str], ...]  # names and domains, the best's first
    more: int  # publishers beside these
    page_count: int
    provider_count: int
    waiting: int
    published_at: datetime
    quality: int | None
    topics: tuple[TopicName, ...]
    why: str
    planned: Decision | None  # the standing plan to publish it

    @property
    def state(self) -> str:
        return state_of(self.best, self.waiting)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some rows of the queue and where it goes on; None is the end."""

    rows: tuple[QueueRow, ...]
    next_cursor: str | None


def state_of(best: int, waiting: int) -> str:
    """What a row shows that matters to who decides on it."""
    return f"{best}-{waiting}"


def queue_page(order: str, narrowed: Narrowed, before: str | None) -> QueuePage:
    """A page of the queue; raises InvalidCursor."""
    keyset = ORDERS[order]
    if narrowed:
        found, cursor = keyset.part(
            _narrowed(narrowed),
            along=QueuedStory.objects.all(),
            size=PAGE,
            before=before,
            most=LOOKED_AT,
        )
    else:
        found, cursor = keyset.page(_rows(), size=PAGE, before=before)
    return QueuePage(tuple(_shaped(found)), cursor)


def waiting_pages(stories: Collection[int]) -> list[Page]:
    """The pages of these stories whose articles wait for an editor."""
    waiting = Article.objects.filter(FOR_AN_EDITOR, page__story__in=stories)
    pages = Page.objects.filter(article__in=waiting)
    return list(pages.select_related("article").order_by("pk"))


def _rows() -> QuerySet[QueuedStory]:
    return QueuedStory.objects.select_related("story", "best__article").only(
        *(field.name for field in QueuedStory._meta.fields),
        "story__title",
        "best__title",
        "best__excerpt",
        "best__url",
        "best__canonical_url",
        "best__published_at",
        "best__quality",
        "best__provider",
        "best__image_url",
        "best__image_width",
        "best__image_height",
        "best__article__source_name",
    )


def _narrowed(wanted: Narrowed) -> QuerySet[QueuedStory]:
    rows = _rows()
    for word in wanted.words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(best__title__icontains=word) | Q(story__title__icontains=word)
        )
    if wanted.topic:
        labels = ArticleTopic.objects.filter(topic__slug=wanted.topic)
        rows = rows.filter(Exists(labels.filter(article=OuterRef("best__article"))))
    if wanted.provider:
        rows = rows.filter(best__provider__domain=wanted.provider)
    return rows


def _shaped(found: Sequence[QueuedStory]) -> Iterable[QueueRow]:
    if not found:
        return
    names = _publishers(found)
    topics = _topics(found)
    plans = _plans(found)
    top = _top()
    newest = Totals.objects.values_list("newest_at", flat=True).first()
    for row in found:
        best, article = row.best, row.best.article
        assert article is not None and best.published_at is not None
        publishers = names[row.story_id]
        yield QueueRow(
            story=row.story_id,
            best=best.pk,
            article=article.pk,
            title=row.story.title or best.title or best.canonical_url,
            sentence=first_sentence(best.excerpt),
            url=best.url,
            picture=picture_of(best),
            publishers=tuple(publishers.items())[:NAMES],
            more=max(0, row.provider_count - NAMES),
            page_count=row.page_count,
            provider_count=row.provider_count,
            waiting=row.waiting,
            published_at=best.published_at,
            quality=best.quality,
            topics=tuple(topics[article.pk][:TOPICS]),
            why=why_there(
                _place(row, top),
                row.provider_count,
                best.quality,
                best.published_at,
                newest,
                first=FIRST,
            ),
            planned=plans.get(article.source_name),
        )


def _top() -> list[tuple[Any, ...]]:
    """Where the first of the top stories stand."""
    listed = Story.objects.listed().order_by(*(f"-{one}" for one in TOP))
    return list(listed[:FIRST].values_list(*TOP))


def _place(row: QueuedStory, top: Sequence[tuple[Any, ...]]) -> int | None:
    """Where it would stand among the first top stories, from 1; None: below them."""
    own = tuple(getattr(row, name) for name in TOP)
    before = bisect_left(range(len(top)), True, key=lambda at: top[at] <= own)
    return before + 1 if before < FIRST else None


def _publishers(found: Sequence[QueuedStory]) -> Mapping[int, dict[str, str]]:
    """The publishers that each story would have: domains by name, the best's first."""
    named = Mention.objects.filter(
        page=OuterRef("pk"), article=OuterRef("story__queued__best__article")
    )
    best = [row.best_id for row in found]
    seen = Q(pk__in=best) | Q(is_visible=True) | (Q(is_withdrawn=False) & Exists(named))
    pages = Page.objects.filter(seen, story__in=[row.story_id for row in found])
    rows = pages.values_list(
        "story", "pk", "quality", "provider__name", "provider__domain"
    )
    names: dict[int, dict[str, str]] = defaultdict(dict)
    held = set(best)
    for story, _, _, name, domain in sorted(
        rows, key=lambda row: (row[1] not in held, -(row[2] or 0), row[1])
    ):
        names[story].setdefault(name or domain, domain)
    return names


def _topics(found: Sequence[QueuedStory]) -> Mapping[int, list[TopicName]]:
    """The topics of the best articles, the most telling first."""
    labels = ArticleTopic.objects.filter(
        article__in=[row.best.article_id for row in found]
    )
    names: dict[int, list[TopicName]] = defaultdict(list)
    for article, name, slug in labels.order_by("-position").values_list(
        "article", "topic__name", "topic__slug"
    ):
        names[article].append(TopicName(name, slug))
    return names


def _plans(found: Sequence[QueuedStory]) -> dict[str, Decision]:
    sources = [row.best.article.source_name for row in found if row.best.article]
    plans = Decision.objects.waiting().filter(kind=Decision.Kind.PUBLISH_AT)
    return {one.source_name: one for one in plans.filter(source_name__in=sources)}
