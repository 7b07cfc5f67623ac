"""Small words that templates need."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.rendering.templates import lang_of, moment, story_html
from articles.rules import dates, phrasing
from articles.rules.text import clean
from articles.selectors.lists import LISTS

register = template.Library()
register.filter("counted", phrasing.counted)
register.filter("noun_for", phrasing.noun_for)
register.filter("lang_of", lang_of)
register.filter("printable", clean.printable)
register.simple_tag(moment)
register.simple_tag(story_html)


@register.simple_tag
def part(template: str, **given: Hashable) -> SafeString:
    """A part that is the same wherever it is given the same: made only once.

    What it is given has to stay what it is: texts, numbers, frozen dataclasses.
    """
    return (_part_anew if settings.DEBUG else kept_part)(
        template, *sorted(given.items())
    )


def _part_anew(template: str, *given: tuple[str, Hashable]) -> SafeString:
    return render_to_string(template, {"story_lists": LISTS.values(), **dict(given)})


# Calendars, and letters of indexes: some 10 kB each.
kept_part = lru_cache(maxsize=512)(_part_anew)


@register.filter
def pairs(words: str) -> list[tuple[str, str]]:
    """The values and words of a choice that is written "on:On off:Off"."""
    parted = (pair.partition(":") for pair in words.split())
    return [(value, word) for value, _, word in parted]


@register.filter
def duration(seconds: int) -> str:
    """A span of time in words: "35 min", "5 h", "3 days"."""
    return phrasing.duration(seconds / 60)


@register.simple_tag
def span(moments: tuple[datetime, datetime]) -> str:
    """From one moment to a later one in words: "3 January to 5 February 2020"."""
    return dates.period_in_words(*map(timezone.localtime, moments))
