"""Words that plain mail needs."""

from __future__ import annotations

from django import template

from articles.rules.text.columns import one_line
from articles.rules.text.columns import wrapped as wrapped_text

register = template.Library()


@register.filter
def wrapped(text: object, indent: int = 0) -> str:
    """Text as lines of 72 columns, each indented by so many."""
    return wrapped_text(str(text), indent=indent)


@register.filter
def hanging(text: object, indent: int) -> str:
    """The same, but for a mark that stands in the room before the first line."""
    return wrapped_text(str(text), indent=indent).lstrip()


@register.filter
def plain(text: object) -> str:
    """Text without what turns it around or cannot be seen."""
    return one_line(str(text))
