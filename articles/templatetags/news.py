"""Small words that templates need."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as spelled
from django.utils.html import format_html

from articles.rules import dates, phrasing

register = template.Library()
register.filter("counted", phrasing.counted)
register.filter("noun_for", phrasing.noun_for)


@register.simple_tag
def moment(at: datetime, pattern: str = "j F Y, H:i T") -> str:
    """A moment as `<time>`: "24 January 2020, 18:24 UTC", in the site's zone."""
    here = timezone.localtime(at)
    return format_html(
        '<time datetime="{}">{}</time>',
        here.isoformat("T", "minutes"),
        spelled(here, pattern),
    )


@register.filter
def duration(seconds: int) -> str:
    """A span of time in words: "35 min", "5 h", "3 days"."""
    return phrasing.duration(seconds / 60)


@register.simple_tag
def span(moments: tuple[datetime, datetime]) -> str:
    """From one moment to a later one in words: "3 January to 5 February 2020"."""
    return dates.period_in_words(*map(timezone.localtime, moments))
