"""Small words that templates need."""

from __future__ import annotations

import re
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as spelled
from django.utils.html import format_html

from articles.rules.duration import spelled_duration

register = template.Library()

_CONSONANT_Y = re.compile("[^aeiou]y$")


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
def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 page", "1,204 pages", "2 stories"."""
    if number == 1:
        return f"1 {noun}"
    many = f"{noun[:-1]}ies" if _CONSONANT_Y.search(noun) else f"{noun}s"
    return f"{number:,} {many}"


@register.filter
def duration(seconds: int) -> str:
    """A span of time in words: "35 min", "5 h", "3 days"."""
    return spelled_duration(seconds)


@register.simple_tag
def span(moments: tuple[datetime, datetime]) -> str:
    """From one moment to a later one in words: "3 January to 5 February 2020"."""
    first, last = map(timezone.localtime, moments)
    if first.date() == last.date():
        return f"{spelled(first, 'j F Y, H:i')} to {spelled(last, 'H:i')}"
    begin = "j F" if first.year == last.year else "j F Y"
    return f"{spelled(first, begin)} to {spelled(last, 'j F Y')}"
