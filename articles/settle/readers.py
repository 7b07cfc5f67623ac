"""Whether a change reaches readers, and telling that it does."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from articles.models import Alias, Page
from articles.models.bulk import among, chunks
from articles.models.publication import move_publication


def tell_readers(pages: Iterable[int]) -> None:
    """Move the publication's version if something about these pages reaches readers."""
    if reaches_readers(pages):
        move_publication()


def reaches_readers(pages: Iterable[int]) -> bool:
    """Whether readers meet one of these pages."""
    return any(
        Page.objects.visible().filter(pk__in=among(some)).exists()
        for some in chunks(pages)
    )


def leads_readers(pages: Iterable[int]) -> bool:
    """Whether the ids of these pages lead readers to a page or to a story."""
    seen = Q(is_visible=True) | Q(story__lead__isnull=False)
    return any(
        Page.objects.filter(seen, pk__in=among(some)).exists() for some in chunks(pages)
    )


def release_ids(public_ids: Collection[str]) -> None:
    """Let ids that are in use again lead nowhere else."""
    aliases = Alias.objects.filter(public_id__in=among(public_ids))
    if led := list(aliases.values_list("page", flat=True)):
        if leads_readers(led):
            move_publication()
        aliases.delete()


def lead_on(public_id: str, page: int) -> None:
    """Let an id that is no longer in use lead to a page."""
    Alias.objects.update_or_create(public_id=public_id, defaults={"page_id": page})
    if leads_readers([page]):
        move_publication()
