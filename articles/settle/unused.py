"""Publishers and topics that nothing has any more: they go."""

from __future__ import annotations

from articles.models import Provider, Topic


def remove_unused() -> None:
    """Delete the publishers and topics that no article, page or list has."""
    Topic.objects.filter(labels=None, labelled=None).delete()
    Provider.objects.filter(articles=None, pages=None, related_links=None).delete()
