"""The feeds themselves, as Django writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import SyndicationFeed
from django.views.decorators.http import require_safe

from .channels import Channel
from .entries import Entry, absolute
from .formats import Atom, Rss

DESCRIPTION = "One entry for each event, with everyone's coverage of it."
ChannelOf = Callable[..., Channel]
View = Callable[..., HttpResponse]


def rss(channel_of: ChannelOf) -> View:
    """The view of a list as RSS; its address ends with `feed.rss`."""
    return require_safe(_ChannelFeed(channel_of, Rss, "feed.rss"))


def atom(channel_of: ChannelOf) -> View:
    """The view of a list as Atom; its address ends with `feed.atom`."""
    return require_safe(_ChannelFeed(channel_of, Atom, "feed.atom"))


class _ChannelFeed(Feed):
    item_guid_is_permalink = False

    def __init__(
        self, channel_of: ChannelOf, kind: type[SyndicationFeed], ending: str
    ) -> None:
        self.channel_of = channel_of
        self.feed_type = kind
        self.ending = ending

    def __call__(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        answer = super().__call__(request, *args, **kwargs)
        # The date of the newest entry says nothing of one that was taken away: who
        # asks by it would keep that. The ETag knows.
        del answer.headers["Last-Modified"]
        return answer

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        return self.channel_of(request, *args, **kwargs)

    def title(self, channel: Channel) -> str:
        return f"{settings.SITE_NAME}: {channel.title}"

    def description(self, channel: Channel) -> str:
        return " ".join(channel.problems) or DESCRIPTION

    subtitle = description

    def link(self, channel: Channel) -> str:
        return absolute(channel.path + channel.query)

    def feed_url(self, channel: Channel) -> str:
        return absolute(channel.path + self.ending + channel.query)

    def items(self, channel: Channel) -> tuple[Entry, ...]:
        return channel.entries

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.description

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_guid(self, item: Entry) -> str:
        return item.guid

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated_at

    def item_author_name(self, item: Entry) -> str:
        return item.author

    def item_categories(self, item: Entry) -> tuple[str, ...]:
        return item.categories
