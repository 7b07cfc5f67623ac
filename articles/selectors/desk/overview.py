"""What an editor finds at the desk: counts, and exactly what each of them counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from articles.library.decisions import contradictions
from articles.library.standing import standing
from articles.models import (
    Article,
    Decision,
    Drop,
    DropVersion,
    ImportRun,
    Page,
)

from .article import made_on_readers
from .suggestions import open_suggestions

Kind = Decision.Kind
MOST = 1_000  # rows that are counted, and listed
MOST_WAITING = 10_000
LATEST_VERSIONS = 2_000  # of drops, in which changes are looked for
LATEST_RUNS = 20
_WAITING = f"""
    SELECT (SELECT COUNT(*) FROM (
        SELECT 1 FROM articles_queuedstory LIMIT {MOST_WAITING + 1}
    ) AS held), (SELECT MAX(id) FROM articles_decision)
"""


@dataclass(frozen=True, slots=True)
class Pile:
    """Some rows that an editor may want to look at; the newest come first."""

    name: str
    title: str
    noun: str  # what its rows are
    words: str  # what they have in common
    rows: Callable[[], QuerySet[Any]]
    needs: tuple[str, ...]  # permissions to see them


def capped(number: int, most: int = 0) -> str:
    """A number as the desk says it: "12", "1,000+"."""
    most = most or MOST
    return f"{number:,}" if number <= most else f"{most:,}+"


def how_many_wait() -> str:
    """How many stories wait in the queue: "12", "10,000+"."""
    return waiting_since()[0]


def waiting_since() -> tuple[str, int]:
    """The same, and the newest decision there is; one question."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        waiting, newest = cursor.fetchone()
    return capped(waiting, MOST_WAITING), newest or 0


def sizes(piles: Sequence[Pile]) -> list[int]:
    """How many rows each has, `MOST` + 1 at the most; one question for all."""
    if not piles:
        return []
    asked = [
        pile.rows().order_by().values_list("pk")[: MOST + 1].query.sql_with_params()
        for pile in piles
    ]
    counts = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS held)" for sql, _ in asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [one for _, given in asked for one in given])
        return list(cursor.fetchone())


def conflicting() -> int:
    """How many decisions contradict earlier ones, of the latest."""
    if not standing([Kind.SPLIT]).exists():
        return 0
    return len(contradictions())


def published_today() -> QuerySet[Article]:
    """Articles that readers get since somebody decided so today."""
    midnight = datetime.combine(timezone.localdate(), time())
    today = Decision.objects.standing().filter(
        kind=Kind.PUBLISH, at__gte=timezone.make_aware(midnight)
    )
    sources = today.exclude(source_name="").values("source_name")
    return _newest(Article.objects.filter(decided=True, source_name__in=sources))


def changed_since() -> QuerySet[Article]:
    """Articles that editors published, and whose drops changed afterwards.

    Among the latest versions that came.
    """
    latest = DropVersion.objects.order_by("-pk")[:LATEST_VERSIONS].values("drop")
    made = made_on_readers().filter(source_name=OuterRef("source_name"))
    decided_at = Subquery(made.order_by("-pk").values("at")[:1])
    sources = Drop.objects.filter(pk__in=latest).values("source_name")
    decided = Article.objects.filter(decided=True, source_name__in=sources)
    return _newest(decided.alias(at=decided_at).filter(imported_at__gt=F("at")))


def dated_ahead() -> QuerySet[Article]:
    return Article.objects.waiting().order_by("published_at", "pk")


def planned() -> QuerySet[Decision]:
    return Decision.objects.waiting().order_by("due_at", "pk")


def problem_runs() -> QuerySet[ImportRun]:
    """Of the latest imports those that rejected or complained about something."""
    latest = ImportRun.objects.order_by("-pk").values("pk")[:LATEST_RUNS]
    wrong = ~Q(rejected=0) | ~Q(problems=[])
    return ImportRun.objects.filter(wrong, pk__in=latest).order_by("-pk")


def withdrawn_links() -> QuerySet[Page]:
    """Linked articles that editors withdrew: no drop has them."""
    made = Decision.objects.standing().filter(kind=Kind.WITHDRAW, source_name="")
    pages = Page.objects.filter(is_withdrawn=True, article=None)
    return pages.filter(canonical_url__in=made.values("canonical_url")).order_by(
        F("published_at").desc(nulls_last=True), "-pk"
    )


def _newest(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.order_by("-published_at", "-pk")


SEES_ARTICLES = ("articles.view_article",)
PILES = {
    pile.name: pile
    for pile in (
        Pile(
            "published-today",
            "Published today",
            "article",
            "that somebody decided on today and that readers get",
            published_today,
            SEES_ARTICLES,
        ),
        Pile(
            "changed",
            "Changed since publication",
            "article",
            "of which another version came after an editor published them",
            changed_since,
            SEES_ARTICLES,
        ),
        Pile(
            "dated-ahead",
            "Dated ahead",
            "article",
            "that come out by themselves when their day has come",
            dated_ahead,
            SEES_ARTICLES,
        ),
        Pile(
            "planned",
            "Planned",
            "article",
            "that an editor lets out at a time",
            planned,
            (*SEES_ARTICLES, "articles.view_decision"),
        ),
        Pile(
            "withdrawn-links",
            "Withdrawn linked articles",
            "linked article",
            "that lists name, no drop has, and editors withdrew",
            withdrawn_links,
            ("articles.view_page",),
        ),
        Pile(
            "imports",
            "Imports with problems",
            "import",
            f"of the latest {LATEST_RUNS} that rejected or complained about something",
            problem_runs,
            ("articles.view_importrun",),
        ),
    )
}


def possible_duplicates() -> int:
    """How many suggestions to merge two stories nobody answered yet; bounded."""
    return open_suggestions("merge")[: MOST + 1].count()


def titles_of(plans: Iterable[Decision]) -> dict[str, Article]:
    """The articles that plans are about, by source name."""
    sources = [one.source_name for one in plans if one.source_name]
    return {
        one.source_name: one
        for one in Article.objects.filter(source_name__in=sources).only(
            "source_name", "title"
        )
    }
