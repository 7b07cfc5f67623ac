"""What the list of articles can be narrowed to, and how addresses say so."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.db.models import Value
from django.http import QueryDict

from articles.models import Provider, Topic

from .filters import YES_NO, Filters, choice, day, text

NAMED = 30  # topics and publishers that are suggested
YEAR, MONTH, DAY = (f"published_at__{part}" for part in ("year", "month", "day"))


class ArticleFilters(Filters):
    """The filters of the list of articles."""

    former = {
        "published": ("published__exact",),
        "drop": ("drop_published__exact",),
        "type": ("type__exact",),
        "topic": ("topics__id__exact",),
        "since": ("published_at__gte", YEAR, MONTH, DAY),
        "until": ("published_at__lt", YEAR, MONTH, DAY),
    }

    waiting = choice(
        "Waiting",
        [
            ("editor", "for an editor"),
            ("day", "for its date: dated ahead"),
            ("any", "for either"),
        ],
    )
    decision = choice(
        "Decision",
        [
            ("none", "none"),
            ("any", "has one"),
            ("publish", "published"),
            ("withdraw", "withdrawn"),
        ],
    )
    by = text("Decided by", most=150)
    published = choice("Readers get it", YES_NO)
    drop = choice("Drop says published", YES_NO)
    publisher = text("Publisher", suggested="desk-publishers")
    topic = text("Topic", suggested="desk-topics", most=200)
    picture = choice("Picture", [("yes", "with one"), ("no", "without")])
    quality = choice(
        "Quality",
        [
            ("100", "100 and more"),
            ("75", "75 to 99"),
            ("50", "50 to 74"),
            ("25", "25 to 49"),
            ("0", "under 25"),
            ("none", "not given"),
        ],
    )
    type = text("Type", most=40)
    run = forms.IntegerField(
        label="Import run", required=False, min_value=1, max_value=10**18
    )
    since = day("From")
    until = day("To")

    @classmethod
    def values(cls, params: QueryDict, given: set[str]) -> dict[str, Any]:
        found = super().values(params, given)
        if "topics__id__exact" in given:
            known = Topic.objects.filter(pk=int(str(params["topics__id__exact"])))
            found["topic"] = known.values_list("slug", flat=True).first() or "?"
        for name in ("since", "until"):
            # Once moments: their days.
            found[name] = str(found.get(name) or "")[:10]
        if YEAR in given:
            found["since"], found["until"] = _span(params)
        return found

    def suggestions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        topics = Topic.objects.order_by("-story_count", "pk").values("pk")[:NAMED]
        largest = Provider.objects.order_by("-page_count", "pk").values("pk")[:NAMED]
        rows = (
            Topic.objects.filter(pk__in=topics)
            .values_list(Value("desk-topics"), "slug", "name")
            .union(
                Provider.objects.filter(pk__in=largest).values_list(
                    Value("desk-publishers"), "domain", "name"
                )
            )
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for id, value, name in sorted(rows):
            found.setdefault(id, []).append((value, name))
        return list(found.items())


def _span(params: QueryDict) -> tuple[date, date]:
    """The first and the last day of a year, of its month, or a day itself."""
    year = int(str(params[YEAR]))
    month, day_ = (
        int(str(params[name])) if name in params else 0 for name in (MONTH, DAY)
    )
    last_month = month or 12
    last_day = day_ or monthrange(year, last_month)[1]
    return date(year, month or 1, day_ or 1), date(year, last_month, last_day)
