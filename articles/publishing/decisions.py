"""An editor's decisions about pages: recorded, then put into effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from articles.models import Article, Decision, Page, Stale
from articles.models.bulk import among, chunks, create_rows
from articles.models.writing import writing
from articles.settle import settle_pages
from articles.settle.standing import KINDS

Subject = Article | Page
Author = User | AnonymousUser | None


def publish(
    articles: Subject | Iterable[Subject], *, by: Author = None, why: str = ""
) -> int:
    """Lay down that readers get these articles or linked pages; return how many."""
    return _decide(Decision.Kind.PUBLISH, articles, by=by, why=why)


def withdraw(
    articles: Subject | Iterable[Subject], *, by: Author = None, why: str = ""
) -> int:
    """Lay down that readers do not get these articles or linked pages."""
    return _decide(Decision.Kind.WITHDRAW, articles, by=by, why=why)


def record(
    kind: Decision.Kind,
    subjects: Iterable[Subject],
    *,
    at: datetime,
    by: Author = None,
    author: str = "",
    why: str = "",
) -> set[int]:
    """Write decisions and mark the pages that they are about; returns these by pk.

    An article's decision is its source's; a page's that a drop has is that drop's.
    Settling the pages puts the decisions into effect.
    """
    fields = {"at": at, "why": why, **author_fields(by, author)}
    return _record(kind, map(subject_names, subjects), fields)


def _record(
    kind: Decision.Kind, named: Iterable[tuple[str, str]], fields: Mapping[str, Any]
) -> set[int]:
    """The same of sources and canonical URLs."""
    made = create_rows(
        Decision(kind=kind, source_name=source, canonical_url=url, **fields)
        for source, url in named
    )
    concerned: set[int] = set()
    for held in chunks(made):
        # Where the same sources were decided on before, that may no longer hold.
        earlier = Decision.objects.filter(
            source_name__in=among({one.source_name for one in held if one.source_name})
        ).exclude(canonical_url="")
        urls = {one.canonical_url for one in held}
        urls |= set(earlier.values_list("canonical_url", flat=True))
        for some in chunks(urls):
            pages = Page.objects.filter(canonical_url__in=among(some))
            concerned.update(pages.values_list("pk", flat=True))
            pages.filter(stale=Stale.NO).update(stale=Stale.STANDING)
    return concerned


def publish_undecided(source_names: Sequence[str], *, at: datetime) -> None:
    """Record that new articles are published, unless an editor decided on them.

    The import is the author. A decision on the page counts as one on its article.
    """
    articles = Article.objects.filter(source_name__in=among(source_names))
    made = Decision.objects.standing().filter(kind__in=KINDS)
    sources = made.filter(source_name__in=among(source_names)).values("source_name")
    pages = made.filter(source_name="").values("canonical_url")
    undecided = articles.exclude(source_name__in=sources).exclude(
        page__canonical_url__in=pages
    )
    _record(
        Decision.Kind.PUBLISH,
        undecided.order_by("pk").values_list("source_name", "page__canonical_url"),
        {
            "at": at,
            "why": "import_seeds --publish",
            **author_fields(None, "import"),
        },
    )


def _decide(
    kind: Decision.Kind,
    articles: Subject | Iterable[Subject],
    *,
    by: Author,
    why: str,
) -> int:
    several = [articles] if isinstance(articles, Article | Page) else list(articles)
    now = timezone.now()
    with writing():
        pages = record(kind, several, at=now, by=by, why=why)
        settle_pages(pages, now=now)
    return len(several)


def subject_names(subject: Subject) -> tuple[str, str]:
    """The source name and canonical URL by which a decision names its subject.

    A page that a drop has is that drop's; the source name of another is "".
    """
    if isinstance(subject, Article):
        return subject.source_name, subject.page.canonical_url
    article = subject.article
    return (article.source_name if article else ""), subject.canonical_url


def author_fields(by: Author, author: str = "") -> dict[str, Any]:
    """Who decides: the user, if it is one, and a name that outlives the account."""
    name = by.get_username() if by else "a script"
    return {"by": by if isinstance(by, User) else None, "author": author or name}
