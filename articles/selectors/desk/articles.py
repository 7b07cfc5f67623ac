"""Which articles the desk lists, and how much is looked at to find them.

Some conditions have an index that gives their articles newest first: these lead. What
else is asked for is looked for among so many of the newest, never among all there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import make_aware

from articles.models import (
    Article,
    ArticleTopic,
    Drop,
    DropVersion,
    Image,
    Provider,
    Topic,
)
from articles.models.article import DATED_AHEAD, FOR_AN_EDITOR, UNDECIDED

from .article import made_on_readers

LOOKED_AT = 10_000
NEWEST = ("-published_at", "-pk")

SAYS_PUBLISHED = Q(drop_published=True, drop_removed=False)

WAITS = {"editor": FOR_AN_EDITOR, "day": DATED_AHEAD, "any": UNDECIDED}
DECIDED = {
    "none": Q(decided=None),
    "any": Q(decided__isnull=False),
    # Spelled so that an index leads to them: a column alone, or NOT, is no equality.
    "publish": Q(decided__in=[True]),
    "withdraw": Q(decided__in=[False]),
}
# Quality from, and up to but not with.
BANDS: dict[str, tuple[int | None, int | None]] = {
    "0": (None, 25),
    "25": (25, 50),
    "50": (50, 75),
    "75": (75, 100),
    "100": (100, None),
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The rows that lead, and what else is asked of them."""

    lead: QuerySet[Any]
    rest: Q
    is_bounded: bool = False  # the lead is a bounded set, in no order
    newest: tuple[str, ...] = NEWEST

    def as_they_stand(self) -> QuerySet[Any] | None:
        """All of them, read along an index; None where more has to be looked at."""
        return None if self.rest or self.is_bounded else self.lead

    def among_the_newest(self) -> QuerySet[Any]:
        """Those among the newest that are looked at."""
        if self.is_bounded:
            return self.lead.filter(self.rest)
        window = self.lead.order_by(*self.newest).values("pk")[:LOOKED_AT]
        rows: QuerySet[Any] = self.lead.model._default_manager.all()
        return rows.filter(self.rest, pk__in=window)

    def is_cut(self) -> bool:
        """Whether there are more than were looked at."""
        return self.lead.order_by()[: LOOKED_AT + 1].count() >= LOOKED_AT


def narrowed(wanted: Mapping[str, Any]) -> Narrowed:
    """The articles that are wanted, by the names of the filters; "" and None: all.

    `since` and `until` are days, both included; `run` is the key of an import run.
    """
    asked = {name: value for name, value in wanted.items() if value not in ("", None)}
    days = _days(asked.pop("since", None), asked.pop("until", None))
    conditions = {name: CONDITIONS[name](value) for name, value in asked.items()}
    for name, leading in BOUNDED_LEADS.items():
        if name in asked:
            del conditions[name]
            rest = Q(days, *conditions.values())
            return Narrowed(leading(asked[name], days), rest, True)
    for name in INDEXED:
        if name in asked and (name, asked[name]) not in UNINDEXED:
            days &= conditions.pop(name)
            break
    rest = Q(*conditions.values())
    return Narrowed(Article.objects.filter(days), rest)


def _days(since: date | None, until: date | None) -> Q:
    found = Q()
    if since:
        found &= Q(published_at__gte=_midnight(since))
    if until and until < date.max:
        found &= Q(published_at__lt=_midnight(until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _publisher(typed: str) -> Q:
    """The one of a domain, else the largest one of a name."""
    domain = typed.lower().removeprefix("www.")
    known = Provider.objects.filter(domain=domain)
    if "." not in typed or " " in typed:
        known = Provider.objects.filter(name__iexact=typed).order_by("-page_count")
    return Q(provider=Subquery(known.values("pk")[:1]))


def _topic(typed: str) -> QuerySet[Any]:
    named = Q(slug=typed) | Q(key=typed.casefold())
    return Topic.objects.filter(named).values("pk")[:1]


def _has_topic(typed: str) -> Q:
    label = ArticleTopic.objects.filter(article=OuterRef("pk"))
    return Q(Exists(label.filter(topic=Subquery(_topic(typed)))))


def _decided_by(author: str) -> Q:
    made = made_on_readers().filter(author=author)
    return Q(Exists(made.filter(source_name=OuterRef("source_name"))))


def _brought_by(run: int) -> Q:
    brought = Drop.objects.filter(current__import_run=run)
    return Q(Exists(brought.filter(source_name=OuterRef("source_name"))))


def _of_quality(band: str) -> Q:
    if band == "none":
        return Q(quality=None)
    least, below = BANDS[band]
    found = Q() if least is None else Q(quality__gte=least)
    return found if below is None else found & Q(quality__lt=below)


def _with_picture(answer: str) -> Q:
    pictured = Q(Exists(Image.objects.filter(article=OuterRef("pk"))))
    return pictured if answer == "yes" else ~pictured


CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "waiting": lambda key: WAITS[key],
    "decision": lambda key: DECIDED[key],
    "published": lambda key: Q(published__in=[key == "1"]),
    "drop": lambda key: SAYS_PUBLISHED if key == "1" else ~SAYS_PUBLISHED,
    "publisher": _publisher,
    "topic": _has_topic,
    "by": _decided_by,
    "run": _brought_by,
    "quality": _of_quality,
    "picture": _with_picture,
    "type": lambda key: Q(type=key),
}
# Those whose articles an index has newest first, the narrowest of them first.
INDEXED = ("publisher", "decision", "waiting", "published")
UNINDEXED = {("decision", "none"), ("decision", "any"), ("waiting", "editor")}


def _newest_of_topic(typed: str, days: Q) -> QuerySet[Article]:
    labels = ArticleTopic.objects.filter(days, topic=Subquery(_topic(typed)))
    newest = labels.order_by("-published_at").values("article")
    return Article.objects.filter(pk__in=newest[:LOOKED_AT])


def _newest_of_run(run: int, days: Q) -> QuerySet[Article]:
    brought = DropVersion.objects.filter(import_run=run, current_of__isnull=False)
    names = brought.order_by("-pk").values("current_of__source_name")[:LOOKED_AT]
    return Article.objects.filter(source_name__in=names)


BOUNDED_LEADS: dict[str, Callable[[Any, Q], QuerySet[Article]]] = {
    "run": _newest_of_run,
    "topic": _newest_of_topic,
}
