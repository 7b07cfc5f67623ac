"""The feeds themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .channels import Channel
from .entries import absolute
from .formats import ATOM, RSS, Format, Head

DESCRIPTION = "One entry per event, with everyone's coverage of it."
ChannelOf = Callable[..., Channel]
View = Callable[..., HttpResponse]


def rss(channel_of: ChannelOf) -> View:
    """The view of a list as RSS; its address ends with `feed.rss`."""
    return _feed(channel_of, RSS, "feed.rss")


def atom(channel_of: ChannelOf) -> View:
    """The view of a list as Atom; its address ends with `feed.atom`."""
    return _feed(channel_of, ATOM, "feed.atom")


def _feed(channel_of: ChannelOf, kind: Format, ending: str) -> View:
    # No date of last change: that of the newest entry says nothing of one that was
    # taken away, and who asks by it would keep that. The ETag knows.
    @require_safe
    def feed(request: HttpRequest, **given: Any) -> HttpResponse:
        channel = channel_of(request, **given)
        written = kind.document(_head(channel, ending), channel.entries)
        return HttpResponse(written, content_type=kind.content_type)

    return feed


def _head(channel: Channel, ending: str) -> Head:
    return Head(
        title=f"{settings.SITE_NAME}: {channel.title}",
        description=" ".join(channel.problems) or DESCRIPTION,
        link=absolute(channel.path + channel.query),
        self_link=absolute(channel.path + ending + channel.query),
        language=settings.LANGUAGE_CODE,
    )
