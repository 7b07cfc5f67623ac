"""What a publisher does in stories that others cover too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from articles.models import Provider, StoryProvider
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


def provider_report(provider: Provider) -> ProviderReport | None:
    """The report of a publisher, None if it shares no story; two queries."""
    parts = StoryProvider.objects.filter(provider=provider).order_by(
        "-first_at", "delay", "leads"
    )
    rows = list(parts.values_list("first_at", "delay", "leads")[: REPORTED + 1])
    if not rows:
        return None
    newest = rows[:REPORTED]
    return ProviderReport(
        figures=timeliness((delay, leads) for _, delay, leads in newest),
        since=newest[-1][0],
        is_cut=len(rows) > REPORTED,
        companions=_companions(provider, parts[:REPORTED]),
    )


def _companions(
    provider: Provider, parts: QuerySet[StoryProvider]
) -> tuple[Companion, ...]:
    """Who is most often in the same stories."""
    rows = (
        StoryProvider.objects.filter(story__in=parts.values("story"))
        .exclude(provider=provider)
        .values_list("provider__name", "provider__domain")
        .annotate(held=Count("pk"))
        .order_by()
    )
    often = [row for row in rows if row[2] >= OFTEN]
    often.sort(key=lambda row: (-row[2], row[0].casefold(), row[1]))
    return tuple(
        Companion(ProviderName(name, domain), held)
        for name, domain, held in often[:COMPANIONS]
    )
