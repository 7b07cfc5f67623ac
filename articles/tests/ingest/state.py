"""What readers can get, made comparable: free of primary keys and of history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test import Client

from articles.models import (
    Article,
    ArticleTopic,
    Drop,
    Image,
    Mention,
    Page,
    Provider,
    RelatedLink,
    Stale,
    Story,
    StoryProvider,
    StoryTopic,
    Topic,
)
from articles.settle.recount import recount

State = dict[str, dict[str, Any]]
NOT_OF_THE_DROP = {"id", "page_id", "provider_id", "imported_at", "source_name"}
NOT_OF_THE_PAGE = {"id", "canonical_url", "article_id", "provider_id", "story_id"}
FEEDS = ("/feed.rss", "/feed.atom")
LISTS = ("/", "/latest/", "/covered/", "/topics/", "/providers/", "/about/")


def site_state() -> State:
    """Everything that must be a function of the drops and the decisions."""
    assert not Page.objects.exclude(stale=Stale.NO).exists()
    assert recount(mend=False) == 0
    return {
        "pages": _pages(),
        "stories": _stories(),
        "articles": _articles(),
        "topics": {
            t.key: (t.name, t.slug) for t in Topic.objects.filter(labels__isnull=False)
        },
        "providers": _providers(),
        "drops": {
            d.source_name: (d.file_name, bytes(d.current.digest))
            for d in Drop.objects.exclude(current=None).select_related("current")
        },
    }


def difference(one: State, other: State) -> list[str]:
    """In words what differs, for messages; empty if nothing does."""
    return [
        f"{part}[{key}]: {one[part].get(key)} / {other[part].get(key)}"
        for part in one
        for key in sorted(one[part].keys() | other[part].keys())
        if one[part].get(key) != other[part].get(key)
    ]


def assert_same(one: State, other: State) -> None:
    found = difference(one, other)
    assert not found, f"{len(found)} differ:\n" + "\n".join(found[:8])


def addresses() -> list[str]:
    """Every address of the public site, those of hidden articles included."""
    ids = set(Article.objects.values_list("public_id", flat=True))
    stories = ids | set(Story.objects.listed().values_list("public_id", flat=True))
    articles = ids | set(Page.objects.listed().values_list("public_id", flat=True))
    return [
        *LISTS,
        *FEEDS,
        *(f"/stories/{public_id}/" for public_id in sorted(stories)),
        *(f"/articles/{public_id}/" for public_id in sorted(articles)),
        *(
            f"/topics/{slug}/"
            for slug in Topic.objects.order_by("slug").values_list("slug", flat=True)
        ),
        *(
            f"/providers/{domain}/"
            for domain in Provider.objects.order_by("domain").values_list(
                "domain", flat=True
            )
        ),
    ]


def site_faces(
    client: Client, asked: Iterable[str] | None = None
) -> dict[str, tuple[int, str]]:
    """Status and body of every public page there is, by its address; 404s left out."""
    faces: dict[str, tuple[int, str]] = {}
    waiting = addresses() if asked is None else list(asked)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code == 404 or address in faces:
            continue
        body = answer.content.decode()
        if answer.status_code == 301:
            waiting.append(answer["Location"])
            body = answer["Location"]
        faces[address] = (answer.status_code, body)
    return faces


def raw_tables(*left_out: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the application, as the database has it."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith("articles_") and table not in left_out:
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
                found[table] = cursor.fetchall()
    return found


def tables_holding(words: str) -> list[str]:
    """Names of the tables in which these words occur, in any column."""
    return [table for table, rows in raw_tables().items() if words in repr(rows)]


def _plain(row: Any, left_out: set[str]) -> dict[str, Any]:
    names = {field.attname for field in row._meta.concrete_fields} - left_out
    return {name: getattr(row, name) for name in sorted(names)}


def _pages() -> dict[str, Any]:
    rows = Page.objects.select_related("article", "provider", "story__founder")
    return {
        page.canonical_url: _plain(page, NOT_OF_THE_PAGE)
        | {
            "article": page.article and page.article.source_name,
            "provider": page.provider and page.provider.domain,
            "story": page.story and page.story.founder.canonical_url,
        }
        for page in rows
    }


def _stories() -> dict[str, Any]:
    labels = defaultdict(list)
    parts = defaultdict(list)
    for part in StoryProvider.objects.select_related("provider").order_by(
        "provider__domain"
    ):
        parts[part.story_id].append(
            (part.provider.domain, part.first_at, part.delay, part.leads)
        )
    for label in StoryTopic.objects.select_related("topic").order_by("topic__key"):
        labels[label.story_id].append(
            (label.topic.key, label.latest_at, label.public_id)
        )
    return {
        story.founder.canonical_url: _plain(
            story, {"id", "founder_id", "lead_id", "judged"}
        )
        | {
            "lead": story.lead and story.lead.canonical_url,
            "topics": labels[story.pk],
            "parts": parts[story.pk],
        }
        for story in Story.objects.select_related("founder", "lead")
    }


def _articles() -> dict[str, Any]:
    more: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for label in ArticleTopic.objects.select_related("topic").order_by("position"):
        more[label.article_id]["topics"].append((label.topic.key, label.name))
    for image in Image.objects.exclude(article=None).order_by("position"):
        more[image.article_id]["images"].append((image.url, image.width, image.title))
    for one in Mention.objects.select_related("page", "related_link").order_by(
        "position"
    ):
        more[one.article_id]["mentions"].append(
            (
                one.page.canonical_url,
                one.position,
                one.related_link.title,
                bytes(one.related_link.digest),
            )
        )
    return {
        article.source_name: _plain(article, NOT_OF_THE_DROP)
        | {"page": article.page.canonical_url, "provider": article.provider.domain}
        | {name: more[article.pk][name] for name in ("topics", "images", "mentions")}
        for article in Article.objects.select_related("page", "provider")
    }


def _providers() -> dict[str, Any]:
    used = {
        *Article.objects.values_list("provider", flat=True),
        *Page.objects.exclude(provider=None).values_list("provider", flat=True),
        *RelatedLink.objects.filter(mentions__isnull=False).values_list(
            "provider", flat=True
        ),
    }
    return {row.domain: row.name for row in Provider.objects.all() if row.pk in used}
