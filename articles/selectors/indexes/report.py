"""What a publisher does in stories that others cover too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from articles.models import StoryProvider
from articles.models.sql import Prepared, aware, given
from articles.rendering.summaries import ProviderName
from articles.rules.timeliness import Timeliness, timeliness

REPORTED = 1000  # stories, the publisher's newest
COMPANIONS = 6
OFTEN = 2  # stories together


@dataclass(frozen=True, slots=True)
class Companion:
    """A publisher, and in how many of the stories it has a part."""

    provider: ProviderName
    stories: int


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """A publisher's part in its newest shared stories, and who else was there."""

    figures: Timeliness
    since: datetime  # when its page in the oldest of these stories came out
    is_cut: bool  # there are more than these
    companions: tuple[Companion, ...]


def provider_report(provider: int) -> ProviderReport | None:
    """The report of a publisher by pk, None if it shares no story; two queries."""
    rows = _NEWEST.rows(provider=provider)
    if not rows:
        return None
    newest = rows[:REPORTED]
    return ProviderReport(
        figures=timeliness((delay, leads) for _, delay, leads in newest),
        since=aware(newest[-1][0]),
        is_cut=len(rows) > REPORTED,
        companions=_companions(provider),
    )


def _companions(provider: int) -> tuple[Companion, ...]:
    """Who is most often in the same stories."""
    rows = _TOGETHER.rows(provider=provider)
    often = [row for row in rows if row[2] >= OFTEN]
    often.sort(key=lambda row: (-row[2], row[0].casefold(), row[1]))
    return tuple(
        Companion(ProviderName(name, domain), held)
        for name, domain, held in often[:COMPANIONS]
    )


def _parts() -> QuerySet[StoryProvider]:
    """The publisher's, newest first."""
    parts = StoryProvider.objects.filter(provider=given("provider"))
    return parts.order_by("-first_at", "delay", "leads")


_NEWEST = Prepared(
    lambda: _parts().values_list("first_at", "delay", "leads")[: REPORTED + 1]
)
_TOGETHER = Prepared(
    lambda: (
        StoryProvider.objects.filter(story__in=_parts().values("story")[:REPORTED])
        .exclude(provider=given("provider"))
        .values_list("provider__name", "provider__domain")
        .annotate(held=Count("pk"))
        .order_by()
    )
)
