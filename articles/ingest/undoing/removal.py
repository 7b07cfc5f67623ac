"""Taking away an article whose drop has no version in use any more."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry

from articles.ingest.storing.load import mark_stale
from articles.models import Article, Mention
from articles.settle.names import name_providers, name_topics
from articles.settle.readers import lead_on, tell_readers


def remove_article(source_name: str) -> set[int]:
    """Delete the article of a source, if it has one; its id leads on to its page.

    Returns the pages concerned, which are marked as stale.
    """
    article = Article.objects.filter(source_name=source_name).first()
    if article is None:
        return set()
    named = Mention.objects.filter(article=article).values_list("page", flat=True)
    concerned = {article.page_id, *named}
    mark_stale(concerned)
    tell_readers(concerned)
    lead_on(article.public_id, article.page_id)
    topics = list(article.topics.values_list("pk", flat=True))
    LogEntry.objects.filter(
        content_type__app_label="articles",
        content_type__model="article",
        object_id=str(article.pk),
    ).update(object_repr=source_name[:200])
    article.delete()
    name_providers([article.provider_id])
    name_topics(topics)
    return concerned
