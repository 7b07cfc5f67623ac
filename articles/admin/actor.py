"""Who decides at the desk, on which of its pages, and from where."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest

from articles.accounts.address import client_address
from articles.publishing import Actor

# What the log calls pages of the desk, by the names of their addresses.
PLACES = {
    "articles_article_changelist": "list of articles",
    "articles_article_change": "article",
    "articles_article_words": "article",
    "articles_article_schedule": "article",
    "queue": "queue",
    "undo": "undo",
    "articles_page_changelist": "linked articles",
    "articles_story_changelist": "list of stories",
    "articles_story_change": "story",
    "articles_story_review": "suggestions",
}
LONGEST = 40


def actor(request: HttpRequest) -> Actor:
    """The user at the page of the desk whose form was sent."""
    assert isinstance(request.user, User)
    match = request.resolver_match
    name = (match.url_name if match else None) or ""
    place = PLACES.get(name, name)[:LONGEST]
    return Actor(request.user, place, client_address(request))
