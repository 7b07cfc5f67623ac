"""What the desk shows of one article, and of each in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, QuerySet, Subquery, Value, When

from articles.library.decisions import READERS
from articles.models import Article, Decision, Mention

from .since import newest_decision
from .story import DeskPage, desk_page

MOST_NAMED = 180  # articles of a related list that are shown
OTHER_KINDS = sorted({*Decision.Kind} - {*READERS})


def made_on_readers() -> QuerySet[Decision]:
    """Standing decisions to publish and withdraw, to be found by what they name.

    Asked for by their kinds, the index of these would be taken, which leads to all.
    """
    return Decision.objects.standing().exclude(kind__in=OTHER_KINDS)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands, in a word, and who decided so."""

    key: str  # published, chosen, withdrawn, ahead, removed or waiting
    words: str


def standing(article: Article, decided_by: str = "") -> Standing:
    """How an article stands; `decided_by` is who made the decision that counts."""
    if article.decided is not None:
        done = "published" if article.decided else "withdrawn"
        who = decided_by or "an editor"
        return Standing("chosen" if article.decided else done, f"{done} by {who}")
    if article.published:
        return Standing("published", "published")
    if article.drop_removed:
        return Standing("removed", "removed by its drop")
    if article.drop_published:
        return Standing("ahead", "dated ahead")
    return Standing("waiting", "waiting")


def title_shown(article: Article) -> str:
    """What readers get for its title, if they get it: an editor's, else its drop's."""
    page = article.page
    is_set = page.drop_title is not None and page.article_id == article.pk
    return page.title if is_set else article.title


def deciders(articles: Iterable[Article]) -> dict[str, str]:
    """Who made the decision that counts, by the source names of decided articles."""
    names = [one.source_name for one in articles if one.decided is not None]
    made = made_on_readers().filter(source_name__in=names)
    return dict(made.order_by("pk").values_list("source_name", "author"))


def decision_on(article: Article) -> tuple[Decision | None, int]:
    """The decision that counts, where there is one, and the newest on anything."""
    if article.decided is None:
        return None, newest_decision()
    newest = Decision.objects.order_by("-pk").values("pk")[:1]
    made = made_on_readers().annotate(newest=Subquery(newest))
    own = made.filter(source_name=article.source_name)
    of_page = made.filter(source_name="", canonical_url=article.page.canonical_url)
    latest: Any = own.union(of_page).order_by("-id").first()
    return latest, latest.newest if latest else newest_decision()


def said_by_drop(article: Article) -> tuple[str, list[str]]:
    """Where the drop says its picture is, "" where it has none, and its topics."""
    pictures = article.images.annotate(words=F("url"), what=Value("picture"))
    label = Case(When(name="", then=F("topic__name")), default=F("name"))
    topics = article.labels.annotate(words=label, what=Value("topic"))
    columns = "what", "position", "pk", "words"
    rows = list(pictures.values_list(*columns).union(topics.values_list(*columns)))
    held = [(what, words) for what, _, _, words in sorted(rows)]
    urls = [words for what, words in held if what == "picture"]
    return (urls or [""])[0], [words for what, words in held if what == "topic"]


@dataclass(frozen=True, slots=True)
class NamedPage:
    """What a related list names, in its own words, and the page that has it."""

    title: str
    publisher: str
    published_at: datetime | None
    page: DeskPage


def named_pages(article: Article) -> list[NamedPage]:
    """What the article's related list names, in its order; at most one too many."""
    mentions = (
        Mention.objects.filter(article=article)
        .select_related("page__provider", "related_link")
        .only(
            "position",
            "related_link__title",
            "related_link__provider_name",
            "related_link__published_at",
            "page__title",
            "page__canonical_url",
            "page__url",
            "page__published_at",
            "page__quality",
            "page__article",
            "page__is_listed",
            "page__is_visible",
            "page__is_withdrawn",
            "page__provider__name",
            "page__provider__domain",
        )
        .order_by("position", "pk")[: MOST_NAMED + 1]
    )
    return [
        NamedPage(
            title=one.related_link.title or one.page.title or one.page.canonical_url,
            publisher=one.related_link.provider_name,
            published_at=one.related_link.published_at or one.page.published_at,
            page=desk_page(one.page),
        )
        for one in mentions
    ]
