"""Addresses of the public site: fixed names, since links to them are kept."""

from __future__ import annotations

from django.urls import path

from articles.syndication import AtomFeed, RssFeed
from articles.views import indexes, lists, stories

urlpatterns = [
    path("", lists.feed, name="feed"),
    path("latest/", lists.latest, name="latest"),
    path("covered/", lists.covered, name="covered"),
    path("stories/<str:id>/", stories.story, name="story_short"),
    path("stories/<str:id>/<str:slug>/", stories.story, name="story"),
    path("articles/<str:id>/", stories.article, name="article_short"),
    path("articles/<str:id>/<str:slug>/", stories.article, name="article"),
    path("topics/", indexes.topics, name="topics"),
    path("topics/<str:slug>/", indexes.topic, name="topic"),
    path("providers/", indexes.providers, name="providers"),
    path("providers/<str:domain>/", indexes.provider, name="provider"),
    path("search/", indexes.search, name="search"),
    path("about/", indexes.about, name="about"),
    path("feed.atom", AtomFeed(), name="feed_atom"),
    path("feed.rss", RssFeed(), name="feed_rss"),
]
