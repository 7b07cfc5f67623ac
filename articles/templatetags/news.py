"""Small words that templates need."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as spelled
from django.utils.html import format_html

register = template.Library()


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
    """A number with its noun: "1 page", "1,204 pages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
