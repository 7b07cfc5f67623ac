"""Addresses of the public site: fixed names, since links to them are kept."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.selectors.lists import LISTS
from articles.syndication import ChannelOf, atom, channels, rss
from articles.views import (
    archive,
    indexes,
    lists,
    pictures,
    reading,
    search,
    stories,
    style,
)


def feeds(
    path_of_list: str, channel_of: ChannelOf, *, name: str, **given: object
) -> list[URLPattern]:
    """The addresses of a list's feeds, below its own."""
    return [
        path(f"{path_of_list}feed.atom", atom(channel_of), given, name=f"{name}_atom"),
        path(f"{path_of_list}feed.rss", rss(channel_of), given, name=f"{name}_rss"),
    ]


def pages_of_lists() -> list[URLPattern]:
    return [
        path(listing.path, lists.stories, {"listing": listing}, name=listing.route)
        for listing in LISTS.values()
    ]


def feeds_of_lists() -> list[URLPattern]:
    return [
        pattern
        for listing in LISTS.values()
        for pattern in feeds(
            listing.path, channels.stories, name=listing.route, listing=listing
        )
    ]


urlpatterns = [
    *pages_of_lists(),
    path("stories/<str:id>/", stories.story, name="story_short"),
    path("stories/<str:id>/<str:slug>/", stories.story, name="story"),
    path("articles/<str:id>/", stories.article, name="article_short"),
    path("articles/<str:id>/<str:slug>/", stories.article, name="article"),
    path(
        "pictures/<str:id>/<str:width>/<str:signature>.webp",
        pictures.picture,
        name="picture",
    ),
    path("topics/", indexes.topics, name="topics"),
    path("topics/<str:slug>/", indexes.topic, name="topic"),
    path("providers/", indexes.providers, name="providers"),
    path("providers/<str:domain>/", indexes.provider, name="provider"),
    path("search/", search.search, name="search"),
    path("archive/", archive.index, name="archive"),
    path("archive/<str:year>/", archive.period, name="archive_year"),
    path("archive/<str:year>/<str:month>/", archive.period, name="archive_month"),
    path("archive/<str:year>/<str:month>/<str:day>/", archive.period, name="edition"),
    path("about/", indexes.about, name="about"),
    path("about/style/", style.style, name="style"),
    path("saved/", reading.saved, name="saved"),
    path("shortcuts/", reading.shortcuts, name="shortcuts"),
    *feeds_of_lists(),
    *feeds("search/", channels.search, name="search"),
    *feeds("topics/<str:slug>/", channels.topic, name="topic"),
    *feeds("providers/<str:domain>/", channels.provider, name="provider"),
]
