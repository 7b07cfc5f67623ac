"""An editor's decisions about pages: recorded, then put into effect."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils import timezone

from articles.library.decisions import READERS
from articles.models import Article, Decision, Page, Stale
from articles.models.bulk import among, chunks, create_rows
from articles.models.writing import writing
from articles.settle import settle_pages

Subject = Article | Page


@dataclass(frozen=True, slots=True)
class Actor:
    """An editor, and where he acts: the log says so."""

    user: User | AnonymousUser
    place: str = ""  # a page of the desk
    address: str = ""  # of the network


Author = User | AnonymousUser | Actor | None


class NothingToDecide(ValueError):
    """The act would lay down nothing; the message says why."""


class Decided(NamedTuple):
    """An act, by which it can be taken back, and on how many it decided."""

    act: str
    made: int


def new_act() -> str:
    """The id of an act that is about to be recorded."""
    return uuid.uuid4().hex


def publish(
    articles: Subject | Iterable[Subject], *, by: Author = None, why: str = ""
) -> int:
    """Lay down that readers get these articles or linked pages; return how many."""
    return decide(Decision.Kind.PUBLISH, articles, by=by, why=why).made


def withdraw(
    articles: Subject | Iterable[Subject], *, by: Author = None, why: str = ""
) -> int:
    """Lay down that readers do not get these articles or linked pages."""
    return decide(Decision.Kind.WITHDRAW, articles, by=by, why=why).made


def decide(
    kind: Decision.Kind,
    articles: Subject | Iterable[Subject],
    *,
    by: Author = None,
    why: str = "",
    act: str = "",
) -> Decided:
    """Publish or withdraw, as one act that can be taken back; it may go on one."""
    several = [articles] if isinstance(articles, Article | Page) else list(articles)
    now, act = timezone.now(), act or new_act()
    with writing():
        pages = record(kind, several, at=now, by=by, why=why, act=act)
        settle_pages(pages, now=now)
    return Decided(act, len(several))


def record(
    kind: Decision.Kind,
    subjects: Iterable[Subject],
    *,
    at: datetime,
    by: Author = None,
    why: str = "",
    act: str = "",
) -> set[int]:
    """Write decisions and mark the pages that they are about; returns these by pk.

    An article's decision is its source's; a page's that a drop has is that drop's.
    Settling the pages puts the decisions into effect.
    """
    fields = {"at": at, "why": why, "act": act, **author_fields(by)}
    return record_named(kind, map(subject_names, subjects), fields)


def record_named(
    kind: Decision.Kind, named: Iterable[tuple[str, str]], fields: Mapping[str, Any]
) -> set[int]:
    """The same of sources and canonical URLs."""
    made = create_rows(
        Decision(kind=kind, source_name=source, canonical_url=url, **fields)
        for source, url in named
    )
    return mark_pages_of(made)


def mark_pages_of(made: Iterable[Decision]) -> set[int]:
    """Mark the pages whose standing hangs on these decisions; returns them by pk."""
    concerned: set[int] = set()
    for held in chunks(made):
        # Where the same sources were decided on before, that may no longer hold.
        sources = {one.source_name for one in held if one.source_name}
        earlier = Decision.objects.filter(source_name__in=among(sources)).exclude(
            canonical_url=""
        )
        urls = among({one.canonical_url for one in held})
        named = Q(canonical_url__in=urls)
        named |= Q(canonical_url__in=earlier.values("canonical_url"))
        found = dict(Page.objects.filter(named).values_list("pk", "stale"))
        concerned.update(found)
        behind = [pk for pk, stale in found.items() if stale == Stale.NO]
        Page.objects.filter(pk__in=among(behind)).update(stale=Stale.STANDING)
    return concerned


def publish_undecided(source_names: Sequence[str], *, at: datetime) -> None:
    """Record that new articles are published, unless an editor decided on them.

    The import is the author. A decision on the page counts as one on its article.
    """
    articles = Article.objects.filter(source_name__in=among(source_names))
    made = Decision.objects.standing().filter(kind__in=READERS)
    sources = made.filter(source_name__in=among(source_names)).values("source_name")
    pages = made.filter(source_name="").values("canonical_url")
    undecided = articles.exclude(source_name__in=sources).exclude(
        page__canonical_url__in=pages
    )
    record_named(
        Decision.Kind.PUBLISH,
        undecided.order_by("pk").values_list("source_name", "page__canonical_url"),
        {
            "at": at,
            "why": "import_seeds --publish",
            "author": "import",
            "place": "import",
        },
    )


def subject_names(subject: Subject) -> tuple[str, str]:
    """The source name and canonical URL by which a decision names its subject.

    A page that a drop has is that drop's; the source name of another is "".
    """
    if isinstance(subject, Article):
        return subject.source_name, subject.page.canonical_url
    article = subject.article
    return (article.source_name if article else ""), subject.canonical_url


def author_fields(by: Author) -> dict[str, Any]:
    """Who decides and where: the user, if it is one, and a name that outlives him."""
    actor = by if isinstance(by, Actor) else None
    user = actor.user if actor else by
    assert not isinstance(user, Actor)
    return {
        "by": user if isinstance(user, User) else None,
        "author": user.get_username() if user else "a script",
        "place": actor.place if actor else "",
        "address": actor.address if actor else "",
    }
