"""The front list of stories as RSS 2.0 and Atom."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from articles.selectors.cards import StoryCard
from articles.selectors.feed import feed_page


class _Steady(SyndicationFeed):
    """A feed that stays the same while nothing is in it, where Django's says "now"."""

    def latest_post_date(self) -> datetime:
        if not self.items:
            return datetime.fromtimestamp(0, UTC)
        return super().latest_post_date()


class _Rss(_Steady, Rss201rev2Feed):
    pass


class _Atom(_Steady, Atom1Feed):
    pass


class RssFeed(Feed):
    """Stories by newest coverage, so that what is new to a reader comes first."""

    feed_type: type[SyndicationFeed] = _Rss
    feed_url_name = "feed_rss"
    description = "One entry for each event, with everyone's coverage of it."

    def title(self) -> str:
        return str(settings.SITE_NAME)

    def link(self) -> str:
        return _absolute(reverse("feed"))

    def feed_url(self) -> str:
        return _absolute(reverse(self.feed_url_name))

    def get_object(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        return None

    def items(self) -> tuple[StoryCard, ...]:
        return feed_page(order="latest").stories.cards

    def item_title(self, item: StoryCard) -> str:
        return item.lead.title

    def item_description(self, item: StoryCard) -> str:
        publishers = "publisher" if item.provider_count == 1 else "publishers"
        pages = "page" if item.page_count == 1 else "pages"
        return (
            f"{item.lead.excerpt} ({item.lead.provider.name}; "
            f"{item.provider_count} {publishers}, {item.page_count} {pages})"
        )

    def item_link(self, item: StoryCard) -> str:
        return _absolute(reverse("story", args=[item.id, item.slug]))

    def item_guid(self, item: StoryCard) -> str:
        # Without the slug: a new lead changes that, and not which story it is.
        return _absolute(reverse("story_short", args=[item.id]))

    item_guid_is_permalink = False

    def item_pubdate(self, item: StoryCard) -> datetime:
        return item.lead.published_at

    def item_updateddate(self, item: StoryCard) -> datetime:
        return item.latest_at

    def item_author_name(self, item: StoryCard) -> str:
        return item.lead.provider.name

    def item_categories(self, item: StoryCard) -> list[str]:
        return [topic.name for topic in item.topics]


class AtomFeed(RssFeed):
    feed_type = _Atom
    feed_url_name = "feed_atom"
    subtitle = RssFeed.description


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
