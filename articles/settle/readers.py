"""Whether a change reaches readers, and telling that it does."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from articles.models import Alias, Article, Mention, Page
from articles.models.bulk import chunks
from articles.models.publication import move_publication


def tell_readers(pages: Iterable[int]) -> None:
    """Move the publication's version if something about these pages reaches readers."""
    if reaches_readers(pages):
        move_publication()


def reaches_readers(pages: Iterable[int]) -> bool:
    """Whether readers meet one of these pages, or one that a list holds beside it.

    How likely two pages are one event is judged by all that is listed with them.
    """
    if not Page.objects.visible().exists():
        return False
    for some in chunks(pages):
        if Page.objects.visible().filter(pk__in=some).exists():
            return True
        named = Mention.objects.filter(page__in=some).order_by()
        lists = set(named.values_list("article", flat=True).distinct())
        lists |= set(Article.objects.filter(page__in=some).values_list("pk", flat=True))
        if any(_shows_somebody(held) for held in chunks(lists)):
            return True
    return False


def leads_readers(pages: Iterable[int]) -> bool:
    """Whether the ids of these pages lead readers to a page or to a story."""
    seen = Q(is_visible=True) | Q(story__lead__isnull=False)
    return any(
        Page.objects.filter(seen, pk__in=some).exists() for some in chunks(pages)
    )


def release_ids(public_ids: Collection[str]) -> None:
    """Let ids that are in use again lead nowhere else."""
    aliases = Alias.objects.filter(public_id__in=public_ids)
    if led := list(aliases.values_list("page", flat=True)):
        if leads_readers(led):
            move_publication()
        aliases.delete()


def lead_on(public_id: str, page: int) -> None:
    """Let an id that is no longer in use lead to a page."""
    Alias.objects.update_or_create(public_id=public_id, defaults={"page_id": page})
    if leads_readers([page]):
        move_publication()


def _shows_somebody(lists: Collection[int]) -> bool:
    """Whether one of these articles, or of the pages they name, is seen."""
    named = Mention.objects.filter(article__in=lists, page__is_visible=True)
    owning = Article.objects.filter(pk__in=lists, page__is_visible=True)
    return named.exists() or owning.exists()
