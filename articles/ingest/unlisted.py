"""Why articles are not listed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, Q, Value, When

from articles.models import Article
from articles.settle.standing import AHEAD

TWIN = "twins: another drop stands for the same article"
WITHDRAWN = "withdrawn by an editor"
REMOVED = "removed, as their drops say"
WAITING = "waiting for their date"
UNDECIDED = "waiting for a decision"
REASONS = (TWIN, WITHDRAWN, REMOVED, WAITING, UNDECIDED)


def unlisted(*, now: datetime) -> dict[str, int]:
    """How many articles are not listed for each reason; reasons of none left out."""
    reason = Case(
        When(page__is_listed=True, then=Value(TWIN)),
        When(page__is_withdrawn=True, then=Value(WITHDRAWN)),
        When(drop_removed=True, then=Value(REMOVED)),
        When(drop_published=True, published_at__gt=now + AHEAD, then=Value(WAITING)),
        default=Value(UNDECIDED),
    )
    rows = (
        Article.objects.exclude(Q(shown_on__isnull=False) & Q(page__is_listed=True))
        .values_list(reason)
        .annotate(Count("pk"))
    )
    counts = dict(rows)
    return {name: counts[name] for name in REASONS if name in counts}
